"""The list of hidden articles: an id on each line. No search, count or suggestion shows them."""

from indexer.article import LONGEST
from search.curating.lists import Draft

MOST_HIDDEN = 10_000
"""Ids that are hidden; each is looked up when the index changes, which takes 10 µs. More are better deleted."""


def read_hidden(draft: Draft) -> frozenset[str]:
    """Return the ids of *draft*."""
    found: set[str] = set()
    for line in draft.lines():
        if len(line.text) > LONGEST["id"]:
            remedy = "give an id as answers have it, one on a line"
            draft.refuse(line.number, line.text, f"is longer than the {LONGEST['id']} characters of an id", remedy)
        elif len(found) == MOST_HIDDEN:
            draft.refuse(
                line.number, line.text, f"is one of more than {MOST_HIDDEN:,} ids", "delete the articles instead"
            )
            break
        else:
            found.add(line.text)
    draft.entries = len(found)
    return frozenset(found)
