import gzip
import io
import json
import sys
import tracemalloc
from pathlib import Path

import pytest

from indexer import sources
from indexer.errors import SourceUnavailable
from indexer.sources import scraped_text
from indexer.sources.records import Broken, Found

LINE = json.dumps({"title": "Judul", "body": "Isi."}) + "\n"

SCRAPED = """Panen Padi Apung di Amuntai

Rina Lestari
3 Menit Baca

AMUNTAI – Petani memanen padi apung.

Baca juga: Harga beras turun

“Hasilnya baik,” kata Kepala Desa.

ADVERTISEMENT

SCROLL TO CONTINUE WITH CONTENT

Panen berlangsung hingga sore. MC Banjar/rin

sumber : mediacenter.banjar.example

Bagikan Artikel Ini
"""


def found(source: Path) -> list[dict[str, object]]:
    return [dict(item.record) for item in sources.read(str(source)) if isinstance(item, Found)]


def broken(source: Path) -> list[Broken]:
    return [item for item in sources.read(str(source)) if isinstance(item, Broken)]


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_scraped_text_gives_its_fields_and_drops_what_surrounds_them(tmp_path):
    (record,) = found(write(tmp_path / "a.txt", SCRAPED))

    assert record == {
        "title": "Panen Padi Apung di Amuntai",
        "author": "Rina Lestari",
        "reading_minutes": 3,
        "body": (
            "AMUNTAI – Petani memanen padi apung.\n“Hasilnya baik,” kata Kepala Desa.\nPanen berlangsung hingga sore."
        ),
        "credit": "MC Banjar/rin",
        "source": "mediacenter.banjar.example",
    }


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Judul\n\n2 Menit Baca\n\nKalimat pertama yang panjang sekali.", "author", None),
        ("Judul\n\nOleh: Budi\n\nKalimat pertama yang panjang sekali.", "author", "Budi"),
        ("Judul\nSiti\nKalimat pertama yang panjang sekali.\n", "author", "Siti"),
        ("Judul\nKalimat pertama.\nSumber: a.example", "source", "a.example"),
        ("Judul\nKalimat pertama. (MC Kalteng/ab/cd)", "credit", "MC Kalteng/ab/cd"),
        ("Judul\nJalan di kabupaten/kota", "credit", None),
        ("Judul\nBerat 3 kg dan/atau lebih.", "credit", None),
        ("Judul", "body", None),
        ("\ufeffJudul\nIsi berita.", "title", "\ufeffJudul"),
    ],
)
def test_the_forms_that_scraped_texts_come_in(text, field, value):
    assert scraped_text.parse(text).get(field) == value


def test_a_byte_order_mark_is_no_part_of_the_title(tmp_path):
    (record,) = found(write(tmp_path / "a.txt", "\ufeffJudul\r\nIsi berita.\r\n"))

    assert (record["title"], record["body"]) == ("Judul", "Isi berita.")


def test_json_lines_are_read_plain_and_compressed(tmp_path):
    write(tmp_path / "a.jsonl", LINE + "\n" + LINE)
    write(tmp_path / "b.jsonl.gz", gzip.compress(LINE.encode()))

    assert len(found(tmp_path / "a.jsonl")) == 2
    assert len(found(tmp_path / "b.jsonl.gz")) == 1


def test_a_table_names_its_fields_in_the_first_line(tmp_path):
    table = write(tmp_path / "a.csv", 'id,title,body\n1,Judul,"Baris satu\nbaris dua"\n')

    assert found(table) == [{"id": "1", "title": "Judul", "body": "Baris satu\nbaris dua"}]


def test_a_folder_is_read_whatever_its_depth(tmp_path):
    (tmp_path / "in").mkdir()
    write(tmp_path / "a.jsonl", LINE)
    write(tmp_path / "in" / "b.TXT", SCRAPED)
    write(tmp_path / "in" / "notes.md", "no source")

    assert len(found(tmp_path)) == 2


def test_standard_input_holds_json_lines(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINE.encode())))

    assert [item.place for item in sources.read("-")] == ["standard input:1"]


