"""Whatever the colour of a portal is, links and buttons of it can be read."""

import re

from hypothesis import given
from hypothesis import strategies as st

from search.web.colours import GROUNDS, MARKS, READABLE, contrast, theme

COLOURS = st.from_regex("#[0-9a-f]{6}", fullmatch=True)


@given(COLOURS)
def test_every_colour_can_be_read_on_ground_and_marks_of_both_schemes(colour):
    light, dark, button = re.findall("#[0-9a-f]{6}", theme(colour))

    for text, scheme in ((light, "light"), (dark, "dark")):
        assert contrast(text, GROUNDS[scheme]) >= READABLE
        assert contrast(text, MARKS[scheme]) >= READABLE
    assert contrast(button, "#ffffff") >= READABLE


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert theme("#0b5394").count("#0b5394") == 2


def test_grounds_and_marks_are_those_of_the_styles(request):
    folder = request.config.rootpath / "search" / "web"
    for name in ("page.css", "telusur.css"):
        style = (folder / name).read_text(encoding="utf-8")
        assert f"light-dark({MARKS['light']}, {MARKS['dark']})" in style
    assert f"light-dark({GROUNDS['light']}, {GROUNDS['dark']})" in (folder / "page.css").read_text(encoding="utf-8")
