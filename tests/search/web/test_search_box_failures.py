"""The search box where something is wrong: the service, the network, the page around it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import overflow
from tests.search.web.test_search_box import BOX, TYPED, suggested
from tests.serving import Reply, hangs

pytestmark = pytest.mark.long

FAILED = "Saran tidak dapat dimuat. Tekan Enter untuk mencari."
STRICT = (
    "default-src 'none'; script-src SERVICE; style-src SERVICE; connect-src SERVICE; form-action SERVICE; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HOSTILE = """
* { all: unset !important; float: left; position: static !important; font-size: 40px !important; }
ul, li, p, div { display: inline !important; list-style: square !important; }
input, button { width: 1px !important; color: transparent !important; }
mark { background: red !important; }
telusur-search { display: block !important; }
"""


def typed(page, text=TYPED):
    expect(page.get_by_role("combobox")).to_be_visible()
    page.get_by_role("combobox").press_sequentially(text)


def hold(page, pattern, late):
    """Keep what is asked for by *pattern* waiting, in the list *late*."""
    page.route(pattern, lambda route: late.append(route))  # noqa: PLW0108 - Playwright wants to write upon its handler


def told(page):
    """Say whether the failure is told, to eyes and to screen readers."""
    expect(page.get_by_text(FAILED)).to_have_count(2)
    expect(page.get_by_text(FAILED).first).to_be_visible()


@pytest.mark.parametrize(
    "reply",
    [
        Reply("<!doctype html><p>Login</p>", headers={"Content-Type": "text/html"}),
        Reply("{}", headers={"Content-Type": "application/json"}),
        Reply('{"suggestions": 7}', headers={"Content-Type": "application/json"}),
        Reply("null", status=200),
        Reply("", status=500),
        Reply("", status=429),
    ],
    ids=["html", "other", "wrong", "null", "broken", "busy"],
)
def test_an_answer_that_is_none_is_told_kindly_and_the_form_still_works(box, reply):
    box.route(
        "**/v1/suggest?*", lambda route: route.fulfill(status=reply.status, body=reply.content, headers=reply.headers)
    )
    typed(box)
    told(box)
    box.keyboard.press("Enter")

    box.wait_for_url(f"**/cari?q={TYPED}")


def test_a_network_that_comes_back_is_asked_once_more(box):
    box.context.set_offline(True)
    typed(box)
    told(box)
    box.context.set_offline(False)

    expect(box.get_by_role("option")).not_to_have_count(0)
    expect(box.get_by_text(FAILED)).to_have_count(0)


def test_nobody_waits_longer_than_some_seconds(embedded, portal):
    portal.says("/v1/suggest?q=harga&limit=8", hangs(portal))
    page = embedded(BOX.replace('endpoint="SERVICE"', f'endpoint="{portal.address}"'))
    typed(page)

    told(page)


def test_another_origin_that_lets_nobody_ask_is_told_kindly(opened, embedded):
    page = opened(embedded(BOX).url.replace("127.0.0.1", "localhost"))
    typed(page)

    told(page)


def test_another_origin_that_lets_the_portal_ask_suggests(embedded):
    suggested(embedded(BOX)).first.click()


def test_an_answer_that_another_question_has_overtaken_is_dropped(box):
    late = []
    hold(box, "**/v1/suggest?q=harga&*", late)
    typed(box)
    box.wait_for_timeout(400)
    box.get_by_role("combobox").fill("panen")
    expect(box.get_by_role("option").first.locator("mark")).to_have_text("panen")
    shown = box.get_by_role("option").all_inner_texts()
    for route in late:
        route.continue_()
    box.wait_for_timeout(400)

    assert late
    assert box.get_by_role("option").all_inner_texts() == shown


def test_a_slow_answer_does_not_open_a_list_where_nobody_is_any_more(box):
    late = []
    hold(box, "**/v1/suggest?*", late)
    typed(box)
    box.wait_for_timeout(400)
    box.keyboard.press("Tab")
    for route in late:
        route.continue_()
    box.wait_for_timeout(400)

    expect(box.get_by_role("listbox")).to_be_hidden()


def test_an_element_that_is_removed_while_it_waits_says_nothing_more(box):
    late = []
    hold(box, "**/v1/suggest?*", late)
    box.evaluate("document.addEventListener('telusur:error', () => { window.failed = true; })")
    typed(box)
    box.wait_for_timeout(400)
    box.evaluate("window.kept = document.querySelector('telusur-search'); kept.remove()")
    box.wait_for_timeout(400)
    assert late and box.evaluate("window.failed") is None
    box.unroute("**/v1/suggest?*")
    box.evaluate("document.querySelector('header').append(kept)")
    box.get_by_role("combobox").fill("")

    suggested(box)


def test_two_boxes_on_one_page_do_not_mind_each_other(embedded):
    page = embedded(BOX + BOX)
    first, second = page.get_by_role("combobox").all()
    first.press_sequentially(TYPED)
    expect(page.get_by_role("option")).not_to_have_count(0)
    second.press_sequentially("panen")
    expect(page.get_by_role("listbox")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)

    expect(chosen).to_contain_text(re.compile("panen", re.IGNORECASE))
    expect(first).to_have_value(TYPED)


def test_a_style_of_the_portal_that_resets_everything_does_not_reach_it(embedded):
    page = embedded(BOX, HOSTILE)
    option = suggested(page).first
    box = page.get_by_role("combobox").bounding_box()

    assert box["width"] > 200 and box["height"] >= 40
    assert option.bounding_box()["width"] > 200
    assert (
        option.locator("mark").first.evaluate("mark => getComputedStyle(mark).backgroundColor") == "rgb(255, 240, 184)"
    )
    assert option.evaluate("option => getComputedStyle(option).fontSize") == "16px"
    assert overflow(page) <= 0


def test_the_strictest_policy_of_a_portal_is_enough_for_it(embedded):
    page = embedded(BOX, policy=STRICT)
    suggested(page)
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/cari?q={TYPED}")


def test_a_portal_sets_its_own_colours(embedded):
    page = embedded(BOX, "telusur-search { --telusur-button: #990000; --telusur-radius: 0; --telusur-mark: #00ff00; }")
    mark = suggested(page).first.locator("mark").first
    button = page.get_by_role("button", name="Cari")

    assert button.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(153, 0, 0)"
    assert button.evaluate("one => getComputedStyle(one).borderRadius") == "0px"
    assert mark.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(0, 255, 0)"


def test_without_a_style_the_form_stays_as_it_is_and_works(opened, service):
    page = opened("about:blank")
    page.route("**/telusur.css*", lambda route: route.abort())
    page.goto(service)
    page.get_by_role("searchbox").fill(TYPED)
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/cari?q={TYPED}")


def test_an_element_without_a_form_gets_one(embedded):
    page = embedded('<telusur-search endpoint="SERVICE"></telusur-search>')
    suggested(page)
    expect(page.get_by_role("combobox", name="Kata yang dicari")).to_be_visible()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/cari?q={TYPED}")


def test_what_was_typed_before_the_script_came_is_kept(opened, service):
    page, late = opened("about:blank"), []
    hold(page, "**/telusur.js*", late)
    page.goto(service, wait_until="commit")
    page.get_by_role("searchbox").press_sequentially("harga cab")
    page.keyboard.press("ArrowLeft")
    late[0].continue_()
    box = page.get_by_role("combobox")

    expect(box).to_be_focused()
    expect(box).to_have_value("harga cab")
    assert box.evaluate("input => input.selectionStart") == 8


def test_who_wants_no_motion_has_none(box):
    moves = "one => getComputedStyle(one).transitionDuration"

    assert box.get_by_role("button").evaluate(moves) != "0s"
    box.emulate_media(reduced_motion="reduce")
    assert box.get_by_role("button").evaluate(moves) == "0s"


def test_the_choice_is_seen_where_colours_are_forced(box):
    box.emulate_media(forced_colors="active")
    suggested(box)
    box.keyboard.press("ArrowDown")
    chosen, other = box.get_by_role("option").nth(0), box.get_by_role("option").nth(1)
    ground = "one => getComputedStyle(one).backgroundColor"

    assert chosen.evaluate(ground) != other.evaluate(ground)
