"""What Whoosh reads of terms: walks over them, their statistics, and matchers over their postings."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import LeafMatcher, NullMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from indexer import schema
from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.fields import FIELDS
from indexer.engines.whoosh.codec.found import TermPostings, postings_of
from indexer.engines.whoosh.codec.reading import OpenSegment

_INDEXED = tuple(sorted((*FIELDS, schema.EXACT)))


class TermsReader(base.TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """Reads the terms of one segment."""

    def __init__(self, opened: OpenSegment) -> None:
        """Read *opened*."""
        self._opened = opened
        self._postings = lru_cache(1024)(lambda field, text: postings_of(opened, field, text))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        """Say whether there is such a term, a field and a text."""
        return term[0] in _INDEXED and self._postings(*term) is not None

    def cursor(self, fieldname: str, fieldobj: Any) -> "TermCursor":
        """Return a cursor over the terms of *fieldname*."""
        return TermCursor(self._texts(fieldname), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all terms."""
        for field in _INDEXED:
            yield from ((field, text) for text in self._texts(field))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms from the text *prefix* of *fieldname* on."""
        texts = self._texts(fieldname)
        yield from ((fieldname, text) for text in texts[bisect_left(texts, prefix) :])
        for field in _INDEXED[_INDEXED.index(fieldname) + 1 :]:
            yield from ((field, text) for text in self._texts(field))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield all terms with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield the terms from *prefix* on with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return the statistics of a term; a `KeyError` if there is none such, as Whoosh's readers expect."""
        found = self._found(fieldname, text)
        words = fieldname in schema.WORD_FIELDS
        lengths = self._opened.columns.lengths(fieldname).take(found.documents) if words else np.ones(1, np.int64)
        weights = found.weights
        return TermInfo(
            weight=float(weights.sum()),
            df=len(found.documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(weights.max()),
            minid=int(found.documents[0]),
            maxid=int(found.documents[-1]),
        )

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        """Return a matcher over the postings of a term; a `TermNotFound` if there is none such."""
        try:
            return PostingsMatcher(self._found(fieldname, text), (fieldname, text), format_, scorer)
        except KeyError as exc:
            raise TermNotFound(f"{fieldname}:{text!r}") from exc

    def indexed_field_names(self) -> Sequence[str]:
        """Return the names of the fields that have terms."""
        return _INDEXED

    def _found(self, fieldname: str, text: bytes) -> TermPostings:
        found = self._postings(fieldname, text)
        if found is None:
            raise KeyError(f"{fieldname}:{text!r}")
        return found

    def _texts(self, fieldname: str) -> list[bytes]:
        """Return the terms of *fieldname*, each once."""
        if fieldname == schema.EXACT:
            return list(dict.fromkeys(self._opened.forms.listed(0, len(self._opened.forms))))
        facts = self._opened.facts(fieldname)
        return self._opened.terms.listed(facts.first, facts.last)


class TermCursor(base.FieldCursor):  # type: ignore[misc]  # Whoosh has no types
    """Walks over the terms of a field; its texts are those of the field, not bytes."""

    def __init__(self, texts: list[bytes], fieldobj: Any) -> None:
        """Stand at the first of *texts*."""
        self._texts, self._fieldobj, self._place = texts, fieldobj, 0

    def first(self) -> Any:
        """Go to the first term, and return it."""
        self._place = 0
        return self.text()

    def find(self, string: bytes | str) -> Any:
        """Go to the first term that is not below *string*, and return it."""
        self._place = bisect_left(self._texts, string if isinstance(string, bytes) else self._fieldobj.to_bytes(string))
        return self.text()

    def next(self) -> Any:
        """Go to the next term, and return it."""
        self._place += 1
        return self.text()

    def text(self) -> Any:
        """Return the term it stands at, None at the end."""
        return self._fieldobj.from_bytes(self._texts[self._place]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Say whether it stands at a term."""
        return self._place < len(self._texts)


class PostingsMatcher(LeafMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Steps over the postings of one term, as Whoosh's queries do."""

    def __init__(self, found: TermPostings, term: tuple[str, bytes], format_: Any, scorer: Any, place: int = 0) -> None:
        """Stand at the posting *place* of *found*."""
        self._found, self._term, self.format, self.scorer, self._place = found, term, format_, scorer, place
        self._ids: Array = found.documents

    def is_active(self) -> bool:
        """Say whether it stands at a posting."""
        return self._place < len(self._ids)

    def reset(self) -> None:
        """Go back to the first."""
        self._place = 0

    def id(self) -> int:
        """Return the document."""
        return int(self._ids[self._place])

    def next(self) -> None:
        """Go on by one."""
        if not self.is_active():
            raise ReadTooFar
        self._place += 1

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's signature
        """Go on to the first document that is not below *id*."""
        if not self.is_active():
            raise ReadTooFar
        self._place += int(np.searchsorted(self._ids[self._place :], id))

    def all_ids(self) -> Iterator[int]:
        """Yield all documents."""
        return iter(self._ids.tolist())

    def weight(self) -> float:
        """Return the weight of the posting."""
        return float(self._found.weights[self._place])

    def value(self) -> bytes:
        """Return the positions of the posting as Whoosh encodes them; whole values have none."""
        if self._term[0] not in schema.WORD_FIELDS:
            return b""
        return bytes(self.format.encode(sorted(self._found.positions(self._place).tolist())))

    def copy(self) -> "PostingsMatcher":
        """Return another that stands at the same posting."""
        return PostingsMatcher(self._found, self._term, self.format, self.scorer, self._place)

    def replace(self, minquality: float = 0) -> Any:
        """Return itself, or a matcher of nothing at the end."""
        return self if self.is_active() and (not minquality or self.max_quality() >= minquality) else NullMatcher()

    def block_quality(self) -> float:
        """Return the bound of the whole list; it has no blocks."""
        return float(self.scorer.max_quality())
