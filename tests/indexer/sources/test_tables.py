import json

import pytest
from click.testing import CliRunner

from indexer import sources
from indexer.article import Article
from indexer.errors import SourceUnavailable
from indexer.sources import fields
from indexer.sources.records import Broken, Found
from search.commands.telusur import main


def read(path, content: bytes | str, source: str = "{}") -> list[Found | Broken]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(sources.read(source.format(path)))


def only(path, content: bytes | str, source: str = "{}") -> dict[str, object]:
    (found,) = read(path, content, source)
    return dict(found.record)


def titles(items) -> list[object]:
    return [item.record["title"] for item in items if isinstance(item, Found)]


@pytest.mark.parametrize(
    ("head", "field"),
    [
        *(
            ("judul", "title"),
            ("Judul Berita", "title"),
            ("HEADLINE", "title"),
            (" judul ", "title"),
            ("Title", "title"),
        ),
        *(
            ("isi", "body"),
            ("Isi_Berita", "body"),
            ("isi-berita", "body"),
            ("isiBerita", "body"),
            ("berita", "body"),
            ("KONTEN", "body"),
        ),
        *(("konten_berita", "body"), ("content", "body"), ("text", "body"), ("Deskripsi", "body")),
        *(("tautan", "url"), ("Link", "url"), ("penulis", "author"), ("sumber", "source"), ("kategori", "category")),
    ],
)
def test_columns_are_known_by_the_names_that_scrapers_give_them(tmp_path, head, field):
    needed = {"title": "title", "body": "body"}
    needed.pop(field, None)
    content = f"{','.join([head, *needed])}\n{','.join(['Nilai'] * (1 + len(needed)))}\n"

    assert only(tmp_path / "a.csv", content)[field] == "Nilai"


def test_the_same_names_are_known_in_json_lines(tmp_path):
    record = {
        "Judul": "Panen",
        "Isi Berita": "<p>Isi &amp; berita</p>",
        "Tanggal": "14 Agustus 2025",
        "penulis": ["A", "B"],
    }
    found = only(tmp_path / "a.jsonl", json.dumps(record))

    assert (found["title"], found["body"], found["author"]) == ("Panen", "Isi & berita", "A, B")
    assert found["published"].isoformat() == "2025-08-14T00:00:00+07:00"


def test_of_several_columns_for_a_field_a_row_takes_the_first_that_says_anything(tmp_path):
    found = read(tmp_path / "a.csv", "ringkasan,judul,isi\nRingkas,A,Panjang\nRingkas,B,\n")

    assert [each.record["body"] for each in found] == ["Panjang", "Ringkas"]


@pytest.mark.parametrize(
    "content",
    [
        "judul;isi\nA;Isi, b\n",
        "judul\tisi\nA\tIsi, b\n",
        "judul|isi\nA|Isi, b\n",
        "sep=;\njudul;isi\nA;Isi, b\n",
        '"sep=;"\r\n"judul";"isi"\r\n"A";"Isi, b"\r\n',
        'judul,isi\r"A","Isi, b"\r',
        '\n\njudul,isi\nA,"Isi, b"\n\n',
        'no,judul,isi,\n1,A,"Isi, b",\n',
    ],
)
def test_values_may_be_parted_by_other_signs(tmp_path, content):
    found = only(tmp_path / "a.csv", content)

    assert (found["title"], found["body"]) == ("A", "Isi, b")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_table_is_read_in_the_encoding_that_it_has(tmp_path, encoding):
    found = only(tmp_path / "a.csv", "judul\tisi\n“Panen”\tIsi—baik é\n".encode(encoding))

    assert (found["title"], found["body"]) == ("“Panen”", "Isi—baik é")


def test_html_is_taken_out_of_a_body(tmp_path):
    found = only(tmp_path / "a.csv", 'judul,isi\nA &amp; B,"<p>Isi <b>pa</b>di</p><script>x</script><p>dua</p>"\n')

    assert (found["title"], found["body"]) == ("A & B", "Isi padi\ndua")


@pytest.mark.parametrize("row", ['"B', 'B,"Isi" lagi', "B", "B,Isi,lagi", '"B,"', '"""', 'B,"Isi\nlagi'], ids=repr)
@pytest.mark.parametrize("good", ["{},Isi", '"{}","Isi, dua\nbaris"'])
def test_a_bad_row_costs_one_row(tmp_path, row, good):
    rows = [good.format("A"), row, good.format("C"), good.format("D")]
    items = read(tmp_path / "a.csv", "\n".join(["judul,isi", *rows]) + "\n")

    assert titles(items) == ["A", "C", "D"]
    assert any(isinstance(item, Broken) for item in items)


