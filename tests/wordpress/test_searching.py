"""The site's own search gives the hits of the service, in its order, and WordPress's own when it is down."""

import json

import pytest

from tests.serving import Reply, Site, hangs
from tests.wordpress.portal import THEMES, eventually

pytestmark = pytest.mark.long


@pytest.fixture
def posts(portal, service):
    """Publish three posts that the service has; give out their numbers."""
    given = [
        ("Penanaman padi dimulai", "Petani turun ke sawah.", "2025-03-01T08:00:00"),
        ("Kabar desa", "Warga menanam padi dan jagung.", "2025-03-02T08:00:00"),
        ("Pasar & harga", "Warga menanam cabai.", "2025-03-03T08:00:00"),
    ]
    numbers = [portal.publish(title, body, date=date) for title, body, date in given]
    portal.cron()
    assert eventually(lambda: len(service.ids()) == 1 + len(given))
    return numbers


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


def hit(number, html="Kabar"):
    return {"id": f"127.0.0.1-{number}", "highlights": {"body": [{"html": html}]}}


def answer(*hits, **query):
    """Return an answer as the service gives it."""
    return Reply(json.dumps({"hits": hits, "total": len(hits), "query": query}))


def answering(portal, site, behaviour):
    """Have the portal ask *site*, which answers so."""
    site.otherwise = behaviour
    portal.settings(address=site.address, search=True)


@pytest.mark.parametrize("theme", THEMES)
def test_the_form_of_the_theme_gives_what_the_service_finds_in_its_order(portal, service, posts, theme):
    portal.php(f"switch_theme('{theme}');")
    (form,) = portal.page(s="x").xpath("(//main//form[@role='search'])[1]")
    found = portal.found("menanam padi")

    assert (form.method, form.action.rstrip("/"), form.inputs.keys()) == ("GET", portal.address, ["s"])
    assert found == [int(name.rpartition("-")[2]) for name in service.ids("menanam padi") if "127.0.0.1" in name]
    assert found[:2] == posts[:2]


def test_wordpress_answers_itself_when_the_service_is_stopped(portal, service, posts):
    service.stop()

    assert portal.found("menanam padi") == [posts[1]]
    assert portal.php("echo Telusur_Breaker::reason();")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.usefixtures("posts")
def test_excerpts_have_the_marks_of_the_service(portal, theme):
    portal.php(f"switch_theme('{theme}');")

    assert "menanam" in portal.page(s="tanaman cabai").xpath("//main//mark/text()")


def test_pages_are_those_of_the_service(portal, posts):
    portal.php("update_option('posts_per_page', 2);")
    try:
        pages = [portal.found("menanam", paged=number) for number in (1, 2)]
        count = portal.page(s="menanam").xpath("string(//*[@class='search-result-count default-max-width'])")
    finally:
        portal.php("update_option('posts_per_page', 10);")

    assert [len(page) for page in pages] == [2, 1]
    assert {*pages[0], *pages[1]} == set(posts)
    assert "3" in count


def test_order_and_phrases_are_those_that_the_reader_asks_for(portal, posts):
    assert portal.found("menanam", orderby="date", order="desc") == posts[::-1]
    assert portal.found("menanam", orderby="date", order="asc") == posts
    assert portal.found('"menanam cabai"') == [posts[2]]


def test_what_the_service_is_not_asked_for_stays_with_wordpress(portal, site):
    post = portal.publish("Padi", "Padi.")
    answering(portal, site, answer())
    category = portal.php(f"echo get_the_category({post})[0]->term_id;")

    assert portal.found("padi", cat=category) == [post]
    assert portal.found("padi", post_type="attachment") == []
    assert portal.page(s="padi", feed="rss2").xpath("//item")
    assert not site.asked


def test_a_post_that_went_meanwhile_is_not_shown(portal, site):
    shown, hidden = portal.publish("Padi", "Padi."), portal.publish("Rahasia", "Padi.", status="private")
    answering(portal, site, answer(hit(hidden), hit(4711), hit(shown), {"id": "lain.example-1"}))

    assert portal.found("padi") == [shown]


def test_hits_that_are_all_of_other_sites_are_no_answer(portal, site):
    post = portal.publish("Padi", "Padi.")
    answering(portal, site, answer({"id": "lain.example-1"}))

    assert portal.found("padi") == [post]


def test_markup_that_the_service_sends_does_not_pass(portal, site):
    post = portal.publish("Padi", "Padi.")
    answering(portal, site, answer(hit(post, "<mark onclick=x()>padi</mark><script>x()</script><img src=x>")))
    (excerpt,) = portal.page(s="padi").xpath("//main//mark/..")

    assert not excerpt.xpath(".//script | .//img | .//@onclick")


@pytest.mark.parametrize("theme", THEMES)
def test_the_reader_is_told_what_was_meant(portal, site, theme):
    post = portal.publish("Banjir", "Banjir.")
    answering(portal, site, answer(hit(post), corrected="ban<jir", is_corrected=True))
    portal.php(f"switch_theme('{theme}');")
    page = portal.page(s="bnajir")

    assert "ban<jir" in page.xpath("string(//main//*[@class='telusur-corrected'])")


@pytest.mark.parametrize(
    "reply",
    [Reply("<html>", 200), Reply("{}", 200), Reply("{}", 503, {"Retry-After": "9"}), Reply("", 302), None],
    ids=["another server", "no hits", "busy", "elsewhere", "silence"],
)
def test_a_service_that_fails_is_asked_once_and_then_left_alone(portal, site, reply):
    post = portal.publish("Padi", "Padi.")
    answering(portal, site, reply or hangs(site))

    assert [portal.found("padi"), portal.found("padi")] == [[post], [post]]
    assert len(site.asked) == 1


def test_a_query_that_the_service_refuses_says_nothing_against_the_service(portal, site):
    post = portal.publish("Padi", "Padi.")
    answering(portal, site, Reply("{}", 400))

    assert [portal.found("padi"), portal.found("padi")] == [[post], [post]]
    assert len(site.asked) == 2
