"""
Words of one segment, scored, looked at and compared by compiled code: what numpy gives, in a part of the time.

An exact form of several stems is not scored here. `None` says that numpy must do it, or that nothing was compiled.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.kernels import native
from indexer.engines.whoosh.codec.postings import Form
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.words import KnownWords
from indexer.schema import TITLE_WEIGHT
from search.engines.whoosh.matches import DENSE, DenseMatches, Matches, SparseMatches
from search.ranking import EARLY, NEXT, WINDOW

_ANY_FORM, _NO_FORM = -1, -2
_NO_SLOTS, _NO_WEIGHTS = np.zeros(0, np.uint32), np.zeros(0, np.float32)
_NO_DOCUMENTS = np.zeros(0, np.int32)
_NO_COUNTS = np.zeros(0, np.int64)


class Factors(NamedTuple):
    """What the saturated weight of a stem counts, None where only its *forms* do, and that of these, in units."""

    stem: float | None
    forms: Sequence[Form] = ()
    form: float = 0.0


def matches(segment: OpenSegment, term: int, norms: Array, factors: Factors) -> Matches | None:
    """Return the documents of the stem *term*, scored by *factors*; *norms* are of all documents."""
    asked = _asked(segment, term, norms, factors)
    if asked is None:
        return None
    holding = segment.holding(term)
    if holding * DENSE >= segment.articles:
        dense = np.zeros(segment.articles, np.int32)
        return DenseMatches(dense, native.scored(*asked, _NO_DOCUMENTS, dense))
    documents, scores = np.empty(holding + 1, np.int32), np.empty(holding + 1, np.int32)
    return SparseMatches.ending(segment.articles, documents, scores, native.scored(*asked, documents, scores))


def scores_at(segment: OpenSegment, term: int, norms: Array, factors: Factors, documents: Array) -> Array | None:
    """Return the score of each of *documents*, which are ascending; 0 where one does not hold the stem *term*."""
    asked = _asked(segment, term, norms, factors)
    if asked is None:
        return None
    scores = np.empty(len(documents), np.int32)
    native.scores_at(*asked, documents.astype(np.int32), scores)
    return scores


def mark(segment: OpenSegment, term: int, marks: Array) -> bool:
    """Set those of *marks* whose documents hold *term*, of a field of words; say whether this was done."""
    if not native:
        return False
    native.mark(segment.record(term), segment.articles, marks)
    return True


def places(
    segment: OpenSegment, term: int, starts: Array, documents: Array | None, form: Form | None = None
) -> Array | None:
    """
    Return where the stem *term* stands in *documents*, which are ascending, or in all; each begins at its start.

    With *form* only where it has this exact form.
    """
    if not native:
        return None
    record = segment.record(term)
    asked = (record, segment.articles, segment.manifest.wide, schema.BODY_GAP)
    wanted = None if documents is None else documents.astype(np.int32)
    slots = _form_slots(segment, form, is_coded=record.is_coded)
    return np.frombuffer(native.places(*asked, wanted, starts, starts.itemsize, slots), starts.dtype)


def row(segment: OpenSegment, words: Sequence[tuple[int, Form | None]]) -> tuple[Array, Array] | None:
    """
    Return the documents (int32) in which *words* stand one right after the other, and how often (float32).

    Each is the number of a stem, and the exact form of it that is meant, if one is.
    """
    if not native:
        return None
    records = tuple(segment.record(term) for term, _ in words)
    forms = tuple(
        _form_slots(segment, form, is_coded=record.is_coded) for record, (_, form) in zip(records, words, strict=True)
    )
    documents, counts = native.phrase(records, forms, segment.articles, segment.manifest.wide, schema.BODY_GAP)
    return np.frombuffer(documents, np.int32), np.frombuffer(counts, np.float32)


def following(places: Array, word: Array, offset: int) -> Array | None:
    """Return those of *places* that have one of *word* *offset* places on; both are ascending, and of one type."""
    return native and np.frombuffer(native.following(places, word, offset, places.itemsize), places.dtype)


def similar(words: KnownWords, numbers: Array, word: bytes, changes: int) -> Array | None:
    """Return those of the *words* of these *numbers* (int64) that *changes* make of *word*."""
    if not native:
        return None
    texts = words.text.whole(), words.starts.whole()
    return np.frombuffer(native.similar(*texts, numbers, word, changes), np.int64)


def _form_slots(segment: OpenSegment, form: Form | None, *, is_coded: bool) -> tuple[int, Array, Array, Array]:
    """Return the code of the slots of *form*, and the mixed slots that have it, with its counts and skips there."""
    if form is None or not is_coded:
        return _ANY_FORM, _NO_SLOTS, _NO_COUNTS, _NO_COUNTS
    if form.first_mixed == form.last_mixed:
        return form.code, _NO_SLOTS, _NO_COUNTS, _NO_COUNTS
    mixed = segment.mixed(form)
    return form.code, mixed.slots.astype(np.uint32), mixed.counts(), mixed.skip.astype(np.int64)


def standing(
    segment: OpenSegment, stems: Sequence[bytes], rarity: Array, documents: Array
) -> tuple[Array, Array, Array] | None:
    """Return what `nearness.standing` counts: how near, how ordered, and how early the words stand."""
    if not native:
        return None
    terms = [segment.term(schema.STEM, stem) for stem in stems]
    records = tuple(None if term is None else segment.record(term) for term in terms)
    near, ordered, early = (np.empty(len(documents), np.float32) for _ in range(3))
    wide, gap = segment.manifest.wide, schema.BODY_GAP
    asked = (records, segment.articles, wide, gap, documents.astype(np.int32), rarity, WINDOW, NEXT, EARLY)
    native.standing(*asked, near, ordered, early)
    return near, ordered, early


def _asked(segment: OpenSegment, term: int, norms: Array, factors: Factors) -> tuple[Any, ...] | None:
    """Return what the compiled functions are told of a word, None where they cannot score it."""
    if not native or len(factors.forms) > 1:
        return None
    form, slots, weights = _NO_FORM, _NO_SLOTS, _NO_WEIGHTS
    record = segment.record(term)
    if factors.forms:
        (own,) = factors.forms
        form = own.code if record.is_coded else _ANY_FORM
        if record.is_coded and own.first_mixed < own.last_mixed:
            mixed = segment.mixed(own)
            slots, weights = mixed.slots.astype(np.uint32), mixed.weights()
    stem = -1.0 if factors.stem is None else factors.stem
    return (record, segment.articles, norms, stem, factors.form, TITLE_WEIGHT, form, slots, weights)