def test_a_quote_within_quotes_may_be_written_as_databases_do(tmp_path):
    assert only(tmp_path / "a.csv", 'judul,isi\nA,"Kata \\"baik\\", katanya"\n')["body"] == 'Kata "baik", katanya'


def test_the_place_of_a_row_is_the_line_that_it_begins_in(tmp_path):
    path = tmp_path / "a.csv"
    items = read(path, 'judul,isi\nA,"Isi\ndua"\nB\nC,Isi\n')

    assert [item.place for item in items] == [f"{path}:2", f"{path}:4", f"{path}:5"]


def test_a_date_that_cannot_be_read_is_left_out_with_a_remark(tmp_path):
    for name, content in (
        ("a.csv", "judul,isi,tanggal\nA,Isi,kemarin\n"),
        ("a.jsonl", '{"judul":"A","isi":"I","date":"kemarin"}'),
    ):
        (found,) = read(tmp_path / name, content)

        assert (found.record["published"], found.remark) == (None, "'published' is 'kemarin', which is no date")
        assert Article.from_record(found.record).published is None


def test_a_table_of_which_no_column_fits_is_reported_once_with_its_columns_and_the_remedy(tmp_path):
    path = tmp_path / "a.csv"
    (report,) = read(path, "no,naskah utama,nilai\n1,a,b\n2,c,d\n")

    assert report.reason == (
        "there is no column for 'title' and 'body'; the columns are no, naskah utama, nilai: "
        f"rename them, or write csv:{path}?title=COLUMN&body=COLUMN"
    )


def test_columns_of_other_names_can_be_named(tmp_path):
    found = only(tmp_path / "a.csv", "nama;naskah utama\nA;Isi\n", "csv:{}?title=nama&body=naskah+utama")

    assert (found["title"], found["body"]) == ("A", "Isi")


@pytest.mark.parametrize(("options", "complaint"), [("?judul=a", "'judul' is no field of an article"), ("", "")])
def test_a_name_that_is_no_field_is_refused_before_any_work(tmp_path, options, complaint):
    (tmp_path / "a.data").write_text("judul,isi\nA,Isi\n", encoding="utf-8")
    source = f"csv:{tmp_path / 'a.data'}{options}"

    if not complaint:
        sources.check(source)
        return
    with pytest.raises(SourceUnavailable, match=complaint):
        sources.check(source)


def test_a_column_that_is_said_and_not_there_is_reported(tmp_path):
    (report,) = read(tmp_path / "a.csv", "judul,isi\nA,Isi\n", "csv:{}?title=nama")

    assert report.reason.startswith("there is no column 'nama' for 'title'; the columns are judul, isi")


def test_objects_of_which_no_name_fits_are_reported_once_for_each_set_of_names(tmp_path):
    content = '{"a": 1}\n{"a": 2}\n{"b": 1}\n{"judul": "A", "isi": "Isi"}\n'
    items = read(tmp_path / "a.jsonl", content)

    assert [type(item) for item in items] == [Broken, Broken, Found]
    assert items[0].reason == (
        "the object has no column for 'title' and 'body'; the columns are a; rename them. "
        "Others with the same names are passed over"
    )


def test_a_column_of_ids_that_names_groups_is_left_out(tmp_path):
    first, *others = read(tmp_path / "a.csv", "id,judul,isi\n1,A,Isi\n1,B,Isi\n2,C,Isi\n2,D,Isi\n")

    assert all("id" not in each.record for each in (first, *others))
    assert first.remark == "'id' is left out: 4 articles share 2 of them"


def test_ids_of_articles_that_came_twice_are_kept(tmp_path):
    items = read(tmp_path / "a.csv", "id,judul,isi\n1,A,Isi\n1,A,Isi baru\n2,C,Isi\n")

    assert [item.record["id"] for item in items] == ["1", "1", "2"]


def test_the_names_are_described_for_the_help():
    described = fields.described()

    assert all(name in described for names in fields.NAMES.values() for name in names[1:])
    assert max(map(len, described.splitlines())) <= 78


@pytest.mark.parametrize("command", ["reindex", "add"])
def test_the_help_shows_the_names(command):
    shown = CliRunner().invoke(main, [command, "--help"]).output

    assert all(line in shown for line in fields.described().splitlines())


def test_no_name_stands_for_two_fields():
    names = [name for names in fields.NAMES.values() for name in names]

    assert len(names) == len(set(names)) == len(set(map(fields.plain, names)))
