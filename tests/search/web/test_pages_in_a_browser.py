"""The pages as readers see them, with and without a script, on screens of all sizes and in both schemes."""

import pytest
from playwright.sync_api import expect

from tests.browsing import SCHEMES, WIDTHS, overflow, photograph, violations

pytestmark = pytest.mark.long

AXE = (WIDTHS[0], WIDTHS[-1])
"""Widths at which axe-core looks: those between have no rules of their own."""

PAGES = {
    "awal": "/",
    "hasil": "/cari?q=harga+cabai",
    "saringan": "/cari?q=harga&source=kabarnusantara.example&from=2020-01-01&sort=newest",
    "koreksi": "/cari?q=hrga",
    "longgar": "/cari?q=harga+cabai+zaitun",
    "kosong": "/cari?q=" + "z" * 300,
    "lebar": "/cari?q=jambu",
    "artikel": "/artikel/kn-0001?q=harga+cabai",
    "artikel-lebar": "/artikel/tanpa%2Falamat?q=jambu",
    "tiada": "/artikel/tidak-ada",
    "salah": "/cari?q=x&page=0",
    "tanpa-halaman": "/tidak/ada/apa-apa",
    "coba": "/coba?lang=en&limit=3&color=%23990000",
    "api": "/docs",
}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_fits_its_screen_and_everyone_can_use_it(opened, service, width, scheme):
    page = opened(service, viewport={"width": width, "height": 900}, color_scheme=scheme)
    for name, path in PAGES.items():
        page.goto(service + path)
        photograph(page, f"{name}-{width}-{scheme}")

        assert overflow(page) <= 0, name
        assert width not in AXE or violations(page) == [], name


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"contrast": "more"}, {"media": "print"}])
def test_a_page_can_be_read_however_it_is_shown(opened, service, media):
    page = opened(service + PAGES["hasil"])
    page.emulate_media(**media)
    photograph(page, f"hasil-{'-'.join(media.values())}")

    assert violations(page) == []
    expect(page.locator("ol.hits h2").first).to_be_visible()


def test_what_leads_nowhere_on_paper_is_not_printed(opened, service):
    page = opened(service + PAGES["hasil"])
    page.emulate_media(media="print")

    for hidden in ("#saring", "telusur-search", ".orders"):
        expect(page.locator(hidden)).to_be_hidden()


def test_everything_works_without_a_script(opened, service):
    page = opened(service, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.get_by_role("searchbox").fill("harga")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Saring", exact=True).click()
    chosen = page.locator("#saring input[type=checkbox]").first
    value = chosen.get_attribute("value")
    chosen.check()
    page.get_by_role("button", name="Terapkan").click()
    expect(page.locator(".chosen")).to_contain_text(value)
    page.get_by_role("link", name="Terbaru").click()
    expect(page.locator("[aria-current]")).to_have_text("Terbaru")
    page.locator(".chosen a").first.click()

    expect(page.locator(".chosen")).to_have_count(0)
    expect(page.locator("[aria-current]")).to_have_text("Terbaru")


def test_results_lead_to_a_stored_article_and_back(opened, service):
    page = opened(service + "/cari?q=jambu")
    page.locator("ol.hits h2 a").click()
    expect(page.locator("article mark").first).to_have_text("Jambu")
    page.locator(".back a").click()

    page.wait_for_url("**/cari?q=jambu")


def test_a_hit_that_is_opened_is_told_where_clicks_are_logged(opened, service):
    page = opened(service + "/cari?q=jambu")
    expect(page.get_by_role("combobox")).to_be_visible()
    with page.expect_request("**/v1/click") as told:  # the answer comes when the page is gone
        page.locator("ol.hits h2 a").click()

    assert told.value.post_data_json == {"q": "jambu", "id": "tanpa/alamat", "position": 1}


def test_pages_follow_each_other(opened, service):
    page = opened(service + "/cari?q=penanda")
    page.locator("a[rel=next]").click()
    expect(page.locator("ol.hits")).to_have_attribute("start", "11")
    page.locator("a[rel=prev]").click()

    expect(page.locator("ol.hits")).to_have_attribute("start", "1")


@pytest.mark.parametrize("has_script", [True, False])
def test_the_box_can_be_tried_as_it_is_set(opened, service, has_script):
    page = opened(service + "/coba", java_script_enabled=has_script)
    page.get_by_label("Saran paling banyak").fill("3")
    if has_script:
        page.get_by_label("Warna").fill("#990000")
    page.get_by_role("button", name="Terapkan").click()
    expect(page.locator("pre").first).to_contain_text('limit="3"')
    box = page.locator("#cari")
    box.press_sequentially("ke")
    if has_script:
        expect(page.get_by_role("listbox", name="Saran").get_by_role("option")).to_have_count(3)
        photograph(page, "coba-terbuka")
        button = page.locator("telusur-search").get_by_role("button", name="Cari")
        expect(button).to_have_css("background-color", "rgb(153, 0, 0)")
    box.press("Enter")

    page.wait_for_url("**/cari?q=ke")


def test_the_first_key_leads_past_the_head(opened, service):
    page = opened(service + PAGES["hasil"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("!!document.activeElement.closest('main')")


def test_a_page_breaks_no_rule_of_its_own_policy(opened, service):
    page, broken = opened("about:blank"), []
    page.on("console", lambda message: broken.append(message.text) if "Security" in message.text else None)
    for path in PAGES.values():
        page.goto(service + path)
    page.goto(service)
    page.get_by_role("combobox").press_sequentially("harga")
    expect(page.get_by_role("option")).not_to_have_count(0)

    assert broken == []
