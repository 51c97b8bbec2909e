"""
How well are the articles of one release found, and what does a search that shows one of them cost?

    python benchmarks/syndication.py ARTICLES OUT

Edited copies: of 1,000 articles 300 are copied, each with another lead and byline, its end cut off, and set phrases of
another portal within and after it, as they are titled and with other headlines; indexed at once, and put in as live
changes. Then all articles are indexed as they are. With ``--show 50`` so many of their groups are printed, to be judged
by reading.
"""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from shutil import rmtree
from time import perf_counter
from typing import NamedTuple

from benchmarks import command_line
from benchmarks.corpus import Document
from benchmarks.edited_copies import Edited, edited
from benchmarks.engines.telusur import Opened, version
from benchmarks.questions import SEED, questions
from benchmarks.report import Cell, Run, Table, percentile
from indexer import settings
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.building.reindex import reindex
from indexer.engines import open_updater, open_writer
from indexer.reading.batches import checked
from indexer.settings import IndexSettings
from indexer.sources import read
from search.engines import Engine
from search.engines.whoosh.engine import WhooshEngine
from search.query import Everything, Query, Sort
from search.tuning import Ranking

_BATCH = 50  # copies of a live change
_ROUNDS = 5
_LONGEST = 110  # characters of a text that is shown
_NOTES = (
    "“Wrongly” are articles in a group of several releases; which originals are one release is taken from how they are "
    "grouped alone. "
    "Times are those of the engine alone, in one process, each the best of five. No text is recorded."
)

Groups = list[tuple[str, ...]]
"""The ids of the articles of each group, the one that is shown first."""


class Found(NamedTuple):
    """Of some *copies* and what they were made of how many are grouped with it, and how many articles wrongly."""

    name: str
    articles: int
    copies: int
    grouped: int
    wrong: int


class Cost(NamedTuple):
    """The milliseconds of a kind of questions, each with one article of a release, and with all."""

    kind: str
    collapsed: list[float]
    every: list[float]


def main() -> None:
    """Record the run."""
    given = _arguments()
    articles = list(_articles(given.articles, given.count))
    dated = [one for one in articles if one.published]
    sets = (("dated", dated), ("all", articles))
    found = [one for name, own in sets for retitled in (False, True) for one in _found(name, own, retitled, given)]
    root = given.out / "telusur"
    if not given.reuse:
        reindex([str(given.articles)], IndexSettings(root, "whoosh", 2, 2), Analyzer())
    opened = Opened(root)
    with opened.answers.live.open() as index:
        started = perf_counter()
        index.engine.count(Query(Everything()))
        opening = perf_counter() - started
        groups = _groups(index.engine)
        costs = _costs(opened, index.engine, articles, given.questions)
    _show(groups, {one.id: one for one in articles}, given.show)
    Run(
        name="syndication",
        question=f"How well are the articles of one release found, among {len(articles):,} articles?",
        versions={"telusur": version()},
        notes=[_NOTES],
        tables=[_copies_table(found), _groups_table(groups, opening), _costs_table(costs)],
        raw={"groups": [len(group) for group in groups], "costs": costs},
    ).record(given.runs)


def _arguments() -> Namespace:
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.add_argument("--originals", type=int, default=1000, help="articles, some of which are copied")
    parser.add_argument("--copies", type=int, default=300, help="articles that are copied")
    parser.add_argument("--show", type=int, default=0, help="groups that are printed, to be judged")
    parser.add_argument("--reuse", action="store_true", help="take the index that OUT has")
    return parser.parse_args()


def _articles(path: Path, count: int | None) -> Iterator[Article]:
    return (one for item in islice(read(str(path)), count) if isinstance(one := checked(item), Article))


def _found(name: str, articles: Sequence[Article], retitled: bool, given: Namespace) -> list[Found]:  # noqa: FBT001
    """Return what is found of edited copies of some of *articles*, indexed at once and by live changes."""
    random = Random(SEED)  # noqa: S311 - repeatable is what is wanted
    originals = random.sample(articles, min(given.originals, len(articles)))
    copies = edited(random.sample(originals, min(given.copies, len(originals))), random, retitled=retitled)
    put = [one.copy for one in copies]
    batches = [put[start : start + _BATCH] for start in range(0, len(put), _BATCH)]
    folder = given.out / "copies"
    alone = {one: group[0] for group in _groups_of(originals, [], folder) for one in group}
    releases = {one.id: alone.get(one.id, one.id) for one in originals}
    releases |= {one.copy.id: releases[one.origin] for one in copies}
    return [
        _counted(f"{name}{', retitled' if retitled else ''}, {way}", releases, copies, _groups_of(first, later, folder))
        for way, first, later in (("at once", [*originals, *put], []), ("live changes", originals, batches))
    ]


