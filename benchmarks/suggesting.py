"""
How well and how fast are misspelt queries corrected, and titles offered to who types?

    python benchmarks/suggesting.py ARTICLES OUT

Misspelt: words of titles with one slip each, alone and among the words beside them; the slip, its place and the letter
are drawn alike. A word is drawn as often as titles have it, if ten articles hold it, and what the slip made of it none,
or at most one for fifty of these. Right: the first one to four words of titles, which
need no correction. Titles: typed letter by letter until they are offered among eight; what is offered for each letter
is timed. Those of articles with a date are headlines; those of articles without one may be the entries of a dictionary.
"""

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from time import perf_counter, thread_time
from typing import NamedTuple

from benchmarks import command_line
from benchmarks.engines.telusur import Opened, version
from benchmarks.judged import records
from benchmarks.misspelt import SLIPS, Misspelt, misspelt_of
from benchmarks.questions import SEED
from benchmarks.report import Cell, Run, Table, percentile
from indexer.analysis import Analyzer, folded_words
from indexer.building.reindex import reindex
from indexer.settings import IndexSettings
from search.answers import Answers
from search.questions import Question
from search.suggesting.completing import Kind

_OFFERED = 8
_FILES = ("words", "titles")
_NOTES = (
    "“Right” is the query before its word was misspelt. “Understood” are those without a correction that are read as a "
    "form of the right word. Times are those of `Answers.search` and `Answers.suggest`, in one process. No text is "
    "recorded."
)


class Found(NamedTuple):
    """The query that may have been meant, None where there is none, and the milliseconds of the search."""

    text: str | None
    ms: float


class Typing(NamedTuple):
    """
    A title, after how many of its letters it was offered (None for never), and the milliseconds of each letter.

    *cpu* are those of the processor, which other work on the machine adds nothing to.
    """

    title: str
    letters: int | None
    ms: list[float]
    cpu: list[float]

    def share(self) -> float:
        """Return the share of the letters after which it was offered."""
        return 2.0 if self.letters is None else self.letters / len(self.title)


def main() -> None:
    """Record the run."""
    given = _arguments()
    root = given.out / "telusur"
    if not given.reuse:
        reindex([str(given.articles)], IndexSettings(root, "whoosh", 2, 2), Analyzer())
    answers = Opened(root).answers
    titles = sorted({" ".join(one["title"].split()) for one in records(given.articles, given.count)})
    random = Random(SEED)  # noqa: S311 - repeatable is what is wanted
    misspelt = [
        one for held in (False, True) for one in misspelt_of(titles, answers, random, given.questions, held=held)
    ]
    kept = random.sample(titles, min(given.titles, len(titles)))
    right = [" ".join(title.split()[: random.randint(1, 4)]) for title in kept]
    news, others = _by_date(given.articles, given.count)
    alone = [_corrected(one.typed, answers) for one in misspelt]
    among = [_corrected(one.query(one.typed), answers) for one in misspelt]
    needless = [_corrected(text, answers) for text in right]
    typings = _typings(news, others, answers, random, given.titles)
    with answers.live.open() as index:
        articles = index.engine.articles
    answers.live.close()
    Run(
        name="suggesting",
        question=f"How well are queries corrected and titles offered, over {articles:,} articles?",
        versions={"telusur": version()},
        notes=[_NOTES],
        tables=[
            _corrections(misspelt, alone, among, answers.analyzer),
            _kept(right, needless),
            _offers(typings),
            _times(typings),
            _sizes(root),
        ],
        raw={
            "misspelt": list(map(_raw, misspelt, alone, among)),
            "needless": [
                [len(text.split()), found.text is not None] for text, found in zip(right, needless, strict=True)
            ],
            "typed": {name: [[len(one.title), one.letters, one.cpu] for one in own] for name, own in typings.items()},
        },
    ).record(given.runs)


def _raw(one: Misspelt, alone: Found, among: Found) -> list[Cell | bool]:
    """Return what is recorded of *one* and of what was found for it, by itself and among others."""
    right = (alone.text == one.word, among.text == one.query(one.word))
    return [one.slip, one.is_held, *right, alone.ms, among.ms]


def _arguments() -> Namespace:
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.set_defaults(questions=500)
    parser.add_argument("--titles", type=int, default=1000, help="titles that are typed, and that need no correction")
    parser.add_argument("--reuse", action="store_true", help="take the index that OUT has")
    return parser.parse_args()


def _typings(
    news: Sequence[str], others: Sequence[str], answers: Answers, random: Random, most: int
) -> dict[str, list[Typing]]:
    """Type *most* of the titles of each kind, where there are some."""
    return {
        name: [_typed(title, answers) for title in random.sample(own, min(most, len(own)))]
        for name, own in (("dated", news), ("undated", others))
        if own
    }


