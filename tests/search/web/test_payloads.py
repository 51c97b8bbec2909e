"""Markup in titles, bodies, queries, facets, sources and addresses never runs, even where no policy forbids it."""

from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import expect

from tests.search.web.payloads import PAYLOADS, name

pytestmark = pytest.mark.long
ELEMENTS = (
    "script:not([src^='/telusur.js']), iframe, object, embed, svg, math, base, img, video, audio, template, style"
)


@pytest.fixture(scope="module")
def page(browser, service):
    """Open a page without the policy that would stop what runs."""
    page = browser.new_page(bypass_csp=True, locale="id-ID")
    page.goto(service)
    return page


def assert_harmless(page):
    assert page.evaluate("window.ran") is None
    assert page.locator(ELEMENTS).count() == 0
    assert not page.evaluate("""[...document.querySelectorAll('*')].filter((element) =>
        [...element.attributes].some((one) => one.name.startsWith('on')
            || ['href', 'src', 'action', 'formaction'].includes(one.name) && !/^(https?:|[/#?])/.test(one.value)))
        .map((element) => element.outerHTML)""")


def test_there_are_as_many_as_are_promised():
    assert len(set(PAYLOADS)) >= 50


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_nothing_runs_wherever_it_stands(page, service, number):
    payload = PAYLOADS[number]
    filters = {"source": payload, "category": payload, "author": payload}
    page.goto(f"{service}/cari?{urlencode({'q': f'{name(number)} {payload}', 'mode': 'any', **filters})}")
    expect(page.locator("ol.hits > li")).not_to_have_count(0)
    assert payload in page.locator("nav.chosen").inner_text()
    assert page.get_by_role("searchbox").or_(page.get_by_role("combobox")).input_value() == f"{name(number)} {payload}"
    assert_harmless(page)

    page.goto(f"{service}/artikel/{quote(f'{number}-{payload}', safe='')}?{urlencode({'q': f'penanda {payload}'})}")
    assert page.locator("h1").inner_text() == f"Penanda {name(number)} {payload}"
    assert_harmless(page)


def test_nothing_runs_in_suggestions(page, service):
    page.goto(service)
    for number, payload in enumerate(PAYLOADS):
        page.get_by_role("combobox").fill(f"penanda {name(number)}")
        expect(page.get_by_role("option").filter(has_text=payload)).not_to_have_count(0)
        assert page.evaluate("window.ran") is None
        assert page.locator("telusur-search li *:not(span, mark, small)").count() == 0


def test_nothing_of_recent_searches_runs(page, service):
    page.goto(service)
    page.evaluate("payloads => localStorage.setItem('telusur:recent', JSON.stringify(payloads))", list(PAYLOADS[:5]))
    page.get_by_role("combobox").press("ArrowDown")

    expect(page.get_by_role("option")).to_have_text([*PAYLOADS[:5], "Hapus pencarian terakhir"])
    assert_harmless(page)
