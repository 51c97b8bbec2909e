"""
Texts -> occurrences, fast: each distinct chunk of text is analysed once, and from then on is a number.

A text is cut by one regular expression and looked up in one dictionary, both in C; all that is left of the analysis
is arithmetic over arrays of these numbers.
"""

from array import array
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from indexer import schema
from indexer.analysis import Analyzer, pieces, surfaces
from indexer.article import Article
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.records import runs

Form = tuple[str, str]
"""A stem and an exact form of it; the further stems of a word have no form, which is the empty text."""


class Vocabulary(dict[str, int]):
    """The number of each piece of text; one that is not known yet is analysed."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Read chunks with *analyzer*."""
        super().__init__()
        self._read = analyzer.read
        self.forms: dict[Form, int] = {}
        self.first = array("I", [0])
        self.form = array("I")
        self.offset = array("I")
        self.width = array("I")

    def __missing__(self, piece: str) -> int:
        """Return the number of *piece*, a new one."""
        place = 0
        for chunk in surfaces(piece):
            width = 0
            for position, _, _, exact, stems in self._read(chunk):
                width = max(width, position + 1)
                for rank, stem in enumerate(stems):
                    form = (stem, "" if rank else exact)
                    self.form.append(self.forms.setdefault(form, len(self.forms)))
                    self.offset.append(place + position)
            place += width
        self.first.append(len(self.form))
        self.width.append(place)
        self[piece] = number = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Words:
    """Words in the order of the texts: the document of each, its position, and its form by number."""

    document: Array
    position: Array
    form: Array

    def columns(self) -> tuple[Array, Array, Array]:
        """Return the three arrays."""
        return self.document, self.position, self.form


@dataclass(slots=True)
class _Texts:
    """The chunks of one text of each article, one after the other; *counts* says how many each has."""

    chunks: "array[int]"
    counts: "array[int]"


class TextStream:
    """The texts of the articles of one run."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Begin with none; chunks are numbered by *vocabulary*."""
        self._vocabulary = vocabulary
        self._texts: defaultdict[str, _Texts] = defaultdict(lambda: _Texts(array("I"), array("I")))
        self.size = 0

    def add(self, article: Article) -> None:
        """Take in the texts of *article*."""
        for name, text in (("title", article.title), ("body", article.body), *schema.written(article)):
            texts = self._texts[name]
            before = len(texts.chunks)
            texts.chunks.extend(map(self._vocabulary.__getitem__, pieces(text)))
            texts.counts.append(len(texts.chunks) - before)
            self.size += texts.counts[-1]

    def words(self, name: str) -> "Words":
        """Return the words of all texts *name*: "title", "body", or a field of `schema.written`."""
        known, texts = self._vocabulary, self._texts[name]
        chunks, counts = (np.frombuffer(part, np.uint32).astype(np.int64) for part in (texts.chunks, texts.counts))
        first, width = np.frombuffer(known.first, np.uint32), np.frombuffer(known.width, np.uint32)
        document = np.repeat(np.arange(len(counts)), counts)
        ends = np.cumsum(width[chunks], dtype=np.int64)
        before = np.append(0, ends)[np.cumsum(counts) - counts]
        gap = schema.BODY_GAP if name == "body" else 0
        place = gap + ends - width[chunks] - np.repeat(before, counts)
        tokens = (first[1:] - first[:-1])[chunks].astype(np.int64)
        where = runs(first[:-1][chunks].astype(np.int64), tokens)
        return Words(
            np.repeat(document, tokens),
            np.repeat(place, tokens) + np.frombuffer(known.offset, np.uint32)[where],
            np.frombuffer(known.form, np.uint32)[where],
        )
