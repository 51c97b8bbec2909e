"""Writes an index of Whoosh's own format."""

from pathlib import Path

from whoosh.index import create_in, open_dir

from indexer import schema
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.whoosh.schema import MISSING_DATE, STORED, whoosh_schema
from indexer.engines.whoosh.stored import to_stored

_MEMORY_MB = 256  # postings held before Whoosh spills them to disk


class WhooshWriter:
    """Implements `indexer.engines.IndexWriter`."""

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        """Create an empty index in *folder*."""
        self._folder = folder
        self._analyzer = analyzer
        self._writer = create_in(folder, whoosh_schema()).writer(limitmb=_MEMORY_MB)
        self._numbers: dict[str, int] = {}

    def add(self, article: Article) -> bool:
        """Take *article* in, in the place of an earlier one with its id; say whether there was such a one."""
        earlier = self._numbers.get(article.id)
        if earlier is not None:
            self._writer.newsegment.delete_document(earlier)
        self._numbers[article.id] = self._writer.docnum
        published = int(article.published.timestamp()) if article.published else MISSING_DATE
        self._writer.add_document(
            **schema.postings(article, self._analyzer),
            **schema.keys(article),
            **{schema.ID: article.id, schema.PUBLISHED: published, STORED: to_stored(article)},
        )
        return earlier is not None

    def finish(self) -> int:
        """Complete the index, open it again, and return how many articles it holds."""
        self._writer.commit()
        with open_dir(self._folder, schema=whoosh_schema()).reader() as reader:
            return int(reader.doc_count())

    def abort(self) -> None:
        """Give up and close all files."""
        self._writer.cancel()
