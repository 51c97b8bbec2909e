import pytest

from indexer import sources
from indexer.article import LONGEST
from indexer.errors import FetchFailed, SourceUnavailable
from indexer.sources.records import Broken, Found
from tests.pages import HEAD, PARAGRAPHS, page
from tests.serving import Reply


def only(path) -> Found | Broken:
    (found,) = sources.read(str(path))
    return found


def written(tmp_path, content: bytes | str) -> Found | Broken:
    path = tmp_path / "a.html"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return only(path)


def test_a_page_gives_its_article_and_what_it_says_of_itself(tmp_path):
    record = dict(written(tmp_path, page()).record)

    assert record.pop("published").isoformat() == "2025-08-14T09:30:00+08:00"
    assert record == {
        "url": "https://www.kabar.example/2025/08/panen-padi-apung/",
        "title": "Panen Padi Apung",
        "body": "\n".join(PARAGRAPHS),
        "author": "Rina Lestari",
        "source": "kabar.example",
        "category": "Pertanian",
        "tags": ["padi", "banjir"],
    }


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta itemprop="datePublished" content="2025-08-14">', "2025-08-14T00:00:00+07:00"),
        (
            '<script type="application/ld+json">{"datePublished": "2025-08-14T01:30:00Z"}</script>',
            "2025-08-14T01:30:00+00:00",
        ),
        ('<meta name="date" content="2025-08-14">', "2025-08-14T00:00:00+07:00"),
        (
            '<meta property="article:published_time" content="kemarin"><meta name="date" content="2025-08-14">',
            "2025-08-14T00:00:00+07:00",
        ),
    ],
)
def test_where_a_page_says_when_it_was_published(tmp_path, head, published):
    assert written(tmp_path, page(head)).record["published"].isoformat() == published


def test_a_page_whose_date_cannot_be_read_is_an_article_without_one(tmp_path):
    found = written(tmp_path, page('<meta property="article:published_time" content="kemarin">'))

    assert found.record["published"] is None
    assert found.remark == "'published' is 'kemarin', which is no date"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "x-tidak-ada"),
        ("utf-16", "utf-8"),
        ("utf-8-sig", "windows-1252"),
    ],
)
def test_an_encoding_that_is_declared_wrongly_does_no_harm(tmp_path, encoding, declared):
    assert written(tmp_path, page(charset=declared).encode(encoding)).record["body"] == "\n".join(PARAGRAPHS)


def test_an_encoding_that_is_declared_rightly_is_used(tmp_path):
    greek = page(paragraphs=(*PARAGRAPHS[:1], "Ελληνικά: kata Kepala Desa pada hari panen."), charset="iso-8859-7")

    assert "Ελληνικά" in written(tmp_path, greek.replace("–", "-").encode("iso-8859-7")).record["body"]


@pytest.mark.parametrize(
    "content", ["", " ", "<html></html>", "<html><body><script>var isi = 1;</script></body></html>", b"\x89PNG\0\1"]
)
def test_a_page_without_text_is_reported(tmp_path, content):
    assert written(tmp_path, content) == Broken(
        str(tmp_path / "a.html"), "the page has no text that could be an article's"
    )


def test_a_page_of_no_article_s_length_is_not_read(tmp_path):
    assert "no article is that long" in written(tmp_path, b" " * (4 * LONGEST["body"] + 1)).reason


@pytest.mark.parametrize("canonical", ["https://kabar.example/", "https://kabar.example"])
def test_a_page_that_takes_its_site_for_its_address_keeps_its_own(site, fetcher, canonical):
    head = HEAD.replace("https://www.kabar.example/2025/08/panen-padi-apung/", canonical)
    (found,) = sources.read(site.says("/panen", Reply(page(head))), fetcher)

    assert found.record["url"] == f"{site.address}/panen"


def test_a_page_is_fetched(site, fetcher):
    content = page(charset="x-tidak-ada").replace("–", "-").replace("“", "«").replace("”", "»").encode("iso-8859-1")
    reply = Reply(content, headers={"Content-Type": "text/html; charset=windows-1252"})
    (found,) = sources.read(site.says("/panen", reply), fetcher)

    assert (found.place, found.record["title"]) == (f"{site.address}/panen", "Panen Padi Apung")
    assert "«Hasilnya baik,»" in found.record["body"]


def test_a_page_of_no_article_s_length_is_fetched_and_not_read(site, fetcher, monkeypatch):
    monkeypatch.setattr("indexer.sources.html_pages._LARGEST", 100)
    (report,) = sources.read(site.says("/panen", Reply(page())), fetcher)

    assert report.reason.endswith("bytes; no article is that long")


def test_a_page_that_is_the_only_source_and_is_not_there_stops_the_run(site, fetcher):
    with pytest.raises(FetchFailed, match="/gone answers 404 Not Found"):
        list(sources.read(f"{site.address}/gone", fetcher))


@pytest.mark.parametrize("source", ["https://kabar.example/", "sitemap+https://kabar.example/sitemap.xml"])
def test_without_the_library_the_remedy_is_named_before_any_work(monkeypatch, source):
    monkeypatch.setattr("indexer.sources.extras.find_spec", lambda _: None)

    with pytest.raises(SourceUnavailable, match=r"HTML pages need trafilatura: pip install 'telusur\[web\]'"):
        sources.check(source)


def test_without_the_library_a_folder_with_pages_is_refused(tmp_path, monkeypatch):
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    monkeypatch.setattr("indexer.sources.extras.find_spec", lambda _: None)

    with pytest.raises(SourceUnavailable, match="pip install"):
        list(sources.read(str(tmp_path)))
