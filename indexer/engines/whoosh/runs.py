"""
Runs: the articles that fit into memory at once, sorted and written as a segment.

An index is one run, or a merge of several: that is how memory stays bounded whatever the corpus' size.
"""

from pathlib import Path

import numpy as np

from indexer import schema
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.whoosh.codec.building import SegmentBuilder
from indexer.engines.whoosh.codec.columns import Columns
from indexer.engines.whoosh.codec.stored import BlockPacker
from indexer.engines.whoosh.run_fields import RunFields
from indexer.engines.whoosh.schema import moment
from indexer.engines.whoosh.stored import to_stored
from indexer.engines.whoosh.vocabulary import TextStream, Vocabulary

RUN_CHUNKS = 6_000_000
"""Chunks of text of a run, some 30,000 articles; sorting them takes about 400 MB."""

WIDE = 1 << 16
"""Positions from here on take 32 bits."""

_VOCABULARY = 1_000_000  # chunks remembered from run to run, about 200 MB


class RunWriter:
    """Gathers articles, and writes them as a segment whenever there are enough of them."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Read the articles with *analyzer*."""
        self._analyzer = analyzer
        self._vocabulary = Vocabulary(analyzer)
        self._begin()

    def _begin(self) -> None:
        if len(self._vocabulary) > _VOCABULARY:
            self._vocabulary = Vocabulary(self._analyzer)
        self._texts = TextStream(self._vocabulary)
        self._stored = BlockPacker()
        self._ids: list[str] = []
        self._published: list[int] = []
        self._keys: dict[str, list[str]] = {field: [] for field in schema.KEY_FIELDS}

    def __len__(self) -> int:
        """Return the number of articles gathered."""
        return len(self._ids)

    @property
    def is_full(self) -> bool:
        """Whether it is time to write."""
        return self._texts.size >= RUN_CHUNKS

    def add(self, article: Article) -> None:
        """Take *article* in."""
        self._texts.add(article)
        self._stored.add(to_stored(article).encode())
        self._ids.append(article.id)
        self._published.append(moment(article))
        for field, value in schema.keys(article).items():
            self._keys[field].append(value)

    def write(self, folder: Path, segment: str) -> None:
        """Write the articles gathered as *segment* into *folder*, and begin anew."""
        columns = Columns(self._ids, np.array(self._published, np.int64), self._keys)
        fields = RunFields(self._texts, list(self._vocabulary.forms), columns)
        builder = SegmentBuilder(folder, segment, articles=len(self), wide=fields.last_position >= WIDE)
        builder.write(fields.batches, columns, self._stored.finish())
        self._begin()
