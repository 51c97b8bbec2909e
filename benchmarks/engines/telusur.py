"""Telusur itself: built by the whole of `reindex`, asked through its engine, shown as the service shows it."""

import json
import sys
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from whoosh import versionstring

from benchmarks.questions import Question
from indexer import generations, schema, settings
from indexer.analysis import Analyzer
from indexer.settings import IndexSettings
from search.answers import Answers
from search.commands.opening import reader
from search.documents import answer_document
from search.engines import open_engine
from search.engines.whoosh import engine as _engine  # noqa: F401 - else its imports would count as opening the index
from search.live import LiveIndex
from search.query import Moment, Newness, Node, Query, in_time, parse, times_of
from search.questions import Mode
from search.questions import Question as Asked
from search.tuning import Highlighting, Ranking

PROGRAM = (sys.executable, "-m", "search")
"""The command `telusur` of this version."""

_WRITTEN = {"phrase": '"{}"', "prefix": "{}*"}
_ANY = ("or", "term")


def version() -> str:
    """Return the versions of what Telusur is made of, and its own."""
    return f"{version_of('telusur')} (whoosh {versionstring()}, numpy {version_of('numpy')})"


def build(table: Path, folder: Path, jobs: int) -> int:
    """Index the articles beside *table*, by *jobs* processes, as `telusur reindex` does."""
    from indexer.building.reindex import reindex  # noqa: PLC0415 - else it would count as imported for a question

    document = settings.load(environment={"TELUSUR_INDEX_PATH": str(folder), "TELUSUR_INDEX_JOBS": str(jobs)})
    index = settings.section(document, "index", IndexSettings)
    return reindex([str(table.with_suffix(".jsonl"))], index, Analyzer()).generation.manifest.articles


def tree_of(question: Question, analyzer: Analyzer) -> Node:
    """Return the tree of *question* as the parser makes it: small letters, so that no word is an operator."""
    text = _WRITTEN.get(question.kind, "{}").format(question.text.lower())
    return parse(text, analyzer, require_all=question.kind not in _ANY)


class Opened:
    """The live generation; implements `benchmarks.engines.Index`."""

    def __init__(self, folder: Path) -> None:
        """Open the index at *folder*."""
        self._root = folder
        self._settings = settings.load(environment={})
        self._analyzer = reader(self._settings, folder)
        self._ranking = settings.section(self._settings, "ranking", Ranking)
        generation = generations.live(folder, schema.fingerprint(self._analyzer))
        self._engine: Any = open_engine(generation, self._ranking)
        self._answers: Answers | None = None

    def tree(self, question: Question) -> Query:
        """Return the query."""
        return Query(tree_of(question, self._analyzer), collapse=False)

    def ranked(self, tree: Query, limit: int) -> Any:
        """Return the best documents; the total is counted too."""
        return self._engine.ranked(tree, offset=0, limit=limit)[1]

    def ids(self, best: Any) -> list[str]:
        """Return their ids."""
        return [found.id for found in best]

    def count(self, tree: Query) -> int:
        """Return the total."""
        return int(self._engine.ranked(tree, offset=0, limit=1)[0])

    def shown(self, question: Question, limit: int) -> str:
        """Return the answer as the service gives it."""
        return json.dumps(answer_document(self.answers.search(asked(question, limit))), ensure_ascii=False)

    def typed(self, question: Question, limit: int) -> list[str]:
        """Return the ids of the best articles; the kind of *question* is the mode."""
        return list(self.answers.ids(Asked(text=question.text, page=1, per_page=limit, mode=Mode(question.kind))))

    def served_tree(self, question: Question) -> Node:
        """Return the tree that the service makes of *question*: with short forms, other spellings and words of time."""
        wanted = asked(question, 1)
        with self.answers.live.open() as index:
            newness = Newness(self._ranking.recency, self._ranking.recency_days)
            times = times_of(wanted.text, Moment(datetime.now(UTC), index.engine.newest), newness)
            parsed = partial(parse, analyzer=self._analyzer, expansions=index.expansions, vocabulary=index.engine)
            is_any = wanted.mode is Mode.ANY
            return in_time(times, parsed, require_all=not is_any, is_time_enough=is_any)

    @property
    def answers(self) -> Answers:
        """What answers questions with marks."""
        if self._answers is None:
            highlighting = settings.section(self._settings, "highlight", Highlighting)
            self._answers = Answers(LiveIndex(self._root, self._ranking, self._analyzer), highlighting)
        return self._answers


def asked(question: Question, limit: int, *, highlight: bool = True) -> Asked:
    """Return *question* as it is asked over HTTP: for all articles, as the peers collapse none."""
    text = _WRITTEN.get(question.kind, "{}").format(question.text.lower())
    mode = Mode.ANY if question.kind in _ANY else Mode.ALL
    return Asked(text=text, page=1, per_page=limit, mode=mode, highlight=highlight, collapse=False)
