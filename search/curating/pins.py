"""
The list of pinned results: ``query = id, id``. These articles come first where that query is asked.

A query is known by its words: capitals, spaces, signs and affixes do not matter (*kawin anak*, *Perkawinan
anak-anak?*), function words neither, their order does. One that says more than words is another (*"kawin anak"*, *kawin
-anak*).
"""

import csv
from collections.abc import Mapping

from indexer.analysis import Analyzer, function_words
from indexer.article import LONGEST
from search.curating.lists import Draft, Line
from search.query import Stems
from search.query.lexer import Kind, lexemes
from search.query.words import groups

MOST_PINNED = 100
"""Articles that are pinned to one query: as many as a page shows at most."""

_FORM = "write: query = id, id"

Pins = Mapping[Stems, tuple[str, ...]]
"""The ids that are pinned, by the words of a query."""


def key_of(query: str, analyzer: Analyzer) -> Stems:
    """
    Return by what *query* is known; nothing where it is not made of plain words.

    >>> key_of("Perkawinan  anak-anak?", Analyzer()), key_of("kawin -anak", Analyzer())
    (('kawin', 'anak'), ())
    """
    if any(lexeme.kind is not Kind.WORD for lexeme in lexemes(query)):
        return ()
    tokens = [group[0] for group in groups(analyzer.analyze(query))]
    deciding = [token for token in tokens if token.exact not in function_words()]
    return tuple(token.stems[0] for token in deciding or tokens)


def read_pins(draft: Draft, analyzer: Analyzer) -> Pins:
    """Return the pins of *draft*, its queries as *analyzer* reads them."""
    pins: dict[Stems, tuple[str, ...]] = {}
    lines: dict[Stems, int] = {}
    for line in draft.lines():
        query, sign, rest = (part.strip() for part in line.text.partition("="))
        key, ids = key_of(query, analyzer), _ids(line, rest, draft)
        if not sign or not query or not rest:
            draft.refuse(line.number, line.text, "has nothing on one side of =", _FORM)
        elif not key:
            draft.refuse(line.number, query, "is no query of plain words", "leave out quotes, signs and fields")
        elif key in pins:
            draft.refuse(
                line.number, query, f"is the same query as in line {lines[key]}", "write all ids into one line"
            )
        elif ids:
            draft.entries += 1
            pins[key], lines[key] = ids, line.number
    return pins


def _ids(line: Line, written: str, draft: Draft) -> tuple[str, ...]:
    """Return the ids that *written* names, parted by commas, and note what is wrong with some of them."""
    found: dict[str, None] = {}
    for one in (field.strip() for row in csv.reader([written], skipinitialspace=True) for field in row):
        if not one or len(one) > LONGEST["id"]:
            draft.refuse(
                line.number, one, f"is no id of 1 to {LONGEST['id']} characters", "give ids as answers have them"
            )
        elif one in found:
            draft.refuse(line.number, one, "is pinned twice", "name each id once")
        elif len(found) == MOST_PINNED:
            draft.refuse(line.number, one, f"is one of more than {MOST_PINNED} ids", "pin fewer to one query")
            break
        else:
            found[one] = None
    return tuple(found)
