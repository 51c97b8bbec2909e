"""
Suggestions for who types: words and titles of the index, and queries of others, that go on as the text begins.

Each kind of suggestion is one function from what is typed to what may be offered of it. What few are offered for is
asked for once more with its wrong letters mended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from indexer.analysis import Span, folded_words, function_words, parts
from search.engines import Offering
from search.passages.highlight import Passage
from search.results import Known
from search.suggesting.mistakes import cost
from search.suggesting.past_queries import NO_PAST_QUERIES, PastQueries

_MOST_WORDS = 16
"""Words of what is typed that are looked at: titles have ten."""

_TERMS_OF_ONE, _TERMS_OF_SEVERAL = 3, 2
"""Words that are offered beside titles: for the beginning of a word, and for several words."""

_QUERIES = 2
"""Queries of others that are offered; what words are offered beside them stands back for them, but for one."""

_TITLES_FROM = 3
"""Letters from which titles are offered: with fewer any would do."""

_TOLERANT_FROM = 5  # letters: one wrong letter is allowed for after four
_SPARE = 8  # words more than are offered, as function words among them are not


class Kind(StrEnum):
    """What a suggestion is: the title of an article, words of the index, or a query that others have asked."""

    TITLE = "title"
    TERM = "term"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to look for, with the typed words marked; *count* articles have it (of several words: their titles)."""

    kind: Kind
    marked: Passage
    count: int


@dataclass(frozen=True, slots=True)
class Typed:
    """The folded *words* that were typed, the last of which is only begun; it is empty after a blank."""

    words: tuple[str, ...]
    is_hyphenated: bool

    @classmethod
    def of(cls, text: str) -> "Typed | None":
        """Return what *text* has of words; None if there are none."""
        words = folded_words(text)[:_MOST_WORDS]
        if not words:
            return None
        begun = () if text[-1].isalnum() else ("",)
        return cls((*words, *begun), "-" in text and len(text.split()) == 1)

    @property
    def whole(self) -> tuple[str, ...]:
        """The words, without one of which nothing is typed yet."""
        return self.words if self.begun else self.words[:-1]

    @property
    def begun(self) -> str:
        """The word that is only begun."""
        return self.words[-1]


def suggestions(text: str, offering: Offering, limit: int, past: PastQueries = NO_PAST_QUERIES) -> list[Suggestion]:
    """Return *limit* suggestions at most for who has typed *text*, the best first; *past* has what others asked."""
    typed = Typed.of(text)
    if typed is None:
        return []
    offered = _Offered(offering, past, limit)
    found: dict[tuple[str, ...], Suggestion] = {}
    for suggestion in chain(offered.of(typed, typed), offered.mended(typed)):
        found.setdefault(tuple(folded_words(suggestion.marked.text)), suggestion)
        if len(found) == limit:
            break
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Offered:
    """What *offering* and the *past* have for who types, each kind up to some of the *limit* places."""

    offering: Offering
    past: PastQueries
    limit: int

    def of(self, typed: Typed, written: Typed) -> Iterator[Suggestion]:
        """Yield queries, some words, not those *written*, then titles, and where these are missing more words."""
        asked = _without(written, self.past.typed(typed.words, most=_QUERIES + 1))[:_QUERIES]
        terms = _without(written, _terms(typed, self.offering, self.limit))
        beside = max(1, (_TERMS_OF_ONE if len(typed.words) == 1 else _TERMS_OF_SEVERAL) - len(asked))
        room = self.limit - len(asked) - len(terms[:beside])
        has_titles = room > 0 and len("".join(typed.words)) >= _TITLES_FROM
        titles = self.offering.titles(typed.words, most=room) if has_titles else []
        for kind, known in chain(
            ((Kind.QUERY, query) for query in asked),
            ((Kind.TERM, term) for term in terms[:beside]),
            ((Kind.TITLE, title) for title in titles),
            ((Kind.TERM, term) for term in terms[beside:]),
        ):
            yield Suggestion(kind, Passage(known.text, _marks(known.text, typed)), known.articles)

    def mended(self, typed: Typed) -> Iterator[Suggestion]:
        """Yield what is offered for *typed* without its wrong letters, if it has some."""
        if mended := _mended(typed, self.offering):
            yield from self.of(mended, typed)


def _without(written: Typed, found: list[Known]) -> list[Known]:
    """Return *found* without what is *written* already."""
    return [known for known in found if tuple(folded_words(known.text)) != written.whole]


def _terms(typed: Typed, offering: Offering, limit: int) -> list[Known]:
    """Return words that begin as *typed* does, and what titles go on with after several."""
    if typed.is_hyphenated or len(typed.words) == 1:
        found = offering.completed("-".join(typed.words), changes=0, most=limit + _SPARE)
    else:
        found = offering.continued(typed.words, most=limit + _SPARE)
    return [known for known in found if _last(known.text) not in function_words()][:limit]


def _last(text: str) -> str:
    return text.rpartition(" ")[2]


def _mended(typed: Typed, offering: Offering) -> Typed | None:
    """Return *typed* with the words that are unlike those of the index by one letter as the index has them, or None."""
    *whole, begun = typed.words
    words = [_mended_word(word, offering) for word in whole]
    if len(begun) >= _TOLERANT_FROM and not offering.completed(begun, changes=0, most=1):
        words += [known.text for known in offering.completed(begun, changes=1, most=1)] or [begun]
    else:
        words.append(begun)
    return Typed(tuple(words), typed.is_hyphenated) if tuple(words) != typed.words else None


def _mended_word(word: str, offering: Offering) -> str:
    if len(word) < _TOLERANT_FROM or not word.isalpha():
        return word
    similar = offering.similar(word, changes=1, least=1)
    if any(known.text == word for known in similar):
        return word
    return min(similar, key=lambda known: (cost(word, known.text), -known.articles), default=Known(word, 0)).text


def _marks(text: str, typed: Typed) -> tuple[Span, ...]:
    """Return the spans of *text* that were typed: words, and the beginnings of words like the last one."""
    whole = frozenset(typed.words[:-1])
    spans = []
    for start, end in parts(text):
        folded = "".join(folded_words(text[start:end]))
        if folded in whole:
            spans.append(Span(start, end))
        elif typed.begun and folded.startswith(typed.begun):
            spans.append(Span(start, start + len(typed.begun) if len(folded) == end - start else end))
    return tuple(spans)
