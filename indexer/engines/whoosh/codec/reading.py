"""A segment, open for reading: terms by text, postings by term, columns and stored documents by number."""

from functools import cached_property, lru_cache, partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from weakref import proxy

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec import manifest as manifests
from indexer.engines.whoosh.codec.columns import OpenColumns
from indexer.engines.whoosh.codec.dictionary import Texts
from indexer.engines.whoosh.codec.fields import CODED, ESCAPED, FIELDS, KINDS, MIXED
from indexer.engines.whoosh.codec.files import ArrayFile
from indexer.engines.whoosh.codec.manifest import FieldFacts
from indexer.engines.whoosh.codec.postings import EscapedSlots, Form, MixedSlots, Postings, RecordShape
from indexer.engines.whoosh.codec.stored import StoredDocuments
from indexer.engines.whoosh.codec.titles import KnownTitles
from indexer.engines.whoosh.codec.words import KnownWords

_LOOKED_UP = 1 << 13  # texts that are looked up once: the ranking asks for each word of a query twice
_OFTEN = 24  # one in so many documents holds a frequent term
_FREQUENT = 128  # frequent terms whose postings are kept as they are read, in two bytes a document at most
_REMEMBERED = 16  # terms whose postings are kept as they are read: a phrase asks for those of its words three times
_NOTHING_BESIDE = (np.zeros(0, np.uint32),) * 3


class RawRecord(NamedTuple):
    """
    The bytes of a term's record as they are written, and what says how to read them.

    What no byte can say of some slots stands beside them (uint32): these *slots*, their *title* and *body* counts.
    """

    content: Array
    holding: int
    is_coded: bool
    slots: Array
    title: Array
    body: Array


class OpenSegment:
    """One segment; safe to share between threads, and open in the same time whatever its size."""

    def __init__(self, folder: Path, segment: str) -> None:
        """
        Map the files of *segment* in *folder*.

        Raises:
            IndexUnavailable: one is missing, damaged, or of another format. Damage within a file is found when it is
                read, and raises the same.
        """
        self.manifest = manifests.load(folder, segment)
        self.articles = self.manifest.articles
        facts = self.manifest.files
        self._files = {
            name: ArrayFile(manifests.path_of(folder, segment, name), facts[name]) for name in manifests.FILES
        }
        terms, forms = self._files["terms"], self._files["forms"]
        self.terms, self.forms = Texts(terms), Texts(forms)
        self.columns = OpenColumns(self._files["columns"])
        self.stored = StoredDocuments(self._files["stored"])
        self.words, self.titles = KnownWords(self._files["words"]), KnownTitles(self._files["titles"])
        self.holdings, self.records = terms.array("holding"), terms.array("records")
        self.content = self._files["postings"].array("records")
        own = proxy(self)  # a segment that held itself would stay open until Python looks for such
        self._frequent_postings = lru_cache(_FREQUENT)(partial(OpenSegment._read_postings, own))
        self._rare_postings = lru_cache(_REMEMBERED)(partial(OpenSegment._read_postings, own))
        self.term = lru_cache(_LOOKED_UP)(partial(OpenSegment._find_term, own))
        """Return the number of the term of a field and a text, which is not that of the exact forms; None for none."""
        self.forms_of = lru_cache(_LOOKED_UP)(partial(OpenSegment._find_forms, own))
        """Return the exact forms of a text: one for each stem that it is a form of, nearly always one."""
        self.form_terms, self.form_codes = forms.array("term"), forms.array("number")
        self.form_holdings, self.form_mixed = forms.array("holding"), forms.array("mixed")
        self.mixed_arrays = tuple(forms.array(f"mixed_{name}") for name in MIXED)
        self.escaped_arrays = tuple(terms.array(f"escaped_{name}") for name in ESCAPED)

    def check_all(self) -> None:
        """Check every byte; raises `IndexUnavailable` where one is not what was written."""
        for file in self._files.values():
            file.check_all()

    def facts(self, field: str) -> FieldFacts:
        """Return the facts of *field*; the words of the exact forms are those of the stems."""
        if field != schema.EXACT:
            return self.manifest.fields[field]
        stem = self.manifest.fields[schema.STEM]
        return FieldFacts(0, len(self.forms), stem.length, stem.shortest, stem.longest)

    def _find_term(self, field: str, text: bytes) -> int | None:
        facts = self.manifest.fields[field]
        return next(self.terms.find(text, facts.first, facts.last), None)

    def field_of(self, term: int) -> str:
        """Return the field of *term*."""
        return next(field for field in FIELDS if self.manifest.fields[field].last > term)

    def holding(self, term: int) -> int:
        """Return how many documents hold *term*."""
        return int(self.holdings[term]) & ~CODED

    def postings(self, term: int) -> Postings:
        """Return the postings of *term*."""
        if self.holding(term) * _OFTEN > self.articles:
            return self._frequent_postings(term)
        return self._rare_postings(term)

    def record(self, term: int) -> RawRecord:
        """Return the record of *term*."""
        holding = int(self.holdings[term])
        start, stop = self.records.slice(term, term + 2).tolist()
        beside = _NOTHING_BESIDE
        if escaped := self._escaped.get(term):
            beside = escaped.slots, escaped.title, escaped.body
        return RawRecord(self.content.slice(start, stop), holding & ~CODED, bool(holding & CODED), *beside)

    def _read_postings(self, term: int) -> Postings:
        kind = KINDS[self.field_of(term)]
        shape = RecordShape(self.articles, kind.words, kind.positions(wide=self.manifest.wide))
        record = self.record(term)
        return shape.split(record.content, record.holding, self._escaped.get(term), coded=record.is_coded)

    def documents_of_id(self, article_id: str) -> list[int]:
        """Return the documents of the article of this id, deleted ones too."""
        term = self.term(schema.ID, article_id.encode())
        documents = None if term is None else self.postings(term).documents
        return [] if documents is None else documents.tolist()

    def _find_forms(self, text: bytes) -> list[Form]:
        return [self.form(number) for number in self.forms.find(text, 0, len(self.forms))]

    def form(self, number: int) -> Form:
        """Return the exact form *number*."""
        first, last = self.form_mixed.slice(number, number + 2).tolist()
        term, code, holding = self.form_terms[number], self.form_codes[number], self.form_holdings[number]
        return Form(int(term), int(code), int(holding), first, last)

    def mixed(self, form: Form) -> MixedSlots:
        """Return what *form* has in mixed slots."""
        return MixedSlots(*(array.slice(form.first_mixed, form.last_mixed) for array in self.mixed_arrays))

    @cached_property
    def _escaped(self) -> dict[int, EscapedSlots]:
        """The counts that no byte can say, by term; there are some hundreds of them in 15 million."""
        terms, *counts = (array.whole().astype(np.uint32) for array in self.escaped_arrays)
        found, first = np.unique(terms, return_index=True)
        ends = [*first.tolist(), len(terms)]
        return {
            term: EscapedSlots(*(array[start:stop] for array in counts))
            for term, (start, stop) in zip(found.tolist(), pairwise(ends), strict=True)
        }
