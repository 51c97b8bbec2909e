import pytest

from indexer import sources
from indexer.article import Article
from indexer.errors import FetchFailed, SourceUnavailable
from indexer.sources.records import Broken, Found
from tests.serving import Reply

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Kabar</title><link>https://kabar.example</link>
<image><title>Logo</title></image>
{items}
</channel></rss>"""

ITEM = """<item><title>Panen &amp;amp; niaga</title><link>https://kabar.example/panen</link>
<media:title>Foto</media:title><dc:creator><![CDATA[Rina Lestari]]></dc:creator>
<pubDate>{date}</pubDate><category><![CDATA[Daerah]]></category><category>Niaga</category>
<guid isPermaLink="false">https://kabar.example/?p=12</guid><description>Ringkasan</description>
<content:encoded><![CDATA[<p>Isi berita.</p><p>Alinea&nbsp;dua</p>]]></content:encoded></item>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar</title><link href="https://kabar.example/"/>
<entry><title type="html">Panen &lt;b&gt;raya&lt;/b&gt;</title><link rel="edit" href="/edit"/><link href="/panen"/>
<id>tag:kabar.example,2025:1</id><updated>2025-08-15T00:00:00Z</updated><published>2025-08-14T09:30:00+08:00</published>
<author><name>Rina Lestari</name></author><category term="x" label="Daerah"/><summary>Ringkasan</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Isi <b>berita</b>.</p><p>Alinea dua</p></div>
</content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Kabar</title></channel>
<item><title>Panen</title><link>https://kabar.example/panen</link><description>Isi</description>
<dc:date>2025-08-14T09:30+08:00</dc:date></item></rdf:RDF>"""


def read(site, fetcher, content: bytes | str) -> list[Found | Broken]:
    return list(sources.read(f"rss+{site.says('/feed', Reply(content))}", fetcher))


def rss(*dates: str) -> str:
    return RSS.format(items="\n".join(ITEM.format(date=date) for date in dates))


def test_an_entry_of_rss_gives_all_its_fields(site, fetcher):
    (found,) = read(site, fetcher, rss("Thu, 14 Aug 2025 09:30:00 +0800"))
    record = dict(found.record)

    assert found.place == f"{site.address}/feed, entry 1"
    assert record.pop("published").isoformat() == "2025-08-14T09:30:00+08:00"
    assert record == {
        "id": "kabar.example-12",
        "url": "https://kabar.example/panen",
        "title": "Panen & niaga",
        "body": "Isi berita.\nAlinea dua",
        "author": "Rina Lestari",
        "source": "kabar.example",
        "category": "Daerah",
        "tags": ["Niaga"],
    }


def test_an_entry_of_atom_gives_all_its_fields(site, fetcher):
    (found,) = read(site, fetcher, ATOM)
    record = dict(found.record)

    assert record.pop("published").isoformat() == "2025-08-14T09:30:00+08:00"
    assert record == {
        "id": "",
        "url": f"{site.address}/panen",
        "title": "Panen raya",
        "body": "Isi berita.\nAlinea dua",
        "author": "Rina Lestari",
        "source": "127.0.0.1",
        "category": "Daerah",
        "tags": [],
    }


def test_the_first_kind_of_rss_is_read_too(site, fetcher):
    (found,) = read(site, fetcher, RDF)

    assert (found.record["title"], found.record["body"]) == ("Panen", "Isi")
    assert found.record["published"].isoformat() == "2025-08-14T09:30:00+08:00"


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Kam, 14 Agu 2025 09:30:00 +0700", "2025-08-14T09:30:00+07:00"),
        ("Kamis, 14 Agustus 2025 09.30 WITA", "2025-08-14T09:30:00+08:00"),
        ("Jum'at, 3 Mei 2024 09:30 WIT", "2024-05-03T09:30:00+09:00"),
        ("14 Aug 2025 09:30:00 GMT", "2025-08-14T09:30:00+00:00"),
        ("2025-08-14 09:30:00", "2025-08-14T09:30:00+07:00"),
    ],
)
def test_dates_are_read_as_portals_write_them(site, fetcher, date, published):
    (found,) = read(site, fetcher, rss(date))

    assert found.record["published"].isoformat() == published


@pytest.mark.parametrize(
    "date", ["kemarin", "Thu, 32 Aug 2025 09:30:00 +0700", "0000-00-00 00:00:00", "0001-01-01", "1"]
)
def test_an_entry_with_a_wrong_date_is_an_article_without_one(site, fetcher, date):
    (found,) = read(site, fetcher, rss(date))

    assert found.record["published"] is None
    assert found.remark == f"'published' is {date!r}, which is no date"


def test_an_entry_without_a_date_needs_no_remark(site, fetcher):
    (found,) = read(site, fetcher, rss(""))

    assert (found.record["published"], found.remark) == (None, "")


@pytest.mark.parametrize(
    ("guid", "url"), [("https://kabar.example/panen", "https://kabar.example/panen"), ("urn:1", ""), ("", "")]
)
def test_an_entry_without_a_link_has_the_address_that_is_its_guid(site, fetcher, guid, url):
    item = f"<item><title>A</title><guid>{guid}</guid><description>Isi</description></item>"
    (found,) = read(site, fetcher, RSS.format(items=item))

    assert found.record["url"] == url


def test_a_feed_in_another_encoding_than_it_says_is_read(site, fetcher):
    item = "<item><title>“Panen”</title><description>Isi—baik</description></item>"
    (found,) = read(site, fetcher, RSS.format(items=item).encode("cp1252"))

    assert (found.record["title"], found.record["body"]) == ("“Panen”", "Isi—baik")


def test_names_of_html_that_xml_does_not_know_are_read(site, fetcher):
    item = "<item><title>Panen&nbsp;raya</title><description>Isi&hellip; &tak;</description></item>"
    (found,) = read(site, fetcher, RSS.format(items=item))

    assert (found.record["title"], found.record["body"]) == ("Panen raya", "Isi… &tak;")


def test_the_entries_before_a_break_are_kept(site, fetcher):
    found, report = read(site, fetcher, rss("", "")[:-100])

    assert isinstance(found, Found)
    assert report.place.startswith(f"{site.address}/feed, line ")
    assert report.reason.endswith("the entries after it are not read")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html><p>bukan", "the XML is cut off"),
        ("bukan", "there is no element"),
        ('<!DOCTYPE rss [<!ENTITY a "x">]><rss><item><title>&a;</title></item></rss>', "declares entities"),
        ("<a>" * 200, "the XML is cut off"),
    ],
)
def test_what_is_no_feed_stops_the_run(site, fetcher, content, reason):
    with pytest.raises(SourceUnavailable, match=f"is no feed that can be read: line 1: .*{reason}"):
        read(site, fetcher, content)


def test_a_feed_without_an_entry_is_reported(site, fetcher):
    assert read(site, fetcher, RSS.format(items="")) == [Broken(f"{site.address}/feed", "the feed has no entry")]


def test_an_entry_beyond_all_measure_is_passed_over(site, fetcher, monkeypatch):
    monkeypatch.setattr("indexer.sources.safe_xml.LARGEST", 2_000)
    long = f"<item><title>A</title><description>{'x' * 3_000}</description></item>"
    items = read(site, fetcher, RSS.format(items=long + ITEM.format(date="")))

    assert [type(item) for item in items] == [Broken, Found]


def test_a_feed_that_is_not_there_stops_the_run(site, fetcher):
    with pytest.raises(FetchFailed, match="404"):
        list(sources.read(f"rss+{site.address}/gone", fetcher))


def entry(site, fetcher, content: str, head: str = "") -> dict[str, object]:
    """Return the record of a feed with one item that holds *content*."""
    items = read(site, fetcher, RSS.format(items=f"{head}<item><link>/panen</link>{content}</item>"))
    return dict(items[-1].record)


@pytest.mark.parametrize(
    ("content", "field", "value"),
    [
        ("<author>rina@kabar.example (Rina Lestari)</author>", "author", "Rina Lestari"),
        ("<author>Rina Lestari &lt;rina@kabar.example&gt;</author>", "author", "Rina Lestari"),
        ("<author>rina@kabar.example</author>", "author", "Redaksi Kabar"),
        ("", "author", "Redaksi Kabar"),
        ("<dc:subject>Niaga</dc:subject>", "category", "Niaga"),
        ("<media:category label='Niaga'>a/b</media:category>", "category", "Niaga"),
        ("<media:title>Panen</media:title>", "title", "Panen"),
        ("<media:group><media:title>Panen</media:title></media:group>", "title", "Panen"),
        ("<media:description>Isi</media:description>", "body", "Isi"),
        ("<content:encoded><![CDATA[<img src='a'>]]></content:encoded><description>Isi</description>", "body", "Isi"),
        ("<title>Suhu < 30 & naik</title>", "title", "Suhu < 30 & naik"),
        ("<itunes:summary>Isi</itunes:summary>", "body", "Isi"),
    ],
)
def test_where_an_item_says_what(site, fetcher, content, field, value):
    head = "<managingEditor>redaksi@kabar.example (Redaksi Kabar)</managingEditor>"

    assert entry(site, fetcher, content, head)[field] == value


@pytest.mark.parametrize("name", ["dcterms:created", "dcterms:issued", "dc:date", "dcterms:modified"])
def test_where_an_item_says_when(site, fetcher, name):
    content = f"<{name}>2025-08-14T09:30+08:00</{name}>"

    assert entry(site, fetcher, content)["published"].isoformat() == "2025-08-14T09:30:00+08:00"


ATOM_TITLES = """<feed xmlns="http://www.w3.org/2005/Atom"{base}><author><name>Redaksi</name></author>
<entry><title{type}>{title}</title><link href="panen"/><content>Isi</content></entry></feed>"""


@pytest.mark.parametrize(
    ("kind", "title", "read_as"),
    [
        (' type="text"', "Tanda &lt;b&gt; &amp;amp; lain", "Tanda <b> &amp; lain"),
        (' type="html"', "Tanda &lt;b&gt;tebal&lt;/b&gt; &amp;amp; lain", "Tanda tebal & lain"),
        (' type="xhtml"', '<div xmlns="http://www.w3.org/1999/xhtml">Tanda <b>tebal</b></div>', "Tanda tebal"),
        ("", "Suhu &lt; 30", "Suhu < 30"),
        ("", "Panen &lt;b&gt;raya&lt;/b&gt;", "Panen raya"),
        (' type="text/html" mode="escaped"', "&lt;b&gt;Panen&lt;/b&gt; raya", "Panen raya"),
        (' type="text/html" mode="base64"', "PGI+UGFuZW48L2I+IHJheWE=", "Panen raya"),
    ],
)
def test_a_title_of_atom_is_what_its_type_says(site, fetcher, kind, title, read_as):
    (found,) = read(site, fetcher, ATOM_TITLES.format(base="", type=kind, title=title))

    assert (found.record["title"], found.record["author"]) == (read_as, "Redaksi")


@pytest.mark.parametrize(
    ("base", "url"),
    [
        (' xml:base="https://kabar.example/niaga/"', "https://kabar.example/niaga/panen"),
        (' xml:base="http://[kabar"', "{site}/panen"),
        ("", "{site}/panen"),
    ],
)
def test_links_lead_from_the_base_that_a_feed_states(site, fetcher, base, url):
    (found,) = read(site, fetcher, ATOM_TITLES.format(base=base, type="", title="A"))

    assert found.record["url"] == url.format(site=site.address)


def test_an_atom_feed_of_the_first_version_is_read(site, fetcher):
    content = ATOM_TITLES.format(base="", type="", title="A").replace(
        "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"
    )
    content = content.replace("<content>", "<issued>2025-08-14T09:30+08:00</issued><content>")
    (found,) = read(site, fetcher, content)

    assert (found.record["title"], found.record["body"]) == ("A", "Isi")
    assert found.record["published"].isoformat() == "2025-08-14T09:30:00+08:00"


@pytest.mark.parametrize(
    "link", ["http://[kabar.example/jalan", "//[x]/y", "http://kabar.example]/x", "http://kabar.example／jalan"]
)
def test_an_item_whose_link_is_no_address_is_an_article_without_one(site, fetcher, link):
    items = f"<item><title>A</title><link>{link}</link><description>Isi</description></item>{ITEM.format(date='')}"
    first, second = read(site, fetcher, RSS.format(items=items))

    assert (first.record["url"], first.remark) == ("", f"'url' is {link!r}, which is no address")
    assert second.record["url"] == "https://kabar.example/panen"


@pytest.mark.parametrize(
    ("links", "count"),
    [
        (("https://kabar.example/", "https://kabar.example/"), 2),
        (("https://kabar.example/kanal", "https://kabar.example/kanal"), 2),
        (("", ""), 2),
    ],
)
def test_items_that_share_a_link_are_several_articles(site, fetcher, links, count):
    items = "".join(
        f"<item><title>Berita {number}</title><link>{link}</link><description>Isi</description></item>"
        for number, link in enumerate(links)
    )
    found = read(site, fetcher, RSS.format(items=items))

    assert len({Article.from_record(each.record).id for each in found}) == count


def test_an_item_keeps_its_id_when_others_come_that_share_its_link(site, fetcher):
    item = "<item><title>{0}</title><link>https://kabar.example/</link><description>Isi</description></item>"
    (alone,) = read(site, fetcher, RSS.format(items=item.format("A")))
    together = read(site, fetcher, RSS.format(items=item.format("B") + item.format("A")))

    assert together[1].record["id"] == alone.record["id"]


def test_a_feed_in_a_file_is_read(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(
        RSS.format(items=ITEM.format(date="").replace("https://kabar.example/panen", "/panen")), encoding="utf-8"
    )
    (found,) = sources.read(f"rss:{path}")

    assert (found.record["title"], found.record["url"]) == ("Panen & niaga", "https://kabar.example/panen")


def test_a_feed_that_is_taken_for_an_export_says_how_it_is_read(tmp_path):
    (tmp_path / "feed.xml").write_text(RSS.format(items=""), encoding="utf-8")

    with pytest.raises(SourceUnavailable, match=r"is a feed, not an export of WordPress: write rss:.*feed\.xml"):
        sources.check(str(tmp_path / "feed.xml"))
