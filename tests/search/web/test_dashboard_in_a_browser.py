"""The operators' page in a browser, which asks for the key by a dialogue of its own."""

import pytest
from playwright.sync_api import expect

from indexer.keys import Keys
from tests.asked import DAY, click, logged, search
from tests.browsing import SCHEMES, WIDTHS, overflow, photograph, violations
from tests.search.web.payloads import PAYLOADS

pytestmark = pytest.mark.long

WORDS = ("banjir kalsel", "harga cabai", "x" * 90, *PAYLOADS)


@pytest.fixture(scope="module")
def credentials(served):
    """Return an admin key as a browser keeps it, for a log of a month."""
    asked = [
        search(text, hits=place % 3, by=place, ago=day * DAY + place)
        for place, text in enumerate(WORDS)
        for day in range(0, 30, 1 + place % 4)
    ]
    corrected = [search(text, corrected=f"{text} b", is_corrected=True) for text in PAYLOADS]
    logged(served.path, *asked, *corrected, click("banjir kalsel"))
    return {"username": "siapa pun", "password": Keys(served.path).create("operator", ("admin",))}


@pytest.fixture
def dashboard(opened, service, credentials):
    return lambda **options: opened(f"{service}/dasbor", http_credentials=credentials, **options)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_the_page_fits_its_screen_and_everyone_can_use_it(dashboard, width, scheme):
    page = dashboard(viewport={"width": width, "height": 900}, color_scheme=scheme)
    photograph(page, f"dasbor-{width}-{scheme}")
    assert violations(page) == []
    page.locator("summary").click()

    expect(page.get_by_role("cell", name="banjir kalsel").first).to_be_visible()
    assert overflow(page) <= 0


def test_the_page_works_without_a_script(dashboard):
    page = dashboard(java_script_enabled=False)
    page.get_by_role("link", name="7 hari").click()

    expect(page.locator("[aria-current]")).to_have_text("7 hari")
    expect(page.get_by_role("img")).to_have_count(3)


def test_nothing_in_a_query_runs_and_the_page_keeps_its_own_policy(opened, service, credentials):
    page, told = opened("about:blank", http_credentials=credentials), []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{service}/dasbor")

    expect(page.get_by_role("cell", name=PAYLOADS[0]).first).to_be_attached()
    assert page.evaluate("window.ran") is None
    assert [one for one in told if "401" not in one] == []


def test_the_browser_asks_for_the_key_and_a_reader_gets_none_of_it(opened, service):
    page = opened(service)
    answer = page.request.get(f"{service}/dasbor")

    assert answer.status == 401 and "<svg" not in answer.text()
