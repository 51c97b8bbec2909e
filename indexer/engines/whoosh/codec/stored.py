"""
The `stored` file: what is shown of each document, compressed by itself.

Each document is packed with a phrasebook that was made of some of them, so that one is opened without any other, in
five microseconds; a merge takes packed documents over as they are, with their phrasebooks. They take 35 % of the text.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from threading import local
from typing import NamedTuple
from weakref import proxy

import numpy as np
from zstandard import ZstdCompressionDict, ZstdCompressor, ZstdDecompressor, ZstdError

from indexer.engines.arrays import Array
from indexer.engines.whoosh.codec.dictionary import narrow
from indexer.engines.whoosh.codec.files import ArrayFile, ArrayFileWriter, damaged

_LEVEL = 3  # 120 MB/s; level 5 takes 4 % less space and twice the time
_QUICK = 1
"""The level for documents that will be packed anew."""


class Packed(NamedTuple):
    """A document, compressed, and the phrasebook that it was compressed with, which may be empty."""

    content: bytes
    phrases: bytes

    def opened(self) -> bytes:
        """Return the document, of one that was compressed without a phrasebook."""
        return _PLAIN.decompress(self.content)


class Packer:
    """Packs documents, all with the same phrases; for one thread."""

    def __init__(self, phrases: bytes = b"") -> None:
        """Pack with *phrases*, or plainly: such documents are packed anew where there are some."""
        self._phrases = phrases
        level = _LEVEL if phrases else _QUICK
        self._compressor = ZstdCompressor(level, dict_data=_book(phrases), write_dict_id=False)

    def packed(self, document: bytes) -> Packed:
        """Return *document*, packed."""
        return Packed(self._compressor.compress(document), self._phrases)


def packed_alike(packed: Iterable[Packed], phrases: bytes) -> Iterator[Packed]:
    """Yield *packed*, those that were packed plainly packed with *phrases*, where there are some."""
    packer = Packer(phrases)
    return (packer.packed(own.opened()) if phrases and not own.phrases else own for own in packed)


def write_stored(file: ArrayFileWriter, packed: Iterable[Packed]) -> None:
    """Write the documents *packed*, in order."""
    sizes = [0]
    books: dict[bytes, int] = {}
    book_of: list[int] = []

    def contents() -> Iterator[Array]:
        for content, phrases in packed:
            sizes.append(len(content))
            book_of.append(books.setdefault(phrases, len(books)))
            yield np.frombuffer(content, np.uint8)

    file.write("documents", contents())
    file.write("starts", narrow(np.cumsum(sizes)))
    file.write("phrases", np.frombuffer(b"".join(books), np.uint8))
    file.write("phrases_starts", np.cumsum([0, *map(len, books)]).astype("<u4"))
    file.write("phrases_of", narrow(np.array(book_of, np.int64)))


class StoredDocuments:
    """The stored documents of a segment; safe to share between threads."""

    def __init__(self, file: ArrayFile) -> None:
        """Read them from *file*."""
        self._file = file
        self._documents = file.array("documents")
        self._starts = file.array("starts")
        self._books = file.array("phrases")
        self._book_starts = file.array("phrases_starts")
        self._book_of = file.array("phrases_of")
        self._phrases = lru_cache(8)(partial(StoredDocuments._read_phrases, proxy(self)))
        self._openers = _Openers()

    def __getitem__(self, document: int) -> bytes:
        """
        Return what is stored of *document*.

        Raises:
            IndexUnavailable: it is damaged.
        """
        start, stop = self._starts.slice(document, document + 2).tolist()
        content = self._documents.slice(start, stop).tobytes()
        return self._opened(content, int(self._book_of[document]))

    @property
    def commonest_phrases(self) -> bytes:
        """The phrasebook of most documents that have one."""
        books = [self._phrases(number) for number in range(len(self._book_starts) - 1)]
        counts = np.bincount(self._book_of.whole(), minlength=len(books)).tolist() if books else []
        return max(zip(counts, books, strict=True), key=lambda one: (bool(one[1]), one[0]), default=(0, b""))[1]

    def packed(self) -> Iterator[Packed]:
        """Yield all documents as they are packed."""
        starts = self._starts.whole().tolist()
        for start, stop, book in zip(starts, starts[1:], self._book_of.whole().tolist(), strict=False):
            yield Packed(self._documents.slice(start, stop).tobytes(), self._phrases(book))

    def documents(self) -> Iterator[bytes]:
        """Yield what is stored of every document, in order."""
        return map(self.__getitem__, range(len(self._book_of)))

    def _opened(self, content: bytes, book: int) -> bytes:
        openers = self._openers.by_book
        opener = openers.get(book)
        if opener is None:
            opener = openers[book] = ZstdDecompressor(dict_data=_book(self._phrases(book)))
        try:
            return opener.decompress(content)
        except ZstdError as exc:
            raise damaged(self._file.path, f"a stored article cannot be opened: {exc}") from exc

    def _read_phrases(self, number: int) -> bytes:
        start, stop = self._book_starts.slice(number, number + 2).tolist()
        return self._books.slice(start, stop).tobytes()


class _Openers(local):
    """What opens documents in a thread, by the number of their phrasebook; two threads may not share one."""

    def __init__(self) -> None:
        self.by_book: dict[int, ZstdDecompressor] = {}


_PLAIN = ZstdDecompressor()


@lru_cache(16)
def _book(phrases: bytes) -> ZstdCompressionDict | None:
    """Return *phrases* made ready: several threads may read by the same."""
    return ZstdCompressionDict(phrases) if phrases else None


def staying(packed: Iterable[Packed], stays: Sequence[bool]) -> Iterator[Packed]:
    """Yield those of the documents *packed* that stay."""
    return (own for own, is_kept in zip(packed, stays, strict=True) if is_kept)
