"""
How well and how fast is a text's language told: by its words and langdetect, beside langdetect alone.

    python benchmarks/languages.py ARTICLES TEXTS…

ARTICLES, as JSON Lines, are Indonesian. TEXTS are tables whose lines are a language (by name or code), anything, and a
text, between tabs, below a line of headings. Each text is told alone, and five together as an article. In no row may
fewer be right than with langdetect alone, or more be wrong; only then is the time of both told.
"""

import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.command_line import RUNS
from benchmarks.corpus import documents
from benchmarks.report import Cell, Run, Table
from indexer.article import UNKNOWN
from indexer.language import READ, detected, language
from indexer.telling_words import told

CODES = {"indonesian": "id", "english": "en", "malay": "ms", "javanese": "jv", "sundanese": "su"}
"""The codes of languages that are given by name. One that is not here has no answer that is right."""

_TOGETHER = 5
_COLUMNS = ("language", "texts", "by words", "right, langdetect", "right", "wrong, langdetect", "wrong", "told as `id`")
_NOTES = (
    "“By words” are those that langdetect is not asked about. Wrong is a language that is not the text's; `unknown` is "
    "none. A language with no ISO 639-1 code has no right answer. “Told as `id`” is langdetect's, then ours."
)


class Told(NamedTuple):
    """What a text was told as: by both, by langdetect alone, by its words alone."""

    ours: str
    alone: str
    words: str


class Tally(NamedTuple):
    """What the texts of a row were told as, and what is right."""

    name: str
    code: str
    answers: list[Told]

    def right(self) -> tuple[int, int]:
        """Return how many langdetect alone has right, and how many we."""
        return self.named(self.code)

    def wrong(self) -> tuple[int, int]:
        """Return how many langdetect alone takes for another language, and how many we."""
        meant = {self.code, UNKNOWN}
        return sum(one.alone not in meant for one in self.answers), sum(one.ours not in meant for one in self.answers)

    def named(self, code: str) -> tuple[int, int]:
        """Return how many langdetect alone takes for the language *code*, and how many we."""
        return sum(one.alone == code for one in self.answers), sum(one.ours == code for one in self.answers)

    def checked(self) -> "Tally":
        """Return this; an error if langdetect alone does better."""
        (alone, ours), (alone_wrong, ours_wrong) = self.right(), self.wrong()
        assert ours >= alone, f"{self.name}: {ours} right, with langdetect alone {alone}"
        assert ours_wrong <= alone_wrong, f"{self.name}: {ours_wrong} wrong, with langdetect alone {alone_wrong}"
        return self

    def row(self) -> tuple[Cell, ...]:
        """Return the row of the report."""
        right: tuple[Cell, Cell] = self.right() if self.code else (None, None)
        told_as_id = " → ".join(f"{count:,}" for count in self.named("id"))
        by_words = sum(bool(one.words) for one in self.answers)
        return (self.name, len(self.answers), by_words, *right, *self.wrong(), told_as_id)


def labelled(paths: list[Path]) -> dict[str, list[str]]:
    """Return the texts of the tables *paths* by language."""
    found: dict[str, list[str]] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            name, _, text = line.split("\t")
            found.setdefault(name, []).append(text)
    return found


def together(texts: list[str]) -> list[str]:
    """Return *texts*, so many of them made one."""
    return [" ".join(texts[place : place + _TOGETHER]) for place in range(0, len(texts), _TOGETHER)]


def answered(name: str, code: str, texts: list[str]) -> Tally:
    """Return what *texts* are told as."""
    return Tally(name, code, [Told(language(text), detected(text), told(text[:READ])) for text in texts])


def rate(tell: Callable[[str], str], texts: list[str], expected: list[str]) -> float:
    """Return how many of *texts* are told in a second of the processor; the answers must be those *expected*."""
    started = time.process_time()
    found = [tell(text) for text in texts]
    seconds = time.process_time() - started
    assert found == expected, "a text is told in another way than before"
    return len(texts) / seconds


def main() -> None:
    """Record the run."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="Indonesian articles, as JSON Lines (.jsonl, .jsonl.gz)")
    parser.add_argument("texts", type=Path, nargs="*", help="tables of texts in several languages")
    parser.add_argument("--articles", dest="count", type=int, help="how many articles, all if not given")
    parser.add_argument("--runs", type=Path, default=RUNS, help="the folder that the run is recorded in")
    given = parser.parse_args()
    articles = [f"{one.title}\n{one.body}" for one in islice(documents(given.articles), given.count)]
    assert articles, f"{given.articles} holds no articles"
    texts = labelled(given.texts)
    named = {name: CODES.get(name, name if len(name) == 2 else "") for name in sorted(texts)}
    told_articles = answered("articles", "id", articles).checked()
    single = [answered(name, code, texts[name]).checked() for name, code in named.items()]
    joined = [answered(name, code, together(texts[name])).checked() for name, code in named.items()]
    alone = rate(detected, articles, [one.alone for one in told_articles.answers])
    ours = rate(language, articles, [one.ours for one in told_articles.answers])
    _recorded(given.runs, [told_articles, *single], joined, (alone, ours))


def _recorded(folder: Path, single: list[Tally], joined: list[Tally], rates: tuple[float, float]) -> None:
    alone, ours = rates
    Run(
        name="languages",
        question="How well and how fast is the language of a text told?",
        versions={"langdetect": version("langdetect")},
        notes=[_NOTES],
        tables=[
            Table("Articles, and texts of one or two sentences", _COLUMNS, [one.row() for one in single]),
            Table("Five texts together", _COLUMNS, [one.row() for one in joined]),
            Table(
                "Articles told in a second of the processor",
                ("articles", "langdetect alone", "words, then langdetect", "times"),
                [(len(single[0].answers), alone, ours, ours / alone)],
            ),
        ],
        raw={"rates": {"langdetect": alone, "ours": ours}},
    ).record(folder)


if __name__ == "__main__":
    main()
