"""The search box as readers use it: by keys, mouse and touch, and as screen readers hear it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import violations

pytestmark = pytest.mark.long

BOX = """<telusur-search endpoint="SERVICE"><form action="SERVICE/cari"><label for="q">Kata</label>
<input id="q" name="q" type="search"><button>Cari</button></form></telusur-search>"""
TYPED = "harga"


def suggested(page, text=TYPED):
    """Type *text*, and return the options that are offered."""
    page.get_by_role("combobox").press_sequentially(text)
    options = page.get_by_role("option")
    expect(options).not_to_have_count(0)
    return options


def active(page):
    """Return the text of the option that a screen reader is told of."""
    return page.get_by_role("combobox").evaluate(
        "input => input.getRootNode().getElementById(input.getAttribute('aria-activedescendant'))?.innerText ?? null"
    )


def remembered(page):
    return page.evaluate("JSON.parse(localStorage.getItem('telusur:recent'))")


def test_it_tells_screen_readers_what_it_is_and_what_it_has(box):
    expect(box.get_by_role("combobox", name="Kata yang dicari", expanded=False)).to_have_attribute(
        "aria-autocomplete", "list"
    )
    options = suggested(box)
    expect(box.get_by_role("combobox", expanded=True)).to_have_attribute("aria-controls", "list")
    expect(box.get_by_role("listbox", name="Saran pencarian")).to_be_visible()
    expect(box.get_by_role("status")).to_have_text(f"{options.count()} saran. Pilih dengan panah atas dan bawah.")
    assert violations(box) == []


def test_what_was_typed_is_marked_in_suggestions(box):
    marks = suggested(box).first.locator("mark")

    assert [mark.lower() for mark in marks.all_inner_texts()] == [TYPED]


def test_arrows_go_around_and_the_text_stays_as_typed(box):
    options = suggested(box)
    texts = options.all_inner_texts()

    assert active(box) is None
    for key, expected in [("ArrowDown", texts[0]), ("ArrowDown", texts[1]), ("ArrowUp", texts[0]), ("ArrowUp", None)]:
        box.keyboard.press(key)
        assert active(box) == expected
    box.keyboard.press("ArrowUp")
    assert active(box) == texts[-1]
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(box.get_by_role("option", selected=True)).to_have_count(1)
    box.keyboard.press("ArrowDown")
    assert active(box) is None
    expect(box.get_by_role("combobox")).to_have_value(TYPED)


def test_enter_searches_for_the_chosen_suggestion(box):
    chosen = suggested(box).first.locator(".telusur-text").inner_text()
    box.keyboard.press("ArrowDown")
    box.keyboard.press("Enter")

    box.wait_for_url("**/cari?q=*")
    expect(box.get_by_role("combobox")).to_have_value(chosen)


def test_enter_without_a_choice_searches_for_what_was_typed(box):
    suggested(box)
    box.keyboard.press("Enter")

    box.wait_for_url(f"**/cari?q={TYPED}")


def test_escape_closes_and_then_clears(box):
    suggested(box)
    box.keyboard.press("Escape")
    expect(box.get_by_role("listbox")).to_be_hidden()
    expect(box.get_by_role("combobox", expanded=False)).to_have_value(TYPED)
    box.keyboard.press("Escape")
    expect(box.get_by_role("combobox")).to_have_value("")


def test_home_and_end_stay_in_the_text(box):
    suggested(box)
    box.keyboard.press("ArrowDown")
    box.keyboard.press("Home")

    assert box.get_by_role("combobox").evaluate("input => input.selectionStart") == 0


def test_a_click_searches_and_the_list_closes_where_the_reader_goes_elsewhere(box):
    suggested(box)
    box.keyboard.press("Tab")
    expect(box.get_by_role("listbox")).to_be_hidden()
    box.get_by_role("combobox").press("ArrowDown")
    box.get_by_role("option").first.click()

    box.wait_for_url("**/cari?q=*")


def test_a_finger_can_choose_as_well(opened, service):
    page = opened(service, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    options = suggested(page)
    assert options.first.bounding_box()["height"] >= 44
    options.first.tap()

    page.wait_for_url("**/cari?q=*")


def test_a_slash_puts_the_cursor_into_the_box_but_not_out_of_another_field(opened, service):
    page = opened(f"{service}/cari?q=harga")
    expect(page.get_by_role("combobox")).not_to_be_focused()
    page.locator("input[type=date]").first.focus()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).not_to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("/")

    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.get_by_role("combobox")).to_have_value("harga")


def test_the_slash_can_be_left_to_the_page(embedded):
    page = embedded(BOX.replace("<telusur-search", '<telusur-search shortcut="off"'))
    expect(page.get_by_role("combobox")).to_be_visible()
    page.keyboard.press("/")

    expect(page.get_by_role("combobox")).not_to_be_focused()


def test_the_last_five_searches_are_offered_in_an_empty_box(opened, service):
    page = opened(service)
    for query in ("satu", "dua", "tiga", "DUA", "empat", "lima", "enam"):
        page.get_by_role("combobox").fill(query)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**q={query}")
    assert remembered(page) == ["enam", "lima", "empat", "DUA", "tiga"]
    page.goto(service)
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox", name="Pencarian terakhir")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**q=enam")


def test_the_last_searches_can_be_cleared(box):
    box.evaluate("localStorage.setItem('telusur:recent', '[\"padi\"]')")
    box.get_by_role("combobox").click()
    box.get_by_role("option", name="Hapus pencarian terakhir").click()

    expect(box.get_by_role("listbox")).to_be_hidden()
    assert remembered(box) is None


def test_a_portal_can_keep_no_searches(embedded):
    page = embedded(BOX.replace("<telusur-search", '<telusur-search recent="off"'))
    page.evaluate("document.addEventListener('telusur:search', (event) => event.preventDefault())")
    page.get_by_role("combobox").fill("rahasia")
    page.keyboard.press("Enter")
    page.get_by_role("combobox").fill("")
    page.keyboard.press("ArrowDown")

    assert remembered(page) is None
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("kept", ["no json", "{}", "[1, null]", '["\\ud800"]'])
def test_what_others_wrote_into_the_storage_does_no_harm(box, kept):
    box.evaluate("kept => localStorage.setItem('telusur:recent', kept)", kept)
    box.get_by_role("combobox").click()

    suggested(box)


def test_where_storage_is_forbidden_the_search_goes_on(opened, service):
    page = opened("about:blank")
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden'); }})")
    page.goto(service)
    suggested(page)
    page.keyboard.press("Enter")

    page.wait_for_url(f"**q={TYPED}")


def test_a_misspelt_query_without_suggestions_is_corrected(box):
    box.get_by_role("combobox").fill("hrga cbai")

    expect(box.get_by_role("option")).to_have_text(re.compile("Mungkin maksud Anda: harga cabai"))


def test_where_there_is_no_suggestion_that_is_said(box):
    box.get_by_role("combobox").fill("zzzxqw")

    expect(box.get_by_text("Tidak ada saran.").first).to_be_visible()
    expect(box.get_by_role("combobox", expanded=False)).to_be_visible()


def test_what_is_composed_is_not_asked_for_before_it_is_done(box):
    asked = []
    box.on("request", lambda request: asked.append(request.url))
    session = box.context.new_cdp_session(box)
    session.send("Input.imeSetComposition", {"text": "har", "selectionStart": 3, "selectionEnd": 3})
    box.wait_for_timeout(400)
    assert asked == []
    session.send("Input.insertText", {"text": TYPED})

    expect(box.get_by_role("option")).not_to_have_count(0)
    assert asked and all(f"q={TYPED}" in url for url in asked)


def test_ten_thousand_characters_that_are_pasted_are_cut_and_not_asked_about(box):
    asked = []
    box.on("request", lambda request: asked.append(request.url))
    box.evaluate(
        """() => {
            const clipboard = new DataTransfer();
            clipboard.setData("text", "padi ".repeat(2000));
            document.execCommand("insertText", false, "padi ".repeat(2000));
        }"""
    )
    expect(box.get_by_role("combobox")).to_have_value("padi " * 200)
    box.wait_for_timeout(400)
    assert asked == []
    box.keyboard.press("Enter")

    box.wait_for_url("**/cari?q=*")
    expect(box.locator("h1")).to_contain_text("padi")


def test_one_question_is_asked_for_letters_that_follow_each_other_quickly(box):
    asked = []
    box.on("request", lambda request: asked.append(request.url))
    suggested(box, "harga cabai")

    assert len([url for url in asked if "suggest" in url]) <= 2


def test_a_title_of_five_hundred_letters_without_a_blank_stays_in_the_list(box):
    option = suggested(box, "jambu").filter(has_text="x" * 500)
    list_width = box.get_by_role("listbox").bounding_box()["width"]

    assert option.bounding_box()["width"] <= list_width
    assert option.bounding_box()["height"] < 100


def test_a_portal_hears_of_what_readers_do(embedded):
    page = embedded(BOX)
    page.evaluate(
        """() => {
            window.heard = [];
            for (const name of ["suggest", "select", "search"])
                document.addEventListener(`telusur:${name}`, (event) => heard.push([name, event.detail]));
            document.addEventListener("telusur:search", (event) => event.preventDefault());
        }"""
    )
    suggested(page).first.click()
    (_, told), (_, selected), (_, searched) = page.evaluate("heard")

    assert told == {"q": TYPED, "count": told["count"]} and told["count"] > 0
    assert selected["position"] == 1 and selected["kind"] == "term" and searched == {"q": selected["text"]}


def test_a_portal_can_do_something_else_with_a_suggestion(embedded):
    page = embedded(BOX)
    page.evaluate("document.addEventListener('telusur:select', (event) => event.preventDefault())")
    suggested(page).first.click()

    expect(page.get_by_role("combobox")).to_have_value(TYPED)
    assert page.url.endswith("/portal")


def test_it_speaks_english_where_the_page_does(opened, service):
    page = opened(service, locale="en-GB")
    options = suggested(page)

    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text(f"{options.count()} suggestions. Choose with the arrow keys.")


def test_which_results_are_opened_is_told_only_where_that_is_allowed(embedded):
    results = (
        '<ol data-telusur-query="padi"><li><a href="#x" data-telusur-id="a/b" data-telusur-position="3">x</a></ol>'
    )
    for allowed, expected in ((" clicks", [{"q": "padi", "id": "a/b", "position": 3}]), ("", [])):
        page, told = embedded(BOX.replace("<telusur-search", f"<telusur-search{allowed}") + results), []
        page.on("request", lambda request, told=told: told.append(request) if "v1/click" in request.url else None)
        expect(page.get_by_role("combobox")).to_be_visible()
        page.get_by_role("link", name="x").click()
        page.wait_for_timeout(300)

        assert [request.post_data_json for request in told if request.method == "POST"] == expected
