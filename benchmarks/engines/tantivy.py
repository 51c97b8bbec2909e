"""tantivy, by its Python package: its default tokenizer, no stemming, the title counting twice."""

import json
import re
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from benchmarks.corpus import rows
from benchmarks.engines import any_word
from benchmarks.engines.served import Hit, Page
from benchmarks.questions import Question

_HEAP = 1_000_000_000
_LENGTH = 240
"""Characters of a passage at most, as Telusur shows them."""


def version() -> str:
    """Return the version of the Python package."""
    return version_of("tantivy")


def build(table: Path, folder: Path, jobs: int) -> int:
    """Index the articles of *table* by *jobs* threads."""
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=_HEAP, num_threads=jobs)
    for document in rows(table):
        writer.add_document(tantivy.Document(**document._asdict()))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return int(index.searcher().num_docs)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", stored=True)
    builder.add_text_field("body", stored=True)
    return builder.build()


class Opened:
    """A searcher; implements `benchmarks.engines.Index`."""

    def __init__(self, folder: Path) -> None:
        """Open the index in *folder*."""
        index = tantivy.Index.open(str(folder))
        self._schema, self._searcher = index.schema, index.searcher()

    def tree(self, question: Question) -> Any:
        """Return the query: words in title, which counts twice, or body; phrases and prefixes in the body."""
        words = question.words
        if question.kind == "prefix":
            return Query.regex_query(self._schema, "body", re.escape(words[0]) + ".*")
        if question.kind == "phrase":
            return Query.phrase_query(self._schema, "body", words) if len(words) > 1 else self._term("body", words[0])
        occurring = Occur.Must if question.kind == "and" else Occur.Should
        return Query.boolean_query([(occurring, self._word(word)) for word in words])

    def _word(self, word: str) -> Any:
        title = Query.boost_query(self._term("title", word), 2.0)
        return Query.boolean_query([(Occur.Should, title), (Occur.Should, self._term("body", word))])

    def _term(self, field: str, word: str) -> Any:
        return Query.term_query(self._schema, field, word)

    def ranked(self, tree: Any, limit: int) -> Any:
        """Return the addresses of the best documents; the total is counted too, as by default."""
        return self._searcher.search(tree, limit).hits

    def ids(self, best: Any) -> list[str]:
        """Return the ids from the stored documents."""
        return [self._searcher.doc(address)["id"][0] for _, address in best]

    def count(self, tree: Any) -> int:
        """Return the total."""
        return int(self._searcher.search(tree, 1).count)

    def typed(self, question: Question, limit: int) -> list[str]:
        """Return the ids of the best documents with any word of *question*."""
        return self.ids(self.ranked(self.tree(any_word(question)), limit))

    def shown(self, question: Question, limit: int) -> str:
        """Return the documents with tantivy's snippets."""
        tree = self.tree(question)
        snippets = tantivy.SnippetGenerator.create(self._searcher, tree, self._schema, "body")
        found = [self._searcher.doc(address) for _, address in self.ranked(tree, limit)]
        return json.dumps([{**doc.to_dict(), "marked": snippets.snippet_from_doc(doc).to_html()} for doc in found])

    def page(self, question: Question, limit: int) -> Page:
        """Return titles and snippets of the best articles, and how many there are."""
        tree = self.tree(question)
        titles, bodies = (
            tantivy.SnippetGenerator.create(self._searcher, tree, self._schema, field) for field in ("title", "body")
        )
        bodies.set_max_num_chars(_LENGTH)
        found = self._searcher.search(tree, limit)
        hits = []
        for _, address in found.hits:
            doc = self._searcher.doc(address)
            title = titles.snippet_from_doc(doc).to_html() or doc["title"][0]  # without a match there is no snippet
            hits.append(Hit(id=doc["id"][0], title=title, body=bodies.snippet_from_doc(doc).to_html()))
        return {"total": found.count, "hits": hits}
