"""SQLite's FTS5: its default tokenizer, no stemming, the title counting twice."""

import json
import sqlite3
from pathlib import Path

from benchmarks.corpus import rows
from benchmarks.engines import any_word
from benchmarks.engines.served import Hit, Page
from benchmarks.questions import Question

_FILE = "articles.db"
_RANKED = "select {} from articles where articles match ? order by bm25(articles, 0, 2, 1) limit ?"
_MARKED = "id, title, body, snippet(articles, 2, '<mark>', '</mark>', '…', 40)"
_PAGE = "id, highlight(articles, 1, '<mark>', '</mark>'), snippet(articles, 2, '<mark>', '</mark>', '…', 40)"


_TOKENIZER = "unicode61 remove_diacritics 2"  # 1, the default, leaves letters with two marks as they are


def version() -> str:
    """Return SQLite's version."""
    return sqlite3.sqlite_version


def build(table: Path, folder: Path, jobs: int) -> int:
    """Index the articles of *table*."""
    assert jobs == 1
    database = sqlite3.connect(folder / _FILE)
    database.execute(f"create virtual table articles using fts5(id unindexed, title, body, tokenize='{_TOKENIZER}')")
    database.executemany("insert into articles values (?, ?, ?)", rows(table))
    database.commit()
    database.execute("insert into articles(articles) values ('optimize')")
    database.commit()
    return int(database.execute("select count(*) from articles").fetchone()[0])


class Opened:
    """A connection; implements `benchmarks.engines.Index`."""

    def __init__(self, folder: Path) -> None:
        """Open the database in *folder*."""
        self._database = sqlite3.connect(folder / _FILE)

    def tree(self, question: Question) -> str:
        """Return the query in FTS5's syntax."""
        quoted = [f'"{word}"' for word in question.text.split()]
        match question.kind:
            case "phrase":
                return f'"{question.text}"'
            case "prefix":
                return f"{quoted[0]}*"
            case "and":
                return " ".join(quoted)
        return " OR ".join(quoted)

    def ranked(self, tree: str, limit: int) -> list[tuple[str]]:
        """Return the best rows; a row has nothing but its id."""
        return self._database.execute(_RANKED.format("id"), (tree, limit)).fetchall()

    def ids(self, best: list[tuple[str]]) -> list[str]:
        """Return their ids."""
        return [row[0] for row in best]

    def count(self, tree: str) -> int:
        """Return how many match."""
        counted = self._database.execute("select count(*) from articles where articles match ?", (tree,))
        return int(counted.fetchone()[0])

    def typed(self, question: Question, limit: int) -> list[str]:
        """Return the ids of the best documents with any word of *question*."""
        return self.ids(self.ranked(self.tree(any_word(question)), limit))

    def shown(self, question: Question, limit: int) -> str:
        """Return the rows with FTS5's snippets."""
        return json.dumps(self._database.execute(_RANKED.format(_MARKED), (self.tree(question), limit)).fetchall())

    def page(self, question: Question, limit: int) -> Page:
        """
        Return titles and snippets of the best articles, and how many there are.

        FTS5's own ``order by rank`` takes a quarter to a half longer than its function does.
        """
        tree = self.tree(question)
        found = self._database.execute(_RANKED.format(_PAGE), (tree, limit)).fetchall()
        return {"total": self.count(tree), "hits": [Hit(id=key, title=title, body=body) for key, title, body in found]}
