import json

import pytest

from indexer import sources
from indexer.errors import SourceUnavailable
from indexer.sources.records import Broken, Found
from tests.serving import Reply

QUERY = "per_page=100&orderby=id&order=asc&_embed=author,wp:term"
POSTS = f"/wp-json/wp/v2/posts?{QUERY}"


def post(number: int, **fields: object) -> dict[str, object]:
    return {
        "id": number,
        "link": f"https://kabar.example/berita-{number}/",
        "status": "publish",
        "date": "2025-08-14T09:30:00",
        "date_gmt": "2025-08-14T01:30:00",
        "title": {"rendered": "Panen &#8220;raya&#8221; &amp; niaga"},
        "content": {"rendered": "<p>Isi <em>berita</em>.</p>\n<p>Alinea\ndua</p>", "protected": False},
        "_embedded": {
            "author": [{"id": 1, "name": "Rina Lestari"}],
            "wp:term": [
                [{"taxonomy": "category", "name": "Daerah"}, {"taxonomy": "category", "name": "Niaga &amp; Jasa"}],
                [{"taxonomy": "post_tag", "name": "padi"}],
            ],
        },
        **fields,
    }


def listed(*posts: object, pages: int = 1) -> Reply:
    return Reply(json.dumps(posts), headers={"X-WP-TotalPages": str(pages)})


def read(site, fetcher, path: str = "") -> list[Found | Broken]:
    return list(sources.read(f"wordpress+{site.address}{path}", fetcher))


def test_a_post_gives_all_its_fields(site, fetcher):
    site.says(POSTS, listed(post(12)))
    (found,) = read(site, fetcher, "/")
    record = dict(found.record)

    assert record.pop("published").isoformat() == "2025-08-14T09:30:00+08:00"
    assert record == {
        "id": "127.0.0.1-12",
        "url": "https://kabar.example/berita-12/",
        "title": "Panen “raya” & niaga",
        "body": "Isi berita.\nAlinea dua",
        "author": "Rina Lestari",
        "source": "127.0.0.1",
        "category": "Daerah",
        "tags": ["Niaga & Jasa", "padi"],
    }


def test_all_pages_are_read(site, fetcher):
    site.says(POSTS, listed(post(1), post(2), pages=3))
    site.says(f"{POSTS}&page=2", listed(post(3), pages=3))
    site.says(f"{POSTS}&page=3", listed(post(4), pages=3))

    assert [found.record["id"] for found in read(site, fetcher)] == [f"127.0.0.1-{number}" for number in (1, 2, 3, 4)]


def test_a_site_in_a_folder_and_without_pretty_links_is_read(site, fetcher):
    site.says(f"/niaga/?rest_route=/wp/v2/posts&{QUERY}", listed(post(1)))

    assert [found.record["id"] for found in read(site, fetcher, "/niaga")] == ["127.0.0.1-niaga-1"]


def test_a_page_that_cannot_be_fetched_is_reported_and_the_rest_goes_on(site, fetcher):
    site.says(POSTS, listed(post(1), pages=3))
    site.says(f"{POSTS}&page=2", Reply(status=500))
    site.says(f"{POSTS}&page=3", listed(post(3)))

    first, report, last = read(site, fetcher)
    assert isinstance(first, Found) and isinstance(last, Found)
    assert report.place == f"{site.address}{POSTS}&page=2"
    assert "500 Internal Server Error" in report.reason


def test_where_pages_fail_in_a_row_the_rest_is_not_asked_for(site, fetcher):
    site.says(POSTS, listed(post(1), pages=999))

    found, *reports = read(site, fetcher)
    assert isinstance(found, Found)
    assert [report.place.rpartition("=")[2] for report in reports] == ["2", "3", "4", "4"]
    assert "not asked for" in reports[-1].reason


@pytest.mark.parametrize("pages", ["", "dua", "-1", "9" * 5_000])
def test_a_count_of_pages_that_is_none_is_one(site, fetcher, pages):
    site.says(POSTS, Reply(json.dumps([post(1)]), headers={"X-WP-TotalPages": pages}))

    assert len(read(site, fetcher)) == 1


def test_posts_behind_a_password_are_passed_over(site, fetcher):
    site.says(POSTS, listed(post(1, content={"rendered": "", "protected": True}), post(2, status="private"), post(3)))

    assert [found.record["id"] for found in read(site, fetcher)] == ["127.0.0.1-3"]


def test_a_post_of_another_form_is_reported_and_the_rest_goes_on(site, fetcher):
    site.says(POSTS, listed("bukan", {"id": 1}, post(2, _embedded={}), post(3, title=None)))

    assert [type(item) for item in read(site, fetcher)] == [Broken, Broken, Found, Broken]


def test_a_page_that_is_no_json_is_reported(site, fetcher):
    site.says(POSTS, listed(post(1), pages=2))
    site.says(f"{POSTS}&page=2", Reply("<b>Fatal error</b>"))

    assert "the page is no JSON" in read(site, fetcher)[1].reason


def test_a_post_without_a_date_that_can_be_read_is_an_article(site, fetcher):
    site.says(POSTS, listed(post(1, date="kemarin", date_gmt=None)))
    (found,) = read(site, fetcher)

    assert (found.record["published"], found.remark) == (None, "'published' is 'kemarin', which is no date")


@pytest.mark.parametrize("reply", [Reply("<html></html>"), Reply(status=401), Reply('{"code": "rest_disabled"}')])
def test_a_site_without_the_api_stops_the_run(site, fetcher, reply):
    site.says(POSTS, reply)

    with pytest.raises(SourceUnavailable, match="has no API of WordPress that can be read"):
        read(site, fetcher)
