import io
import tracemalloc
from itertools import islice

import pytest

from indexer.errors import XmlBroken
from indexer.sources.safe_xml import branches

ITEM = b"<item><title>Panen</title><body>" + b"Isi berita. " * 2_000 + b"</body></item>\n"


class Document(io.RawIOBase):
    """The parts of a document one after the other, none made before it is read."""

    def __init__(self, parts) -> None:
        self.parts = iter(parts)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        part = next(self.parts, b"")
        buffer[: len(part)] = part
        return len(part)


def document(start: bytes, part: bytes, times: int, end: bytes) -> io.BufferedReader:
    return io.BufferedReader(Document([start, *[part] * times, end]), 1 << 18)


def texts(file) -> list[str]:
    return ["".join(branch.element.itertext()).strip() for branch in branches(file, ["item"])]


def test_of_a_long_document_one_element_is_held_at_a_time():
    tracemalloc.start()
    count = sum(branch.element is not None for branch in branches(document(b"<a>", ITEM, 4_000, b"</a>"), ["item"]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 4_000  # which is a hundred megabytes
    assert peak < 5_000_000


def test_an_element_without_end_is_let_go_and_the_next_one_is_read():
    file = document(b"<a><item>", b"x" * 200_000, 100, b"</item><item>y</item></a>")
    tracemalloc.start()
    found = [branch.element is not None for branch in branches(file, ["item"])]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == [False, True]
    assert peak < 60_000_000


@pytest.mark.parametrize("start", [b"<a><item x='", b"<a><!--", b"<a><?x "])
def test_a_tag_or_comment_without_end_is_refused(start):
    with pytest.raises(XmlBroken, match="a tag or comment has more than 16,777,216 bytes"):
        list(branches(document(start, b"x" * 200_000, 200, b""), ["item"]))


def test_elements_are_read_at_whatever_depth_but_not_within_each_other():
    assert texts(io.BytesIO(b"<a><item>1</item><b><c><item>2<item>3</item></item></c></b></a>")) == ["1", "23"]


def test_what_was_read_before_a_break_comes_first():
    found = branches(io.BytesIO(b"<a><item>1</item></b>"), ["item"])

    assert [branch.name for branch in islice(found, 1)] == ["item"]
    with pytest.raises(XmlBroken, match="mismatched tag") as caught:
        next(found)
    assert caught.value.line == 1


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("utf-16", "utf-16"), ("utf-16", "utf-8"), ("koi8-r", "koi8-r")],
)
def test_the_encoding_is_what_it_is_and_not_what_is_said(declared, encoding):
    text = "Цена" if encoding == "koi8-r" else "“Panen” é"
    document = f'<?xml version="1.0" encoding="{declared}"?><a><item>{text}</item></a>'

    assert texts(io.BytesIO(document.encode(encoding))) == [text]


def test_a_character_that_the_end_of_a_chunk_cuts_is_whole():
    text = "é" * 100_000

    assert texts(io.BytesIO(f"<a> <item>{text}</item></a>".encode())) == [text]
