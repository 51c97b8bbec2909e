"""The headline of a page's article: its title without the name of the portal."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from indexer.sources import links
from indexer.sources.pages.statements import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARTED = r"\s*[-|–—:·•»]\s*"
_PARTS = re.compile(r"\s+[-|–—:·•»]\s+|\s*[|»]\s*")
_SHORTEST = 10  # letters of a heading that could be a headline; "Berita" and "Terkini" are none
_LEVELS = ("h1", "h2", "h3")


def headings(tree: "HtmlElement") -> tuple[list["HtmlElement"], list[str]]:
    """
    Return the headings of the page *tree* that could be the article's, the higher ones first, and what others say.

    Those that lead to the beginning of the site are its name.
    """
    found = [heading for level in _LEVELS for heading in tree.iter(level) if text_of(heading)]
    of_site = [heading for heading in found if _leads_home(heading)]
    return [heading for heading in found if heading not in of_site], [text_of(heading) for heading in of_site]


def text_of(element: "HtmlElement") -> str:
    """Return the text of *element* in one line."""
    return " ".join(str(element.text_content()).split())


def headline(titles: Sequence[str], shown: Iterable[str], portal: Iterable[str]) -> str:
    """
    Return the headline of which the *titles* of a page are made, the best title first.

    Where a title begins or ends with a heading that is *shown*, that is it. Else the names of the *portal* are taken
    off.

    >>> headline(["Panen raya dimulai - Kabar Harian"], ["Kabar Harian", "Panen raya dimulai"], [])
    'Panen raya dimulai'
    >>> headline(["Kabar Harian | Panen raya"], [], ["kabarharian"])
    'Panen raya'
    """
    known = {plain(name) for name in portal if name}
    candidates = [text for text in dict.fromkeys(shown) if plain(text) not in known]
    titles = [title for title in titles if plain(title) not in known] or titles
    for title in titles:
        matching = [text for text in candidates if _is_part(text, title)]
        if matching:
            return max(matching, key=len)
    return next(filter(None, (_without(title, known) for title in titles)), "")


def _leads_home(heading: "HtmlElement") -> bool:
    leading = [*heading.iter("a"), *heading.iterancestors("a")]
    targets = [links.split(link.get("href", "#")) for link in leading if link.get("href")]
    return any(not target.path.strip("/") and not target.query and not target.fragment for target in targets)


def _is_part(heading: str, title: str) -> bool:
    """Return whether *title* is *heading*, or begins or ends with it and something else, parted by a sign."""
    if _folded(heading) == _folded(title):
        return True
    if len(plain(heading)) < _SHORTEST:
        return False
    text = re.escape(_folded(heading))
    return re.fullmatch(rf"{text}{_PARTED}.+|.+{_PARTED}{text}", _folded(title)) is not None


def _folded(text: str) -> str:
    """Return *text* as it is compared: the quotes and blanks of a title and its heading may differ."""
    return " ".join(text.translate(_QUOTES).split()).casefold()


_QUOTES = str.maketrans("“”„‘’`´", "\"\"\"''''")


def _without(title: str, portal: set[str]) -> str:
    """Return *title* without a first or last part that is a name of the *portal*."""
    begin, end = 0, len(title)
    for place in _places(title):
        if plain(title[place[1] : end]) in portal:
            end = place[0]
    for place in reversed(list(_places(title))):
        if plain(title[begin : place[0]]) in portal and place[1] < end:
            begin = place[1]
    return title[begin:end].strip()


def _places(title: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _PARTS.finditer(title))
