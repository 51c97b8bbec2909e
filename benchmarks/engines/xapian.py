"""Xapian, by the Python bindings of the system: Snowball's Indonesian stemmer."""

import json
from pathlib import Path
from typing import Any

import xapian

from benchmarks.corpus import rows
from benchmarks.engines import any_word
from benchmarks.questions import Question


def version() -> str:
    """Return Xapian's version."""
    return str(xapian.version_string())


def build(table: Path, folder: Path, jobs: int) -> int:
    """Index the articles of *table*."""
    assert jobs == 1
    database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OVERWRITE)
    terms = xapian.TermGenerator()
    terms.set_stemmer(xapian.Stem("indonesian"))
    for article in rows(table):
        document = xapian.Document()
        terms.set_document(document)
        terms.index_text(article.title, 2)
        terms.increase_termpos()
        terms.index_text(article.body)
        document.set_data("\n".join(article))
        document.add_boolean_term("Q" + article.id)
        database.add_document(document)
    database.commit()
    return int(database.get_doccount())


class Opened:
    """A database; implements `benchmarks.engines.Index`."""

    def __init__(self, folder: Path) -> None:
        """Open the database in *folder*."""
        self._database = xapian.Database(str(folder))
        self._stemmer = xapian.Stem("indonesian")
        self._parser = xapian.QueryParser()
        self._parser.set_stemmer(self._stemmer)
        self._parser.set_database(self._database)
        self._parser.set_stemming_strategy(self._parser.STEM_SOME)

    def tree(self, question: Question) -> Any:
        """Return the query as Xapian's parser makes it."""
        self._parser.set_default_op(xapian.Query.OP_AND if question.kind == "and" else xapian.Query.OP_OR)
        flags = xapian.QueryParser.FLAG_PHRASE
        if question.kind == "prefix":
            return self._parser.parse_query(question.text + "*", flags | xapian.QueryParser.FLAG_WILDCARD)
        return self._parser.parse_query(f'"{question.text}"' if question.kind == "phrase" else question.text, flags)

    def ranked(self, tree: Any, limit: int) -> Any:
        """Return the best documents."""
        return self._found(tree, limit)

    def ids(self, best: Any) -> list[str]:
        """Return the ids from the documents' data."""
        return [match.document.get_data().split(b"\n", 1)[0].decode() for match in best]

    def count(self, tree: Any) -> int:
        """Return how many match."""
        everything = self._database.get_doccount()
        return int(self._found(tree, 0, everything).get_matches_lower_bound())

    def typed(self, question: Question, limit: int) -> list[str]:
        """Return the ids of the best documents with any word of *question*."""
        return self.ids(self.ranked(self.tree(any_word(question)), limit))

    def shown(self, question: Question, limit: int) -> str:
        """Return the documents with Xapian's snippets."""
        found = self.ranked(self.tree(question), limit)
        texts = [match.document.get_data().decode() for match in found]
        marked = [found.snippet(text, 300, self._stemmer).decode() for text in texts]
        return json.dumps([{"text": text, "marked": snippet} for text, snippet in zip(texts, marked, strict=True)])

    def _found(self, tree: Any, limit: int, checked: int = 0) -> Any:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(tree)
        return enquire.get_mset(0, limit, checked)
