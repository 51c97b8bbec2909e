"""What a segment knows of each term and of each exact form, gathered while it is written."""

from collections.abc import Sequence

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.dictionary import narrow, write_texts
from indexer.engines.whoosh.codec.encoding import Records
from indexer.engines.whoosh.codec.fields import CODED, ESCAPED, MIXED
from indexer.engines.whoosh.codec.files import ArrayFileWriter
from indexer.engines.whoosh.codec.mixing import FormFacts
from indexer.engines.whoosh.codec.occurrences import Forms
from indexer.engines.whoosh.codec.records import MAX_FORM, runs


class TermTable:
    """All terms so far: texts, documents, where their records begin, and the counts that no byte can say."""

    def __init__(self) -> None:
        """Begin with none."""
        self._texts: list[bytes] = []
        self._holding: list[Array] = []
        self._records: list[Array] = []
        self._escaped: list[tuple[Array, ...]] = []
        self._size = 0

    def __len__(self) -> int:
        """Return the number of terms."""
        return len(self._texts)

    def add(self, texts: Sequence[bytes], records: Records) -> None:
        """Take in the terms *texts* with their *records*, which follow those before."""
        ends = self._size + np.cumsum(records.size)
        escaped = records.escaped
        self._escaped.append((escaped.term + len(self), escaped.slot, escaped.title, escaped.body))
        self._records.append(ends - records.size)
        self._holding.append(records.holding | np.where(records.coded, CODED, 0))
        self._texts += texts
        self._size += int(records.size.sum())

    def write(self, file: ArrayFileWriter) -> None:
        """Write the table."""
        write_texts(file, self._texts)
        file.write("holding", _joined(self._holding).astype("<u4"))
        file.write("records", narrow(np.append(_joined(self._records), self._size)))
        for name, parts in zip(ESCAPED, zip(*self._escaped, strict=True), strict=True):
            file.write(f"escaped_{name}", _joined(parts).astype("<u4"))


class FormTable:
    """All exact forms so far, and what they have in mixed slots."""

    def __init__(self) -> None:
        """Begin with none."""
        self._texts: list[bytes] = []
        self._columns: list[tuple[Array, Array, Array, Array]] = []
        self._mixed: list[tuple[Array, ...]] = []

    def add(self, forms: Forms, formed: FormFacts, first_term: int) -> None:
        """Take in the *forms* of terms, the first of which has the number *first_term*."""
        mixed = formed.mixed
        entries = np.bincount(mixed.form, minlength=len(forms.texts))
        number = np.minimum(forms.number, MAX_FORM + 1)
        self._columns.append((forms.term + first_term, number, formed.holding, entries))
        self._mixed.append((mixed.slot, mixed.title, mixed.body, mixed.skip))
        self._texts += forms.texts

    def write(self, file: ArrayFileWriter) -> tuple[list[bytes], Array]:
        """Write the table, ordered by text, and by term where texts are equal; return the texts and who holds them."""
        columns = zip(*self._columns, strict=True) if self._columns else [()] * 4
        term, number, holding, entries = (_joined(parts) for parts in columns)
        order = sorted(range(len(self._texts)), key=self._texts.__getitem__)
        place = np.array(order, np.int64)
        texts = [self._texts[form] for form in order]
        write_texts(file, texts)
        file.write("term", term[place].astype("<u4"))
        file.write("number", number[place].astype("<u1"))
        file.write("holding", holding[place].astype("<u4"))
        file.write("mixed", np.append(0, np.cumsum(entries[place])).astype("<u4"))
        moved = runs((np.cumsum(entries) - entries)[place], entries[place])
        mixed = zip(*self._mixed, strict=True) if self._mixed else [()] * len(MIXED)
        for name, parts in zip(MIXED, mixed, strict=True):
            file.write(f"mixed_{name}", narrow(_joined(parts)[moved]))
        return texts, holding[place]


def _joined(parts: Sequence[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)