def _groups_of(first: Sequence[Article], later: Sequence[Sequence[Article]], folder: Path) -> Groups:
    """Return the groups of an index of what comes *first*, and of what is put in *later*, batch by batch."""
    rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    analyzer, ranking = Analyzer(), settings.section(settings.load(environment={}), "ranking", Ranking)
    writer = open_writer("whoosh", folder, analyzer)
    for article in first:
        writer.add(article)
    writer.finish()
    updater = open_updater("whoosh", folder, analyzer)
    for number, batch in enumerate(later, 1):
        updater.apply(batch, (), number)
    engine = WhooshEngine(folder, ranking)
    groups = _groups(engine)
    engine.close()
    return groups


def _groups(engine: Engine) -> Groups:
    hits = engine.search(Query(Everything(), sort=Sort.NEWEST), offset=0, limit=engine.articles).hits
    shown = [hit for hit in hits if hit.duplicates]
    others = (engine.duplicates(hit.article.id, limit=hit.duplicates).hits for hit in shown)
    return [(hit.article.id, *(one.article.id for one in own)) for hit, own in zip(shown, others, strict=True)]


def _counted(name: str, releases: Mapping[str, str], copies: Sequence[Edited], groups: Groups) -> Found:
    number = {article: place for place, group in enumerate(groups) for article in group}
    grouped = sum(one.copy.id in number and number[one.copy.id] == number.get(one.origin) for one in copies)
    told = [Counter(releases[article] for article in group) for group in groups]
    wrong = sum(own.total() for own in told if len(own) > 1)
    return Found(name, len(releases), len(copies), grouped, wrong)


def _costs(opened: Opened, engine: Engine, articles: Sequence[Article], total: int) -> list[Cost]:
    """Return what *total* questions made of *articles* take."""
    documents = (Document(one.id, one.title, one.body) for one in articles)
    asked = questions(documents, len(articles), total=total)
    costs = {kind: Cost(kind, [], []) for kind in dict.fromkeys(question.kind for question in asked)}
    for question in asked:
        tree = opened.tree(question).tree
        costs[question.kind].collapsed.append(_milliseconds(engine, Query(tree)))
        costs[question.kind].every.append(_milliseconds(engine, Query(tree, collapse=False)))
    return list(costs.values())


def _milliseconds(engine: Engine, query: Query) -> float:
    taken = []
    for _ in range(_ROUNDS):
        started = perf_counter()
        engine.ids(query, offset=0, limit=10)
        taken.append(perf_counter() - started)
    return 1e3 * min(taken)


def _show(groups: Groups, articles: Mapping[str, Article], count: int) -> None:
    """Print *count* of *groups*, for somebody to judge."""
    random = Random(SEED)  # noqa: S311 - repeatable is what is wanted
    for number, group in enumerate(random.sample(groups, min(count, len(groups))), 1):
        print(f"{number}.")
        for one in map(articles.__getitem__, group):
            body = " ".join(one.body.split())
            print(f"   {one.source} · {one.published or ''} · {one.title}\n      {body[:_LONGEST]}")


def _copies_table(found: Sequence[Found]) -> Table:
    columns = ("articles", "all", "copies", "grouped", "grouped %", "wrongly", "wrongly %")
    rows: list[tuple[Cell, ...]] = [
        (
            one.name,
            one.articles,
            one.copies,
            one.grouped,
            100 * one.grouped / one.copies,
            one.wrong,
            100 * one.wrong / one.articles,
        )
        for one in found
    ]
    return Table("Edited copies", columns, rows)


def _groups_table(groups: Groups, opening: float) -> Table:
    columns = ("groups", "articles in them", "largest", "made in ms")
    sizes = [len(group) for group in groups]
    return Table("All articles as they are", columns, [(len(groups), sum(sizes), max(sizes, default=0), 1e3 * opening)])


def _costs_table(costs: Sequence[Cost]) -> Table:
    columns = ("kind", "questions", "p50 ms", "p50 ms, all", "p95 ms", "p95 ms, all")
    rows: list[tuple[Cell, ...]] = [
        (
            one.kind,
            len(one.every),
            *(percentile(times, share) for share in (0.5, 0.95) for times in (one.collapsed, one.every)),
        )
        for one in costs
    ]
    return Table("The ten best, of each release one article, and all of them", columns, rows)


if __name__ == "__main__":
    main()
