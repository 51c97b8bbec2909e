import pytest

from indexer import sources
from indexer.article import Article
from indexer.building.reindex import reindex
from indexer.sources.records import Broken, Found
from search.live import LiveIndex
from tests.exports import HEAD, SITE, TAIL, item, portal, write_export

POSTS = 5_000


def records(path) -> list[dict[str, object]]:
    return [dict(found.record) for found in sources.read(str(path)) if isinstance(found, Found)]


def broken(path) -> list[Broken]:
    return [found for found in sources.read(str(path)) if isinstance(found, Broken)]


def only(tmp_path, **fields) -> dict[str, object]:
    """Return the record of an export with one post of these *fields*."""
    (record,) = records(write_export(tmp_path / "a.xml", [item(**fields)]))
    return record


def stored(article: Article, names) -> dict[str, object]:
    """Return what *article* says of *names*; the moment as text, so that its zone counts."""
    return {**{name: getattr(article, name) for name in names}, "published": article.published.isoformat()}


def test_an_export_of_five_thousand_posts_is_indexed_with_all_fields_right(index, tmp_path, analyzer, ranking):
    posts = list(portal(POSTS))
    export = write_export(tmp_path / "kabar.xml", (text for text, _ in posts))
    manifest = reindex([str(export)], index, analyzer).generation.manifest
    live = LiveIndex(index.path, ranking, analyzer)

    assert (manifest.articles, manifest.rejected, manifest.duplicates) == (POSTS, 0, 0)
    with live.open() as opened:
        for fields in filter(None, (fields for _, fields in posts)):
            assert stored(opened.engine.article(fields["id"]), fields) == fields
    live.close()


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "private"},
        {"status": "future"},
        {"status": "trash"},
        {"kind": "page"},
        {"kind": "attachment"},
        {"kind": "nav_menu_item"},
        {"password": "rahasia"},
    ],
    ids=str,
)
def test_what_is_no_published_post_is_passed_over(tmp_path, fields):
    export = write_export(tmp_path / "a.xml", [item(1, **fields), item(2)])

    assert [record["id"] for record in records(export)] == ["kabar.example-2"]


@pytest.mark.parametrize(
    ("local", "utc", "published"),
    [
        ("2025-08-14 09:30:00", "2025-08-14 02:30:00", "2025-08-14T09:30:00+07:00"),
        ("2025-08-14 09:30:00", "2025-08-14 00:30:00", "2025-08-14T09:30:00+09:00"),
        ("2025-08-14 01:30:00", "2025-08-14 01:30:00", "2025-08-14T01:30:00+00:00"),
        ("2025-08-13 20:00:00", "2025-08-14 01:30:00", "2025-08-13T20:00:00-05:30"),
        ("2025-08-14 09:30:00", "0000-00-00 00:00:00", "2025-08-14T09:30:00+07:00"),
        ("0000-00-00 00:00:00", "2025-08-14 01:30:00", "2025-08-14T01:30:00+00:00"),
        ("1999-08-14 09:30:00", "2025-08-14 01:30:00", "2025-08-14T01:30:00+00:00"),
        ("", "", "2025-08-14T01:30:00+00:00"),
    ],
)
def test_the_zone_of_a_post_is_the_difference_of_its_two_dates(tmp_path, local, utc, published):
    assert only(tmp_path, local=local, utc=utc)["published"].isoformat() == published


def test_a_site_in_a_folder_keeps_its_ids_apart(tmp_path):
    export = write_export(tmp_path / "a.xml", [item(7)], site="https://www.kabar.example/niaga")

    assert (records(export)[0]["id"], records(export)[0]["source"]) == ("kabar.example-niaga-7", "kabar.example")


def test_an_author_who_is_not_listed_keeps_the_login(tmp_path):
    assert only(tmp_path, author="tamu")["author"] == "tamu"


def test_text_that_holds_the_end_of_its_own_quotes_is_kept(tmp_path):
    assert only(tmp_path, content="larik]]>akhir")["body"] == "larik]]>akhir"


def test_control_characters_that_xml_forbids_are_dropped(tmp_path):
    assert only(tmp_path, content="Isi\x0b \x02berita")["body"] == "Isi berita"


def test_an_export_is_known_by_what_it_says_and_not_by_its_name(tmp_path):
    write_export(tmp_path / "a.xml", [item()])
    (tmp_path / "b.xml").write_text("<urlset/>", encoding="utf-8")
    write_export(tmp_path / "export.txt", [item()])

    assert {str(record["id"]) for record in records(tmp_path) if "id" in record} == {"kabar.example-1"}
    assert len(records(f"wxr:{tmp_path / 'export.txt'}")) == 1
    sources.check(f"wxr:{tmp_path / 'export.txt'}")


