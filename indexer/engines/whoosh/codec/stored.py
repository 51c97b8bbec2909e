"""
The `stored` file: what is shown of each document, compressed in blocks of some documents each.

Each block is deflated with a phrasebook, one that was made of documents near it; a merge takes blocks over as they
are, with their phrasebooks. Blocks of 12 KiB take 37 % of the text and .05 ms to open; twice the size saves 1 % more.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple
from weakref import proxy
from zlib import DEF_MEM_LEVEL, DEFLATED, MAX_WBITS, Z_DEFAULT_STRATEGY, compressobj, decompressobj
from zlib import error as ZlibError  # noqa: N812 - named like every other exception

import numpy as np

from indexer.engines.whoosh.codec.dictionary import narrow
from indexer.engines.whoosh.codec.files import Array, ArrayFile, ArrayFileWriter, damaged
from indexer.engines.whoosh.codec.phrasebook import phrasebook

_BLOCK = 12 << 10
_STEP = 4 << 10
"""Bytes unpacked at a time where one document is asked for: half of a block need not be."""

_LEVEL = 4  # 68 MB/s; level 5 takes 3 % less space and three fifths more time
_SAMPLE = 4 << 20
"""Bytes of documents that a phrasebook is worth making for; it is made of some of them."""

_SAMPLED = 250  # a thousand take five times as long, and their phrases suit fewer of the other documents
_END = b"\n"  # JSON text has no line breaks of its own
_RAW = -MAX_WBITS  # without zlib's own checksum: every byte of the file is under one of ours


class Block(NamedTuple):
    """How many documents a block holds, the block itself, compressed, and the phrasebook it was compressed with."""

    articles: int
    content: bytes
    phrases: bytes

    def documents(self) -> list[bytes]:
        """Return what is stored of each document; a `zlib.error` if the block is damaged."""
        opener = decompressobj(_RAW, self.phrases)
        return (opener.decompress(self.content) + opener.flush()).split(_END)

    def document(self, place: int) -> bytes | None:
        """Return what is stored of the document at *place*, None if there is none; what follows is left packed."""
        opener = decompressobj(_RAW, self.phrases)
        found, content = [b""], self.content
        while len(found) < place + 2 and not opener.eof:  # up to its end, which the next one's beginning shows
            opened = opener.decompress(content, _STEP)
            content = opener.unconsumed_tail
            if not opened:
                break
            found[-1:] = (found[-1] + opened).split(_END)
        return found[place] if place < len(found) else None


class BlockPacker:
    """Packs documents into blocks, all with one phrasebook."""

    def __init__(self, phrases: bytes | None = None) -> None:
        """Begin with none, and with these *phrases*, or with those of the first documents."""
        self._blocks: list[Block] = []
        self._open: list[bytes] = []
        self._size = 0
        self._is_settled = False
        self.phrases = b""
        self._primed = compressobj(_LEVEL, DEFLATED, _RAW)
        if phrases is not None:
            self._settle(phrases)

    def add(self, document: bytes) -> None:
        """Take the next document in."""
        self._open.append(document)
        self._size += len(document)
        if not self._is_settled:
            if self._size >= _SAMPLE:
                self._settle(phrasebook(self._open[:: max(1, len(self._open) // _SAMPLED)]))
        elif self._size >= _BLOCK:
            self._close()

    def finish(self) -> list[Block]:
        """Return all blocks."""
        if not self._is_settled:
            self._settle(b"")
        if self._open:
            self._close()
        return self._blocks

    def _settle(self, phrases: bytes) -> None:
        """Pack the documents so far, and all that follow, with *phrases*."""
        self._is_settled, self.phrases = True, phrases
        self._primed = compressobj(_LEVEL, DEFLATED, _RAW, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, phrases)
        documents, self._open, self._size = self._open, [], 0
        for document in documents:
            self.add(document)

    def _close(self) -> None:
        packer = self._primed.copy()  # to read the phrasebook anew for each block would take as long as the block
        content = packer.compress(_END.join(self._open)) + packer.flush()
        self._blocks.append(Block(len(self._open), content, self.phrases))
        self._open, self._size = [], 0


def repacked(blocks: Iterable[Block], stays: Sequence[bool]) -> list[Block]:
    """Return the documents of *blocks* that stay, in blocks of their own."""
    packer = BlockPacker()
    documents = (document for block in blocks for document in block.documents())
    for document, is_kept in zip(documents, stays, strict=True):
        if is_kept:
            packer.add(document)
    return packer.finish()


def write_stored(file: ArrayFileWriter, blocks: Iterable[Block]) -> None:
    """Write *blocks*, the documents of the first first."""
    documents, sizes = [0], [0]
    books: dict[bytes, int] = {}
    book_of: list[int] = []

    def contents() -> Iterator[Array]:
        for block in blocks:
            documents.append(block.articles)
            sizes.append(len(block.content))
            book_of.append(books.setdefault(block.phrases, len(books)))
            yield np.frombuffer(block.content, np.uint8)

    file.write("blocks", contents())
    file.write("documents", np.cumsum(documents).astype("<u4"))
    file.write("starts", np.cumsum(sizes).astype("<u8"))
    file.write("phrases", np.frombuffer(b"".join(books), np.uint8))
    file.write("phrases_starts", np.cumsum([0, *map(len, books)]).astype("<u4"))
    file.write("phrases_of", narrow(np.array(book_of, np.int64)))


class StoredDocuments:
    """The stored documents of a segment."""

    def __init__(self, file: ArrayFile) -> None:
        """Read them from *file*."""
        self._file = file
        self._blocks = file.array("blocks")
        self._documents = file.array("documents")
        self._starts = file.array("starts")
        self._books = file.array("phrases")
        self._book_starts = file.array("phrases_starts")
        self._book_of = file.array("phrases_of")
        self._phrases = lru_cache(8)(partial(StoredDocuments._read_phrases, proxy(self)))

    def __getitem__(self, document: int) -> bytes:
        """
        Return what is stored of *document*.

        Raises:
            IndexUnavailable: the block is damaged.
        """
        number = bisect_right(self._documents, document) - 1
        first, last = self._documents.slice(number, number + 2).tolist()
        try:
            found = self._block(number, last - first).document(document - first)
        except ZlibError as exc:
            raise damaged(self._file.path, f"a block cannot be opened: {exc}") from exc
        if found is None:
            raise damaged(self._file.path, f"a block has fewer articles than the {last - first} that were written")
        return found

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks as they are."""
        counts = np.diff(self._documents.whole().astype(np.int64)).tolist()
        for number, count in enumerate(counts):
            yield self._block(number, count)

    def documents(self) -> Iterator[bytes]:
        """Yield what is stored of every document, in order."""
        for block in self.blocks():
            yield from self._opened(block)

    def _opened(self, block: Block) -> list[bytes]:
        try:
            documents = block.documents()
        except ZlibError as exc:
            raise damaged(self._file.path, f"a block cannot be opened: {exc}") from exc
        if len(documents) != block.articles:
            raise damaged(self._file.path, f"a block has {len(documents)} articles where {block.articles} were written")
        return documents

    def _block(self, number: int, count: int) -> Block:
        start, stop = self._starts.slice(number, number + 2).tolist()
        return Block(count, self._blocks.slice(start, stop).tobytes(), self._phrases(int(self._book_of[number])))

    def _read_phrases(self, number: int) -> bytes:
        start, stop = self._book_starts.slice(number, number + 2).tolist()
        return self._books.slice(start, stop).tobytes()
