"""
Which exact forms of a term an article holds. Nearly always it is one, and a byte says which; where an article holds
several, each form has an entry of its own, and the positions of the slot stand form by form.

Of 14.7 million pairs of stem and article in 121,382 articles, 12.2 million are of stems with several forms, and 5 % of
these hold more than one. A second set of postings for the exact forms would have taken 15.6 million entries more.
"""

from dataclasses import dataclass, replace

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.occurrences import NO_FORM, Forms, Occurrences
from indexer.engines.whoosh.codec.records import FORMLESS, MAX_FORM, MIXED
from indexer.schema import BODY_GAP


@dataclass(frozen=True, slots=True)
class MixedForms:
    """
    What each form has in mixed slots, ordered by form, then slot.

    *skip* counts the positions of the slot that stand before those of the form; *title* and *body* the form's own.
    """

    form: Array
    slot: Array
    title: Array
    body: Array
    skip: Array


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What is kept of exact forms beside the records: how many documents hold each, and what is *mixed*."""

    holding: Array
    mixed: MixedForms


@dataclass(frozen=True, slots=True)
class FormedSlots:
    """
    The forms of all slots: the *code* of each, and what is *mixed*; *coded* terms need codes at all.

    *position* has the positions of all occurrences anew, those of mixed slots form by form. *holding* is the number of
    documents of each form.
    """

    coded: Array
    code: Array
    position: Array
    holding: Array
    mixed: MixedForms

    @classmethod
    def of(cls, found: Occurrences, forms: Forms, first: Array, slot_term: Array) -> "FormedSlots":
        """Return them for *found*, whose slots begin at *first* and are of the terms *slot_term*."""
        number = np.append(np.minimum(forms.number, MAX_FORM + 1), FORMLESS)[forms.form].astype(np.uint8)
        starts = first[:-1]
        lowest, highest = (f.reduceat(number, starts) if len(starts) else number for f in (np.minimum, np.maximum))
        code = np.where((lowest == highest) & (lowest != MAX_FORM + 1), lowest, MIXED).astype(np.uint8)
        position, mixed = _mixed(found, forms, first, np.flatnonzero(code == MIXED))
        pure = forms.form[starts[(code != MIXED) & (code != FORMLESS)]]
        return cls(
            coded=_coded(found, forms, code, slot_term),
            code=code,
            position=position,
            holding=np.bincount(pure, minlength=len(forms.texts)) + np.bincount(mixed.form, minlength=len(forms.texts)),
            mixed=mixed,
        )

    def facts(self, slot: Array) -> FormFacts:
        """Return what is kept beside the records, where all slots have the places *slot* within their terms."""
        return FormFacts(self.holding, replace(self.mixed, slot=slot[self.mixed.slot]))


def _coded(found: Occurrences, forms: Forms, code: Array, slot_term: Array) -> Array:
    """Return which terms have slots of several codes, or of another than 0."""
    several = np.bincount(forms.term, minlength=len(found.terms)) > 1
    several[slot_term[(code == FORMLESS) | (code == MIXED)]] = True
    return several


def _mixed(found: Occurrences, forms: Forms, first: Array, slots: Array) -> tuple[Array, MixedForms]:
    """Return all positions, those of the mixed *slots* put form by form, and the entries of the forms in them."""
    length = np.diff(first)[slots]
    where = np.repeat(first[slots] - (np.cumsum(length) - length), length) + np.arange(int(length.sum()))
    owner = np.repeat(np.arange(len(slots)), length)
    form = forms.form[where]
    order = np.argsort(
        owner * (len(forms.texts) + 1) + np.where(form == NO_FORM, len(forms.texts), form), kind="stable"
    )
    position = found.position.copy()
    position[where] = found.position[where[order]]
    form = form[order]
    new = np.flatnonzero(np.concatenate((owner[:1] == owner[:1], (owner[1:] != owner[:-1]) | (form[1:] != form[:-1]))))
    count = np.diff(np.append(new, len(form)))
    title = np.add.reduceat(position[where] < BODY_GAP, new, dtype=np.int64) if len(new) else new
    entry = MixedForms(form[new], slots[owner[new]], title, count - title, where[new] - first[slots[owner[new]]])
    kept = np.flatnonzero(entry.form != NO_FORM)
    kept = kept[np.lexsort((entry.slot[kept], entry.form[kept]))]
    return position, MixedForms(*(getattr(entry, name)[kept] for name in MixedForms.__slots__))
