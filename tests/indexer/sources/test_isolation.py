"""Whatever stands in the place of one item of a source, the others are read as if it were not there."""

import json
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import sources
from indexer.errors import FetchFailed
from indexer.sources.fetching import Answer
from indexer.sources.records import Found
from tests.exports import HEAD, SITE, TAIL, item
from tests.pages import page

SIGNS = (
    *(
        "<item>",
        "</item>",
        "<entry",
        "<url><loc>",
        "</url>",
        "<title>",
        "</title>",
        "<link>",
        "<![CDATA[",
        "]]>",
        "<!--",
    ),
    *(
        "-->",
        "<?xml ",
        "<!DOCTYPE x [<!ENTITY a 'b'>",
        "&a;",
        "&#0;",
        "&",
        "<",
        ">",
        "/>",
        '"',
        '""',
        "'",
        "\\",
        ",",
        ";",
    ),
    *("\n", "\r\n", "\t", "{", "[", "}", "null", "http://[kabar", "//[x]/y", "\x00", "\x1b$B", "é", "\ufeff", "\ud800"),
)
MESSES = st.one_of(
    st.binary(max_size=60),
    st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=8)), max_size=12).map(
        lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
    ),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(SIGNS),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.sampled_from(list("abc")), children, max_size=3)
    ),
)

RSS_HEAD = '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Kabar</title>\n'
RSS_ITEM = (
    "<item><title>Berita {0}</title><link>/berita-{0}</link><description>Isi &lt;p&gt;{0}</description>"
    "<content:encoded><![CDATA[<p>Isi {0}</p>]]></content:encoded><category>Daerah</category></item>\n"
)
ATOM_HEAD = '<feed xmlns="http://www.w3.org/2005/Atom">\n'
ATOM_ENTRY = (
    '<entry><title type="text">Berita {0}</title><link href="/berita-{0}"/>'
    '<content type="html">Isi {0}</content></entry>\n'
)
URL = "<url><loc>https://kabar.example/berita-{0}</loc></url>\n"
EXPORTED = [item(number, title=f"Berita {number}") for number in range(1, 5)]


def holding(head: str, form: str, tail: str) -> tuple[str, list[str], str]:
    return head, [form.format(number) for number in range(1, 5)], tail


FILES = {
    "wxr:a.xml": (HEAD.format(site=SITE), EXPORTED, TAIL),
    "rss:rss.xml": holding(RSS_HEAD, RSS_ITEM, "</channel></rss>"),
    "rss:atom.xml": holding(ATOM_HEAD, ATOM_ENTRY, "</feed>"),
    "plain.csv": holding("judul,isi,tanggal\n", "Berita {0},Isi {0},14/08/2025\n", ""),
    "quoted.csv": holding('"judul";"isi"\n', '"Berita {0}";"Isi; {0}\nbaris dua"\n', ""),
    "a.jsonl": holding("", '{{"judul": "Berita {0}", "isi": "Isi {0}"}}\n', ""),
}
"""The beginning, the items, and the end of a file of each kind."""


def document(parts: tuple[str, list[str], str], place: int, mess: bytes) -> bytes:
    """Return the document that has *mess* in the *place* of an item."""
    head, items, tail = parts
    contents = [each.encode() for each in items]
    contents[place] = mess
    return head.encode() + b"".join(contents) + tail.encode()


