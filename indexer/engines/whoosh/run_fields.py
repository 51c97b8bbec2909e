"""The occurrences of all runs together, field by field, as the segment's builder asks for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.columns import Columns
from indexer.engines.whoosh.codec.decoding import GONE
from indexer.engines.whoosh.codec.occurrences import NO_FORM, Forms, Occurrences
from indexer.engines.whoosh.codec.sorting import ordered
from indexer.engines.whoosh.moments import moment_term
from indexer.engines.whoosh.spill import DOCUMENT_BITS, POSITION_BITS, Run
from indexer.engines.whoosh.vocabulary import FORM_SIGN

BATCH = 1_000_000
"""Occurrences that are sorted and encoded at a time."""

SPAN = 2_000_000
"""Occurrences whose terms are in memory at a time, and that a process is given at a time."""

_BELOW_TERM = DOCUMENT_BITS + POSITION_BITS
_BITS = 63
_FORM_SIGN = FORM_SIGN.encode()


@dataclass(frozen=True, slots=True)
class NumberedRun:
    """A run, and the number in the index of each of its articles, `GONE` for one that another takes the place of."""

    run: Run
    number: Array

    @property
    def stays(self) -> Array:
        """Which articles stay."""
        stays: Array = self.number != GONE
        return stays


@dataclass(frozen=True, slots=True)
class Span:
    """The terms of a field of words whose stems are from *low* on and below *high*; None is the end."""

    field: str
    low: bytes = b""
    high: bytes | None = None


class RunFields:
    """Puts the occurrences of all runs in the order of their terms."""

    def __init__(self, runs: Sequence[NumberedRun], articles: int) -> None:
        """Read the *runs*, in the order of their articles, of which *articles* stay."""
        self._runs, self._articles = runs, articles

    @property
    def size(self) -> int:
        """All occurrences in fields of words."""
        return sum(field.occurrences.count for source in self._runs for field in source.run.fields.values())

    def spans(self, field: str) -> list[Span]:
        """Return the parts in which *field* is put in order; each is in memory with all of its terms."""
        occurrences = [source.run.fields[field].occurrences.count for source in self._runs]
        largest = self._runs[int(np.argmax(occurrences))].run
        _, terms = largest.terms_of(field)
        ends = np.cumsum(largest.sizes_of(field))
        parts = sum(occurrences) // SPAN + 1
        places = np.searchsorted(ends, [ends[-1] * part // parts for part in range(1, parts)]) if terms else ()
        borders = sorted({_stem(terms[place]) for place in places})
        return [Span(field, low, high) for low, high in zip([b"", *borders], [*borders, None], strict=True)]

    def batches(self, span: Span) -> Iterator[Occurrences]:
        """Yield the occurrences of the terms of *span*."""
        return _MergedSpan(span, self._runs, self._articles).batches()


class _Source:
    """The terms of *span* in one run; *place* says where they stand among all."""

    def __init__(self, source: NumberedRun, span: Span) -> None:
        self._run, self._number, self._field = source.run, source.number, span.field
        self._is_whole = bool(source.stays.all())
        self._first, texts = self._run.terms_of(span.field, span.low, span.high)
        own = slice(self._first, self._first + len(texts) + 1)
        self._start = np.append(0, np.cumsum(self._run.sizes_of(span.field)))[own]
        self.sizes: Array = np.diff(self._start)
        self.texts = texts
        """The terms that stay."""
        if not self._is_whole:
            self.sizes = self._sizes_that_stay()
            self.texts = list(compress(texts, self.sizes.tolist()))
        self.place: Array = np.zeros(0, np.int32)

    def find_places(self, number: dict[bytes, int]) -> None:
        """Learn *place* from the *number* of each term that stays; one that does not gets that of one before it."""
        self.place = np.zeros(len(self.sizes), np.int32)
        self.place[self.sizes > 0] = np.fromiter(map(number.__getitem__, self.texts), np.int32, len(self.texts))
        np.maximum.accumulate(self.place, out=self.place)
        self.texts = []

    def read(self, first: int, last: int) -> tuple[Array, Array]:
        """Return the place and the document and position of each occurrence of the terms *first* to before *last*."""
        low, high = np.searchsorted(self.place, [first, last])
        packed = self._run.occurrences_of(self._field, int(self._start[low]), int(self._start[high]))
        place = self.place[low:high][(packed >> _BELOW_TERM) - (low + self._first)]
        packed &= (1 << _BELOW_TERM) - 1
        if self._is_whole:
            packed += int(self._number[0]) << POSITION_BITS
            return place, packed
        document = self._number[packed >> POSITION_BITS]
        stays = document != GONE
        packed &= (1 << POSITION_BITS) - 1
        packed |= document << POSITION_BITS
        return place[stays], packed[stays]

    def _sizes_that_stay(self) -> Array:
        packed = self._run.occurrences_of(self._field, int(self._start[0]), int(self._start[-1]))
        stays = self._number[(packed >> POSITION_BITS) & ((1 << DOCUMENT_BITS) - 1)] != GONE
        return np.bincount((packed[stays] >> _BELOW_TERM) - self._first, minlength=len(self._start) - 1)


class _MergedSpan:
    """A span in all runs; a term is a text, or in the field of stems a pair of a stem and a form."""

    def __init__(self, span: Span, runs: Sequence[NumberedRun], articles: int) -> None:
        self._sources = [_Source(run, span) for run in runs]
        self._document_bits = articles.bit_length()
        self._terms = sorted(set[bytes]().union(*(source.texts for source in self._sources)))
        number = {text: place for place, text in enumerate(self._terms)}
        sizes = np.zeros(len(number), np.int64)
        for source in self._sources:
            source.find_places(number)
            stays = source.sizes > 0
            np.add.at(sizes, source.place[stays], source.sizes[stays])
        self._ends = np.cumsum(sizes)

    def batches(self) -> Iterator[Occurrences]:
        """Yield all occurrences."""
        first = 0
        while first < len(self._terms):
            before = int(self._ends[first - 1]) if first else 0
            last = self._stem_end(max(first + 1, int(np.searchsorted(self._ends, before + BATCH, "right"))))
            yield from self._batch(first, last)
            first = last

    def _batch(self, first: int, last: int) -> Iterator[Occurrences]:
        """Yield the terms from *first* to before *last*, at once if what they are sorted by fits into 63 bits."""
        pairs = _Pairs.of(self._terms[first:last])
        form_bits = int(pairs.within.max()).bit_length()
        low = self._document_bits + POSITION_BITS + form_bits
        if low + len(pairs.stems).bit_length() > _BITS and len(pairs.stems) > 1:
            middle = self._stem_end((first + last) // 2)
            middle = middle if middle < last else first + int(pairs.first[-1])
            yield from self._batch(first, middle)
            yield from self._batch(middle, last)
            return
        head = pairs.stem << low | pairs.within
        parts = []
        for source in self._sources:
            place, rest = source.read(first, last)
            rest <<= form_bits
            rest |= head[place - first]
            parts.append(rest)
        key = np.concatenate(parts)
        key.sort()
        yield pairs.occurrences(key, form_bits, self._document_bits)

    def _stem_end(self, place: int) -> int:
        """Return the first place from *place* on at which a stem begins."""
        while 0 < place < len(self._terms) and _stem(self._terms[place]) == _stem(self._terms[place - 1]):
            place += 1
        return place


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of stem and form: the *stem* of each by number, and its place *within* those of the stem."""

    texts: list[bytes]
    stems: list[bytes]
    stem: Array
    first: Array
    within: Array

    @classmethod
    def of(cls, texts: list[bytes]) -> "_Pairs":
        stems = [_stem(text) for text in texts]
        new = np.array([place == 0 or stem != stems[place - 1] for place, stem in enumerate(stems)], bool)
        first = np.flatnonzero(new)
        stem = np.cumsum(new) - 1
        return cls(texts, [stems[place] for place in first.tolist()], stem, first, np.arange(len(texts)) - first[stem])

    def occurrences(self, key: Array, form_bits: int, document_bits: int) -> Occurrences:
        """Return the occurrences that *key* is made of: stem, document, position, place within the stem's pairs."""
        within = key & ((1 << form_bits) - 1)
        position = (key >> form_bits) & ((1 << POSITION_BITS) - 1)
        key >>= form_bits + POSITION_BITS
        document = key & ((1 << document_bits) - 1)
        key >>= document_bits
        return Occurrences(self.stems, key, document, position, self._forms(self.first[key] + within))

    def _forms(self, pair: Array) -> Forms | None:
        if _FORM_SIGN not in self.texts[0]:
            return None
        forms = [text.partition(_FORM_SIGN)[2] for text in self.texts]
        has = np.array([bool(form) for form in forms], bool)
        number = np.where(has, np.cumsum(has) - 1, NO_FORM)
        return Forms([form for form in forms if form], self.stem[has], number[pair])


def _stem(text: bytes) -> bytes:
    return text.partition(_FORM_SIGN)[0]


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
