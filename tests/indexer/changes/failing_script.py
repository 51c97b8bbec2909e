"""A program: changes, merges, a reindex, a rollback, with one failure each time; prints what was lost, if anything."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from indexer import settings
from indexer.analysis import Analyzer
from indexer.building.reindex import reindex
from indexer.changes.applying import Applier
from indexer.changes.queue import ChangeQueue
from indexer.engines import open_inspector
from indexer.engines.whoosh import merge_policy
from indexer.errors import IndexerError
from indexer.generations import find, live_name
from indexer.settings import IndexSettings
from indexer.upkeep.rollback import roll_back
from indexer.upkeep.verification import verify
from search.engines import open_engine
from search.query import Query, Term
from search.tuning import Ranking
from tests.building import article, publish, record
from tests.failing import NONE, Control, Failure, failures, in_child

TRIES = 4
STEPS = [
    [("1", "satu"), ("4", "satu")],
    [("2", None), ("1", "dua")],
    [("5", "satu")],
    [("4", None), ("6", "satu"), ("5", "dua")],
    [("2", "tiga")],
]
START = {"1": "awal", "2": "awal", "3": "awal"}
END = {"1": "dua", "2": "tiga", "3": "awal", "5": "dua", "6": "satu"}
NAMES = dict(zip("123456", "alfa bravo delta lima papa tango".split(), strict=True))
ANALYZER = Analyzer()
RANKING = settings.section(settings.load(environment={}), "ranking", Ranking)


def version(name, word):
    return article(name, body=f"Ini versi {word} dari artikel {NAMES[name]}.")


def insisted(control: Control, action: Callable[[], object]) -> None:
    """Do *action*, again when it fails; from the second failure on the disk has room."""
    for number in range(TRIES):
        try:
            action()
        except (IndexerError, OSError):
            if number == TRIES - 1:
                raise
            if number:
                control.enlarge()
        else:
            return


def script(index: IndexSettings, control: Control, failure: Failure) -> int:
    """Change the index in all ways, with *failure*; see that nothing is lost by it; return how many calls that took."""
    first = live_name(index.path)
    source = str(index.path.parent / "articles.jsonl")
    with Applier(index.path, ANALYZER) as applier:
        control.set(failure)
        for number, step in enumerate(STEPS):
            changes = [(name, word and record(version(name, word))) for name, word in step]
            insisted(control, lambda: ChangeQueue(index.path).add(changes))  # noqa: B023 - done at once
            insisted(control, applier.apply)
            insisted(control, applier.tidy)
            if number == len(STEPS) - 2:
                insisted(control, lambda: reindex([source], index, ANALYZER))
    insisted(control, lambda: roll_back(index.path, ANALYZER, first))
    calls = control.calls
    control.set(NONE)
    see(index)
    return calls


def see(index: IndexSettings) -> None:
    """Raise an error unless the index holds each article once, found by each of its words, and is whole."""
    with Applier(index.path, ANALYZER) as applier:
        applier.apply()
        applier.tidy()
    live = find(index.path, live_name(index.path))
    inspector = open_inspector(live.manifest.engine, live.engine_folder)
    assert inspector.articles == len(END), inspector.articles
    engine = open_engine(live, RANKING)
    for name, word in END.items():
        (found,) = inspector.articles_of(name)
        assert found == version(name, word), found
        assert ids(engine, NAMES[name]) == [name]
    for word in ("awal", "satu", "dua", "tiga"):
        assert ids(engine, word) == sorted(name for name, own in END.items() if own == word), word
    assert ids(engine, "versi") == sorted(END)
    findings = verify(index.path, ANALYZER, 100).findings
    assert not findings, findings


def ids(engine, word: str) -> list[str]:
    page = engine.search(Query(Term("exact", word)), offset=0, limit=100)
    assert page.total == len(page.hits)
    return sorted(hit.article.id for hit in page.hits)


def main(folder: Path, every: int) -> None:
    """Run the script once for the number of its calls, and then with a failure at one of *every* so many of them."""
    merge_policy.SMALL = 1  # so that merges of both sizes come
    index = IndexSettings(folder / "index", "whoosh", 3, 1)
    publish(index, *(version(name, word) for name, word in START.items()))
    os.utime(folder / "articles.jsonl", (1, 1))  # all changes are newer
    shutil.copytree(index.path, folder / "kept")
    control = Control(folder / "control", index.path)
    for failure in failures(script(index, control, NONE), every):
        shutil.rmtree(index.path)
        shutil.copytree(folder / "kept", index.path)
        said = in_child(lambda: script(index, control, failure))  # noqa: B023 - done at once
        sys.stdout.write(json.dumps({**asdict(failure), "said": said}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
