"""A generation is warmed before it answers, so that its first reader waits no longer than the second."""

from contextlib import suppress

from search.answers import Answers
from search.deadline import deadline
from search.errors import SearchError
from search.live import FixedIndex
from search.query import Sort
from search.questions import FACETS, Mode, Question
from search.tuning import Highlighting

_LONGEST = 3.0  # seconds
_TITLES = 20
_HEAVIEST = "yang di dan dari untuk dengan pada ini itu dalam"
"""Words that most articles hold: their postings are the largest part of the index."""

_TYPED = ("pem", "pemerintah ind", "pemrintah", "kabupten ta")
_SUGGESTED = 8


def warm(index: FixedIndex, highlighting: Highlighting) -> None:
    """
    Ask *index* what readers may ask: the heaviest words, and the titles of the newest articles.

    Reads the columns by which hits are sorted, filtered and counted, the norms and postings of common words, and what
    is offered to who types; lets the analyzer meet common words. Ends after three seconds, however large the index is,
    and where something is wrong, which whoever asks next will hear.
    """
    answers = Answers(index, highlighting)
    with deadline(_LONGEST), suppress(SearchError):
        for sort in Sort:
            answers.search(Question(text=_HEAVIEST, page=1, per_page=1, sort=sort, facets=tuple(FACETS)))
        for text in _TYPED:
            answers.suggest(text, _SUGGESTED)
        newest = answers.search(Question(text="", page=1, per_page=_TITLES, highlight=False))
        for shown in newest.hits:
            answers.search(Question(text=shown.hit.article.title, page=1, per_page=10, mode=Mode.ANY))
