"""The occurrences of a run, field by field, as the segment's builder asks for them."""

from collections.abc import Iterator, Sequence

import numpy as np

from indexer import schema
from indexer.engines.whoosh.codec.building import KINDS
from indexer.engines.whoosh.codec.columns import Columns
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.occurrences import Occurrences
from indexer.engines.whoosh.codec.sorting import ordered, ordered_forms
from indexer.engines.whoosh.schema import moment_term
from indexer.engines.whoosh.vocabulary import Form, TextStream, Words


class RunFields:
    """Sorts what a run has gathered."""

    def __init__(self, texts: TextStream, forms: Sequence[Form], columns: Columns) -> None:
        """Read the words of *texts*, whose forms are numbered as in *forms*, and the whole values of *columns*."""
        self._texts, self._forms, self._columns = texts, forms, columns
        self._title, self._body = texts.words("title"), texts.words("body")

    @property
    def last_position(self) -> int:
        """The highest position of a word."""
        return max(int(words.position.max(initial=0)) for words in (self._title, self._body))

    def batches(self, field: str) -> Iterator[Occurrences]:
        """Yield the occurrences of *field*."""
        if field == schema.STEM:
            return self._stems()
        if field == schema.TITLE:
            return self._words(self._title, [stem.encode() for stem, _ in self._forms])
        if KINDS[field].words:
            return self._words(self._texts.words(field), [exact.encode() for _, exact in self._forms])
        return values(field, self._columns)

    def _stems(self) -> Iterator[Occurrences]:
        words = _interleaved(self._title, self._body)
        used, rank = _renumbered(words.form, len(self._forms))
        pairs = [(stem.encode(), exact.encode()) for stem, exact in (self._forms[number] for number in used)]
        places = sorted(range(len(pairs)), key=pairs.__getitem__)
        rank[used[places]] = np.arange(len(places))
        return ordered_forms([pairs[place] for place in places], rank[words.form], words.document, words.position)

    def _words(self, words: Words, texts: Sequence[bytes]) -> Iterator[Occurrences]:
        """Yield *words* by the *texts* of their forms; those whose text is empty are further stems, and passed over."""
        used, rank = _renumbered(words.form, len(texts))
        own = [texts[number] for number in used]
        terms = sorted({text for text in own if text})
        number = {text: place for place, text in enumerate(terms)}
        rank[used] = [number.get(text, -1) for text in own]
        term = rank[words.form]
        kept = term >= 0
        return ordered(terms, term[kept], words.document[kept], words.position[kept])


def _renumbered(form: Array, forms: int) -> tuple[Array, Array]:
    """Return which numbers *form* has, and an array that is to hold a new one for each of all *forms*."""
    return np.flatnonzero(np.bincount(form, minlength=forms)), np.zeros(forms, np.int64)


def _interleaved(title: Words, body: Words) -> Words:
    """Return the words of both texts, article by article, the title's first."""
    articles = int(body.document.max(initial=-1)) + 1
    titles, bodies = (np.bincount(words.document, minlength=articles) for words in (title, body))
    after_bodies = np.cumsum(bodies) - bodies
    after_titles = np.cumsum(titles)
    places = (
        np.arange(len(title.document)) + np.repeat(after_bodies, titles),
        np.arange(len(body.document)) + np.repeat(after_titles, bodies),
    )
    return Words(*(_placed(places, pair) for pair in zip(title.columns(), body.columns(), strict=True)))


def _placed(places: tuple[Array, Array], values: tuple[Array, Array]) -> Array:
    placed = np.empty(sum(map(len, values)), values[0].dtype)
    for place, value in zip(places, values, strict=True):
        placed[place] = value
    return placed


def values(field: str, columns: Columns) -> Iterator[Occurrences]:
    """Yield the whole values of *field* in *columns* as terms; an article that has none is in none."""
    if field == schema.PUBLISHED:
        return _indexed([moment_term(value) for value in columns.published.tolist()])
    texts = columns.ids if field == schema.ID else columns.keys[field]
    return _indexed([text.encode() for text in texts])


def _indexed(texts: Sequence[bytes]) -> Iterator[Occurrences]:
    terms = sorted({text for text in texts if text})
    number = {text: place for place, text in enumerate(terms)}
    term = np.fromiter((number.get(text, -1) for text in texts), np.int64, len(texts))
    document: Array = np.flatnonzero(term >= 0)
    return ordered(terms, term[document], document, np.zeros(len(document), np.int64))