def test_a_post_that_breaks_off_costs_no_other_and_is_reported(tmp_path):
    export = write_export(tmp_path / "a.xml", [item(1), item(2), "<item><title>Tiga", item(4)])
    (report,) = broken(export)

    assert [record["id"] for record in records(export)] == [f"kabar.example-{number}" for number in (1, 2, 4)]
    assert report.place.startswith(f"{export}:")
    assert report.reason == "the post cannot be read: the XML is broken: an element has no end"


@pytest.mark.parametrize(
    ("guid", "link", "made"),
    [
        (f"{SITE}/?p=7", f"{SITE}/berita", "kabar.example-7"),
        (f"{SITE}/berita", f"{SITE}/?p=7", "kabar.example-7"),
        ("urn:7", f"{SITE}/berita", ""),
    ],
)
def test_a_post_without_a_number_is_known_by_its_guid_or_link(tmp_path, guid, link, made):
    post = item(1).replace("<wp:post_id>1</wp:post_id>", "").replace(f"{SITE}/?p=1<", f"{guid}<")
    (record,) = records(write_export(tmp_path / "a.xml", [post.replace(f"{SITE}/2025/berita-1/", link)]))

    assert record["id"] == made


def test_posts_without_numbers_that_share_a_link_are_several_articles(tmp_path):
    posts = [item(1, title=f"Berita {number}").replace("<wp:post_id>1</wp:post_id>", "") for number in (1, 2, 3)]
    export = write_export(tmp_path / "a.xml", [post.replace("?p=1", "") for post in posts])

    assert len({Article.from_record(record).id for record in records(export)}) == 3


def test_a_post_of_which_only_the_excerpt_says_anything_has_that_as_its_text(tmp_path):
    assert only(tmp_path, content="<img src='a.jpg'>")["body"] == "Ringkasan yang bukan isi"


def test_an_address_that_is_none_costs_the_export_nothing(tmp_path):
    export = write_export(tmp_path / "a.xml", [item(1), item(2)], site="http://[kabar.example/jalan")

    assert [record["id"] for record in records(export)] == ["1", "2"]


@pytest.mark.parametrize("date", ["14 Agustus 2025 09.30 WITA", "14/08/2025 09:30 WITA"])
def test_a_date_that_another_program_wrote_is_read(tmp_path, date):
    assert only(tmp_path, local=date, utc="")["published"].isoformat() == "2025-08-14T09:30:00+08:00"


def test_an_export_that_is_cut_off_gives_the_posts_before(tmp_path):
    export = write_export(tmp_path / "a.xml", [item(1)], tail="<item><title>Dua")

    assert len(records(export)) == 1
    assert "the XML is cut off" in broken(export)[0].reason


def test_the_place_of_a_post_is_the_line_it_starts_in(tmp_path):
    export = write_export(tmp_path / "a.xml", [item(1), item(2)])
    places = [found.place for found in sources.read(str(export))]

    lines = export.read_text(encoding="utf-8").splitlines()
    assert [lines[int(place.rpartition(":")[2]) - 1][:13] for place in places] == ["<item><title>"] * 2


def test_entities_of_the_document_are_refused(tmp_path):
    bomb = '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>'
    text = HEAD.format(site=SITE).replace("<rss", f"{bomb}<rss", 1) + item(content="]]>&b;<![CDATA[") + TAIL
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")

    (report,) = broken(tmp_path / "a.xml")
    assert "the XML declares entities, which are refused" in report.reason


def test_a_file_outside_is_never_read(tmp_path):
    (tmp_path / "secret.txt").write_text("rahasia", encoding="utf-8")
    dtd = f'<!DOCTYPE rss SYSTEM "{tmp_path}/secret.txt">'
    text = HEAD.format(site=SITE).replace("<rss", f"{dtd}<rss", 1) + item() + TAIL
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")

    assert "rahasia" not in str(records(tmp_path / "a.xml"))


def test_a_post_beyond_all_measure_is_reported_and_the_rest_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.sources.safe_xml.LARGEST", 5_000)
    export = write_export(tmp_path / "a.xml", [item(1, content="x" * 6_000), item(2)])

    assert [record["id"] for record in records(export)] == ["kabar.example-2"]
    assert "the post cannot be read: it has more than" in broken(export)[0].reason


def test_an_export_without_a_post_is_reported(tmp_path):
    (report,) = broken(write_export(tmp_path / "a.xml", [item(kind="page")]))

    assert report.reason == "the export holds no published post"


def test_a_file_that_is_no_export_is_reported(tmp_path):
    (tmp_path / "a.xml").write_text("<rss/>", encoding="utf-8")

    assert "is no WordPress export" in broken(f"wxr:{tmp_path / 'a.xml'}")[0].reason


def test_a_file_that_vanishes_is_reported(tmp_path):
    assert "cannot be read: No such file" in broken(f"wxr:{tmp_path / 'gone.xml'}")[0].reason
