"""Puts occurrences in the order of their terms, and parts them into batches."""

from collections.abc import Iterator

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.occurrences import NO_FORM, Forms, Occurrences

BATCH = 2_000_000
"""Occurrences that are encoded at a time."""


def ordered(terms: list[bytes], term: Array, document: Array, position: Array) -> Iterator[Occurrences]:
    """
    Yield the occurrences of *terms*, which are sorted, in batches.

    *term*, *document* and *position* come in the order of documents and positions.
    """
    order = by_term(term)
    yield from _parted(Occurrences(terms, term[order], document[order], position[order]))


def ordered_forms(
    pairs: list[tuple[bytes, bytes]], pair: Array, document: Array, position: Array
) -> Iterator[Occurrences]:
    """
    Yield the occurrences of stems and their exact forms in batches.

    *pairs* of a stem and a form are sorted; a form that is empty is none. *pair*, *document* and *position* come in
    the order of documents and positions.
    """
    stems = [stem for stem, _ in pairs]
    new = np.array([place == 0 or stems[place - 1] != stem for place, stem in enumerate(stems)], bool)
    stem_of = np.cumsum(new) - 1
    formed = np.array([bool(form) for _, form in pairs], bool)
    form_of = np.where(formed, np.cumsum(formed) - 1, NO_FORM)
    term = stem_of[pair]
    order = by_term(term)
    forms = Forms([form for _, form in pairs if form], stem_of[formed], form_of[pair[order]])
    terms = [stem for stem, first in zip(stems, new.tolist(), strict=True) if first]
    yield from _parted(Occurrences(terms, term[order], document[order], position[order], forms))


def by_term(term: Array) -> Array:
    """Return the order that sorts *term* and leaves equal ones as they stand; much faster than a stable argsort."""
    key = term.astype(np.int64) << 32 | np.arange(len(term))
    key.sort()
    key &= (1 << 32) - 1
    return key


def _parted(found: Occurrences) -> Iterator[Occurrences]:
    """Yield *found* in batches; the occurrences of a term stay together."""
    ends = np.cumsum(np.bincount(found.term, minlength=len(found.terms)))
    first = 0
    while first < len(found.terms):
        start = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, start + BATCH, "right")))
        yield _part(found, first, last, slice(start, int(ends[last - 1])))
        first = last


def _part(found: Occurrences, first: int, last: int, own: slice) -> Occurrences:
    forms = found.forms
    if forms:
        low, high = np.searchsorted(forms.term, [first, last]).tolist()
        form = forms.form[own]
        forms = Forms(forms.texts[low:high], forms.term[low:high] - first, np.where(form == NO_FORM, form, form - low))
    return Occurrences(
        found.terms[first:last], found.term[own] - first, found.document[own], found.position[own], forms
    )