def _by_date(articles: Path, count: int | None) -> tuple[list[str], list[str]]:
    """Return the titles of articles with a date, and of those without one, that have a word, each once."""
    found: dict[str, bool] = {}
    for one in records(articles, count):
        if folded_words(one["title"]):
            title = " ".join(one["title"].split())
            found[title] = found.get(title, False) or bool(one["published"])
    return sorted(title for title, dated in found.items() if dated), sorted(
        title for title, dated in found.items() if not dated
    )


def _corrected(text: str, answers: Answers) -> Found:
    """Search for *text*."""
    started = perf_counter()
    answer = answers.search(Question(text=text, page=1, per_page=10))
    assert answer.page.total or not answer.is_corrected, f"{text!r} was answered by what finds nothing"
    return Found(answer.corrected, 1e3 * (perf_counter() - started))


def _typed(title: str, answers: Answers) -> Typing:
    """Type *title* in small letters, letter by letter, until it is offered."""
    ms: list[float] = []
    cpu: list[float] = []
    for length in range(1, len(title) + 1):
        started, worked = perf_counter(), thread_time()
        offered = answers.suggest(title[:length].lower(), _OFFERED)
        ms.append(1e3 * (perf_counter() - started))
        cpu.append(1e3 * (thread_time() - worked))
        assert len(offered) <= _OFFERED
        assert all(one.count for one in offered)
        if any(one.kind is Kind.TITLE and one.marked.text == title for one in offered):
            return Typing(title, length, ms, cpu)
    return Typing(title, None, ms, cpu)


def _corrections(
    misspelt: Sequence[Misspelt], alone: Sequence[Found], among: Sequence[Found], reader: Analyzer
) -> Table:
    groups: list[tuple[str, Callable[[Misspelt], bool]]] = [
        ("held by no article", lambda one: not one.is_held),
        *((f"{slip}, held by none", lambda one, slip=slip: one.slip == slip and not one.is_held) for slip in SLIPS),
        ("held by some", lambda one: one.is_held),
    ]
    rows: list[tuple[Cell, ...]] = []
    for name, is_in in groups:
        for way, found in (("alone", alone), ("between others", among)):
            own = [(one, answer) for one, answer in zip(misspelt, found, strict=True) if is_in(one)]
            if not own:
                continue
            right = sum(answer.text == (one.word if way == "alone" else one.query(one.word)) for one, answer in own)
            none = [one for one, answer in own if answer.text is None]
            read = sum(_is_understood(one, reader) for one in none)
            times = [answer.ms for _, answer in own]
            shares = ((right + read) / len(own), percentile(times, 0.5), percentile(times, 0.95))
            rows.append((name, way, len(own), right, read, len(none) - read, len(own) - right - len(none), *shares))
    columns = ("typed", "asked", "queries", "right", "understood", "none", "wrong", "share right", "p50 ms", "p95 ms")
    return Table("Misspelt words", columns, rows)


def _is_understood(one: Misspelt, analyzer: Analyzer) -> bool:
    return analyzer.read_word(one.typed).stems[0] in analyzer.read_word(one.word).stems


def _kept(right: Sequence[str], found: Sequence[Found]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for count in (1, 2, 3, 4, 0):
        own = [one.text for text, one in zip(right, found, strict=True) if not count or len(text.split()) == count]
        kept = sum(one is None for one in own)
        rows.append((str(count) if count else "all", len(own), kept, kept / max(1, len(own))))
    return Table("Queries that need no correction", ("words", "queries", "left as they are", "share"), rows)


def _offers(typings: Mapping[str, Sequence[Typing]]) -> Table:
    shares = (0.2, 0.3, 0.4, 0.5, 1.0)
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            len(own),
            percentile([len(typing.title) for typing in own], 0.5),
            *(sum(typing.share() <= share for typing in own) / len(own) for share in shares),
        )
        for name, own in typings.items()
    ]
    columns = ("titles", "typed", "letters, p50", *(f"after {share:.0%}" for share in shares))
    return Table("The share of titles that are offered after a share of their letters", columns, rows)


def _times(typings: Mapping[str, Sequence[Typing]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, own in typings.items():
        for clock, times in (
            ("clock", [ms for typing in own for ms in typing.ms]),
            ("processor", [ms for typing in own for ms in typing.cpu]),
        ):
            rows.append((f"{name}, {clock}", len(times), *(percentile(times, share) for share in (0.5, 0.95, 0.99))))
    return Table("The time for a letter, ms", ("titles", "letters", "p50", "p95", "p99"), rows)


def _sizes(root: Path) -> Table:
    def size(pattern: str) -> int:
        return sum(path.stat().st_size for path in root.glob(f"generations/*/engine/{pattern}"))

    rows: list[tuple[Cell, ...]] = [(name, size(f"*.{name}") / 1e6) for name in _FILES]
    return Table("What it takes of the index", ("file", "MB"), [*rows, ("whole index", size("*") / 1e6)])


if __name__ == "__main__":
    main()