class Web:
    """A web of pages that are given, and no others."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        self.contents = contents

    def get(self, address: str) -> Answer:
        if address not in self.contents:
            raise FetchFailed(f"{address} answers 404")
        return Answer(address, 200, {"x-wp-totalpages": "3"}, self.contents[address])


TITLES = [f"Berita {number}" for number in range(1, 5)]


def read(source: str, web: Web | None = None) -> dict[str, dict[str, object]]:
    """Return the records of *source* by their titles, if they are those of the items."""
    found = [dict(each.record) for each in sources.read(source, web) if isinstance(each, Found)]
    return {str(record["title"]): record for record in found if record["title"] in TITLES}


often = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
seldom = settings(often, max_examples=40)


@pytest.mark.parametrize("source", FILES)
@given(mess=MESSES, place=st.sampled_from([0, 1, 3]))
@often
def test_a_mess_in_the_place_of_one_item_of_a_file_leaves_the_others(tmp_path, source, mess, place):
    prefix, _, name = source.rpartition(":")
    path = tmp_path / name
    path.write_bytes(document(FILES[source], place, b""))
    expected = read(f"{prefix}:{path}" if prefix else str(path))
    path.write_bytes(document(FILES[source], place, mess + b"\n"))

    assert len(expected) == 3
    assert read(f"{prefix}:{path}" if prefix else str(path)) == expected


@given(mess=MESSES)
@seldom
def test_a_mess_in_the_place_of_one_file_of_a_folder_leaves_the_others(tmp_path, mess):
    for number in (1, 3):
        (tmp_path / f"{number}.html").write_text(
            page().replace("Panen Padi Apung", f"Berita {number}"), encoding="utf-8"
        )
    (tmp_path / "4.txt").write_text("Berita 4\n\nIsi berita yang keempat.", encoding="utf-8")
    for name in ("2.htm", "2.txt", "2.jsonl.gz", "2.csv"):
        (tmp_path / name).write_bytes(mess)

    assert list(read(str(tmp_path))) == ["Berita 1", "Berita 3", "Berita 4"]


@given(mess=MESSES)
@seldom
def test_a_mess_in_the_place_of_one_address_of_a_sitemap_leaves_the_others(mess):
    sitemap = document(holding("<urlset>", URL, "</urlset>"), 1, mess)
    pages = {
        f"{SITE}/berita-{number}": page().replace("Panen Padi Apung", f"Berita {number}").encode()
        for number in (1, 3, 4)
    }

    web = Web({f"{SITE}/sitemap.xml": sitemap, **pages})
    assert list(read(f"sitemap+{SITE}/sitemap.xml", web)) == ["Berita 1", "Berita 3", "Berita 4"]


def post(number: int) -> dict[str, object]:
    texts = {"title": {"rendered": f"Berita {number}"}, "content": {"rendered": "Isi"}}
    return {"id": number, "status": "publish", "link": f"/{number}", "date": "2025-08-14T09:30:00", **texts}


@given(mess=MESSES, value=VALUES, name=st.sampled_from(list(post(2))))
@often
def test_a_mess_in_the_place_of_a_post_a_field_or_a_page_of_an_api_leaves_the_others(mess, value, name):
    posts = f"{SITE}/wp-json/wp/v2/posts?per_page=100&orderby=id&order=asc&_embed=author,wp:term"
    first, last = [post(1), value, {**post(2), name: value}, post(3)], [post(4)]
    contents = {
        posts: json.dumps(first).encode(),
        f"{posts}&page=2": mess,
        f"{posts}&page=3": json.dumps(last).encode(),
    }

    assert {"Berita 1", "Berita 3", "Berita 4"} <= read(f"wordpress+{SITE}", Web(contents)).keys()


@given(mess=MESSES, column=st.sampled_from(["judul", "isi", "tanggal", "tautan", "penulis"]))
@often
def test_a_mess_in_one_row_of_a_database_leaves_the_others(tmp_path, mess, column):
    path = tmp_path / "a.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE berita (judul, isi, tanggal, tautan, penulis)")
        for number in (1, 2, 3, 4):
            connection.execute("INSERT INTO berita (judul, isi) VALUES (?, 'Isi')", [f"Berita {number}"])
        values = {"judul": "Berita 2", "isi": "Isi", column: mess}
        connection.execute(
            "UPDATE berita SET judul = CAST(:judul AS TEXT), isi = CAST(:isi AS TEXT),"
            " tanggal = CAST(:tanggal AS TEXT), tautan = CAST(:tautan AS TEXT), penulis = CAST(:penulis AS TEXT)"
            " WHERE judul = 'Berita 2'",
            {"tanggal": None, "tautan": None, "penulis": None, **values},
        )
        connection.commit()

    assert {"Berita 1", "Berita 3", "Berita 4"} <= read(f"sqlite:///{path}?table=berita").keys()
