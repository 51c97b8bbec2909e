"""Stock Whoosh: its own codec, searcher and highlighter, words in small letters, no stemming."""

import json
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index, query, versionstring

from benchmarks.corpus import rows
from benchmarks.engines import any_word
from benchmarks.questions import Question

_MEMORY_MB = 1024


def version() -> str:
    """Return Whoosh's version."""
    return str(versionstring())


def build(table: Path, folder: Path, jobs: int) -> int:
    """Index the articles of *table*."""
    assert jobs == 1
    words = analysis.RegexTokenizer() | analysis.LowercaseFilter()
    text = fields.TEXT(words, stored=True)
    created = index.create_in(folder, fields.Schema(id=fields.ID(stored=True), title=text, body=text))
    writer = created.writer(limitmb=_MEMORY_MB)
    for document in rows(table):
        writer.add_document(**document._asdict())
    writer.commit()
    return int(created.doc_count())


class Opened:
    """A searcher; implements `benchmarks.engines.Index`."""

    def __init__(self, folder: Path) -> None:
        """Open the index in *folder*."""
        self._searcher = index.open_dir(folder).searcher()

    def tree(self, question: Question) -> Any:
        """Return the query: words in title, which counts twice, or body; phrases and prefixes in the body."""
        words = question.words
        if question.kind == "prefix":
            return query.Prefix("body", words[0])
        if question.kind == "phrase":
            return query.Phrase("body", words) if len(words) > 1 else query.Term("body", words[0])
        join = query.And if question.kind == "and" else query.Or
        return join([query.Or([query.Term("title", word, boost=2.0), query.Term("body", word)]) for word in words])

    def ranked(self, tree: Any, limit: int) -> Any:
        """Return the best documents."""
        return self._searcher.search(tree, limit=limit)

    def ids(self, best: Any) -> list[str]:
        """Return their ids."""
        return [hit["id"] for hit in best]

    def count(self, tree: Any) -> int:
        """Return how many match."""
        return sum(1 for _ in self._searcher.docs_for_query(tree))

    def typed(self, question: Question, limit: int) -> list[str]:
        """Return the ids of the best documents with any word of *question*."""
        return self.ids(self.ranked(self.tree(any_word(question)), limit))

    def shown(self, question: Question, limit: int) -> str:
        """Return the hits with Whoosh's highlights."""
        found = self.ranked(self.tree(question), limit)
        return json.dumps([{**hit.fields(), "marked": hit.highlights("body", top=3)} for hit in found])