@pytest.mark.parametrize(
    ("name", "content", "place", "reason"),
    [
        ("a.txt", b"", "a.txt", "the file is empty"),
        ("a.txt", b"\x89PNG\xff\x00", "a.txt", "the file is not UTF-8"),
        ("a.txt", b"Judul\0isi", "a.txt", "the file is binary"),
        ("a.txt", b"x" * 8_000_001, "a.txt", "the file has 8,000,001 bytes"),
        ("a.jsonl", b"", "a.jsonl", "the file is empty"),
        ("a.jsonl", b"[1]\n", "a.jsonl:1", "holds a JSON list; it must be an object"),
        ("a.jsonl", b'{"title": \n', "a.jsonl:1", "the line is no JSON"),
        ("a.jsonl", b"[" * 100_000, "a.jsonl:1", "the line is no JSON"),
        ("a.jsonl", b'{"title": "\xff"}\n', "a.jsonl:1", "the line is not UTF-8 (byte 11)"),
        ("a.jsonl.gz", gzip.compress(LINE.encode() * 9999)[:-400], "a.jsonl.gz:", "cut off or damaged"),
        ("a.jsonl.gz", b"not gzip", "a.jsonl.gz:1", "cut off or damaged"),
        ("a.csv", b"", "a.csv", "the file is empty"),
        ("a.csv", b"title,body\na,b,c\n", "a.csv:2", "the row has 3 values, not the 2 that the first line names"),
        ("a.csv", b"title,body\na\n", "a.csv:2", "the row has 1 values, not the 2"),
        ("a.csv", b'title,body\na,"b\n', "a.csv:2", "the row is damaged (unexpected end of data)"),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_place(tmp_path, name, content, place, reason):
    (report,) = broken(write(tmp_path / name, content))

    assert report.place.startswith(str(tmp_path / place))
    assert reason in report.reason


def test_a_broken_line_does_not_stop_the_rest(tmp_path):
    source = write(tmp_path / "a.jsonl", "oops\n" + LINE)

    assert [type(item) for item in sources.read(str(source))] == [Broken, Found]


ZEROS = bytes(1 << 20)


class TwoGigabytes(io.RawIOBase):
    """A line of zeros that is two gigabytes long, and a record after it."""

    def __init__(self) -> None:
        self.remaining = 2 << 30

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self.remaining < 0:
            return 0
        count = min(len(buffer), self.remaining)
        self.remaining -= count
        if count:
            buffer[:count] = ZEROS[:count]
            return count
        self.remaining = -1
        buffer[: len(LINE) + 1] = b"\n" + LINE.encode()
        return len(LINE) + 1


def test_a_line_of_two_gigabytes_is_passed_over_and_never_held(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(TwoGigabytes(), 1 << 20)))
    tracemalloc.start()
    items = list(sources.read("-"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert items == [
        Broken("standard input:1", "the line is longer than 16,777,216 bytes"),
        Found("standard input:2", json.loads(LINE)),
    ]
    assert peak < 100_000_000


def test_a_line_beyond_all_measure_costs_one_row(tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.sources.lines.LONGEST_LINE", 100)
    table = write(tmp_path / "a.csv", f"title,body\nJudul,Isi\nJudul,{'x' * 1_000}\nJudul,Isi\n")

    assert len(found(table)) == 2
    assert broken(table) == [Broken(f"{table}:3", "the row is damaged (a line has more than 100 characters)")]


def test_a_file_that_vanishes_is_reported(tmp_path):
    (report,) = sources.read(str(tmp_path / "gone.jsonl"))

    assert report.reason == "cannot be read: No such file or directory"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("gone.jsonl", "does not exist"),
        ("wxr:gone.xml", "does not exist"),
        ("a.pdf", "is of no known kind: its name must end in .txt, .jsonl"),
        ("a.xml", "is of no known kind"),
        (
            "atom+https://kabar.example/",
            r"before https:// may stand sitemap\+, rss\+, wordpress\+",
        ),
        ("ftp://kabar.example/", "does not exist"),
    ],
)
def test_a_source_that_is_none_is_refused_before_any_work(tmp_path, monkeypatch, source, complaint):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.pdf", "x")
    write(tmp_path / "a.xml", "<urlset/>")

    with pytest.raises(SourceUnavailable, match=complaint):
        sources.check(source)


def test_what_can_be_read_passes_the_check(tmp_path):
    write(tmp_path / "a.csv", "x")

    addresses = ("https://a.example/", "RSS+http://a.example/", "wordpress+https://a.example", "mysql://a/b?table=c")
    for source in ("-", str(tmp_path), str(tmp_path / "a.csv"), *addresses):
        sources.check(source)
