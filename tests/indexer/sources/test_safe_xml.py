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
    found = [branch.element for branch in branches(file, ["item"])]
    return ["".join(element.itertext()).strip() for element in found if element is not None]


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


@pytest.mark.parametrize("start", [b"<a><item x='", b"<a><!--", b"<a><?x ", b"<a><![CDATA[", b"<a><item><![CDATA["])
def test_a_tag_or_quote_without_end_is_never_held(start):
    file = document(start, b"x" * 200_000, 200, b"<item>y</item></a>")
    tracemalloc.start()
    found = texts(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == ["y"]
    assert peak < 80_000_000


def test_elements_are_read_at_whatever_depth():
    assert texts(
        io.BytesIO(b"<a><item>1</item><b><c><item>2</item></c></b><x:item xmlns:x='y'>3</x:item></a>")
    ) == list("123")


def test_what_begins_within_another_of_its_kind_is_read_and_the_outer_one_has_no_end():
    outer, inner = branches(io.BytesIO(b"<a><item><title>1<item><title>2</title></item></item></a>"), ["item"])

    assert (outer.element, outer.reason) == (None, "the XML is broken: an element has no end")
    assert inner.element.findtext("title") == "2"


def test_what_was_read_before_the_end_of_the_file_comes_first():
    found = branches(io.BytesIO(b"<a><item>1</item>\n<item>"), ["item"])

    assert [branch.name for branch in islice(found, 1)] == ["item"]
    with pytest.raises(XmlBroken, match="the document has no end") as caught:
        next(found)
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("a & b", "a & b"),
        ("<link>/?id=1&tipe=2&kanal=3</link>", "/?id=1&tipe=2&kanal=3"),
        ("Suhu < 30, > 20", "Suhu < 30, > 20"),
        ("a <3", "a <3"),
        ("&#X41;&#x42;&#67;", "ABC"),
        ("a&#0;&#x1F;&#xD800;b & c", "ab & c"),
        ("a&nbsp;b&hellip; & c", "a\xa0b… & c"),
        ("&tak; & &amp;lt;", "&tak; & &lt;"),
        ("<![CDATA[a & b < c]]> & d", "a & b < c & d"),
        ("<dc:creator>Rina</dc:creator>", "Rina"),
        ("<description><![CDATA[<p>a]]> & b</p><br>c]]></description>", "<p>a &amp; b</p><br>c"),
        ("<description><p>a<br>b</description>", "<p>a<br>b"),
        ("<description><img src=a.jpg>b</description>", "<img src=a.jpg>b"),
        ("<description><![CDATA[a</description>", "a"),
        ("<title>a</title><br><description>b</b></description>", "ab</b>"),
        ("<title x='1' x='2'>a</title>", "a"),
    ],
)
def test_what_is_not_well_formed_is_read_as_it_was_meant(content, text):
    assert texts(io.BytesIO(f"<a><item>{content}</item><item>z</item></a>".encode())) == [text, "z"]


@pytest.mark.parametrize("content", ["<title>a", "<title>a</titel>", "<a:b>", "<![CDATA[<title>]]><title>"])
def test_a_field_without_end_costs_its_element_and_no_other(content):
    broken, found = branches(io.BytesIO(f"<a><item>{content}</item><item>z</item></a>".encode()), ["item"])

    assert broken.element is None and broken.reason.startswith("the XML is broken: ")
    assert found.element.text == "z"


@pytest.mark.parametrize(
    "before",
    [
        "\n\n ",
        "\ufeff",
        "\n\ufeff",
        "<!-- dibuat oleh kabar -->",
        "<br />\n<b>Warning</b>: Undefined variable $x in <b>/var/www/index.php</b> on line <b>3</b><br />\n",
        "Notice: ob_end_flush(): failed & so on < 3\n",
    ],
    ids=repr,
)
def test_what_stands_before_the_document_is_passed_over(before):
    text = '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:d="http://purl.org/dc/elements/1.1/"><item><d:x>a</d:x></item>'
    (branch,) = branches(io.BytesIO(f"{before}{text}</rss>".encode()), ["item"])

    assert branch.element.findtext("{http://purl.org/dc/elements/1.1/}x") == "a"


def test_a_record_that_is_commented_out_is_passed_over():
    assert texts(io.BytesIO(b"<a><!-- <item>1</item> --><item>2</item></a>")) == ["2"]


@pytest.mark.parametrize("nested", ["<b>" * 200 + "</b>" * 200, "<b>" * 200])
def test_an_element_that_is_nested_without_end_costs_no_other(nested):
    assert texts(io.BytesIO(f"<a><item><title>{nested}</title></item><item>z</item></a>".encode()))[-1] == "z"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        *[
            ("utf-8", "cp1252"),
            ("iso-8859-1", "utf-8"),
            ("utf-16", "utf-16"),
            ("utf-16", "utf-8"),
            ("koi8-r", "koi8-r"),
        ],
        *[("utf-16", "utf-16-le"), ("utf-8", "utf-16-be"), ("utf-8", "utf-32"), ("shift_jis", "utf-8")],
        *[("shift_jis", "cp932"), ("gb2312", "gb18030"), ("euc-jp", "euc_jp"), ("iso-2022-jp", "iso2022_jp")],
    ],
)
def test_the_encoding_is_what_it_is_and_not_what_is_said(declared, encoding):
    texts_of_their_own = {"koi8-r": "Цена", "cp932": "日本", "gb18030": "日本", "euc_jp": "日本", "iso2022_jp": "日本"}
    text = texts_of_their_own.get(encoding, "“Panen” é")
    document = f'<?xml version="1.0" encoding="{declared}"?><a><item>{text}</item></a>'

    assert texts(io.BytesIO(document.encode(encoding))) == [text]


def test_a_character_that_the_end_of_a_chunk_cuts_is_whole():
    text = "é" * 100_000

    assert texts(io.BytesIO(f"<a> <item>{text}</item></a>".encode())) == [text]
