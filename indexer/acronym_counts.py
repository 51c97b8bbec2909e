"""
Counts the acronyms that articles define, while they are indexed, and says which are kept.

Most of what articles define is of no use to a reader: a short form that one article makes up, a long form with a
typing error, the words that happen to stand before a bracket. Only what the articles say clearly is kept.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from math import isqrt
from pathlib import Path

from indexer.acronyms import FILE, Acronym, line
from indexer.analysis import Analyzer, read_short_form
from indexer.analysis.definitions import definitions
from indexer.article import Article
from indexer.durable import named

_ENOUGH_LOOSE = 2  # articles more that a pair needs whose letters do not fit strictly
_SHARE = 0.3  # of all that define a short form, those that mean this long form
_MOST = 2  # long forms of one short form
_ALIKE = 0.9  # of their letters that two long forms have in common, in order
_ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


class AcronymCounts:
    """
    Counts definitions article by article: how many *articles* have each pair, and which pairs fit strictly.
    """

    def __init__(self) -> None:
        """Start with none."""
        self.articles: dict[tuple[str, str], int] = defaultdict(int)
        self.strict: set[tuple[str, str]] = set()

    def add(self, article: Article) -> None:
        """Count what *article* defines, each pair once."""
        found = list(definitions(article.body)) if "(" in article.body else []
        self.strict |= {(short, long) for short, long, is_strict in found if is_strict}
        for pair in {(short, long) for short, long, _ in found}:
            self.articles[pair] += 1

    def merge(self, other: "AcronymCounts") -> None:
        """Count what *other* has counted in other articles."""
        self.strict |= other.strict
        for pair, count in other.articles.items():
            self.articles[pair] += count

    def clear(self, articles: int) -> Iterator[Acronym]:
        """
        Yield what is said clearly in an index of so many *articles*, ordered by short form.

        Long forms that differ by a typing error are one. A pair needs the more articles the more there are, and a
        share of all that define its short form; a short form has two long forms at most, and is no Roman figure.
        """
        longs: dict[str, dict[str, int]] = defaultdict(dict)
        for (short, long), count in self.articles.items():
            longs[short][long] = count
        for short, counted in sorted(longs.items()):
            if not _ROMAN.fullmatch(short.upper()):
                yield from self._clear(short, _without_errors(counted), articles)

    def _clear(self, short: str, counted: dict[str, int], articles: int) -> Iterator[Acronym]:
        total = sum(counted.values())
        ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        for long, count in ranked[:_MOST]:
            needed = enough(articles) + (0 if (short, long) in self.strict else _ENOUGH_LOOSE)
            if count >= needed and count >= _SHARE * total:
                yield Acronym(short, long, count)

    def save(self, folder: Path, articles: int, analyzer: Analyzer) -> None:
        """Write what is said clearly into the generation in *folder*, which has so many *articles*."""
        lines = (_line(acronym, analyzer) for acronym in self.clear(articles))
        with named(folder / FILE):
            (folder / FILE).write_text("".join(lines), encoding="utf-8")


def _without_errors(counted: Mapping[str, int]) -> dict[str, int]:
    """Return the long forms in *counted* with those that differ by a typing error counted as the commonest of them."""
    found: dict[str, int] = {}
    for long, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        same = next((other for other in found if _are_alike(other, long)), long)
        found[same] = found.get(same, 0) + count
    return found


def _are_alike(long: str, other: str) -> bool:
    """
    Say whether *other* is *long* with a typing error, words run together, or a word too many before it.

    >>> _are_alike("badan pusat statistik", "badan pusat satistik"), _are_alike("badan pusat statistik", "biro pusat")
    (True, False)
    """
    one, two = ("".join(filter(str.isalpha, text)) for text in (long, other))
    if two.endswith(one):
        return True
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def enough(articles: int) -> int:
    """
    Return how many of *articles* must define a short form alike.

    >>> enough(60), enough(33_518), enough(1_000_000)
    (1, 2, 11)
    """
    return 1 + isqrt(articles) // 100


def _line(acronym: Acronym, analyzer: Analyzer) -> str:
    written = (acronym.short, acronym.long, str(acronym.articles))
    return line(written, read_short_form(acronym.short, acronym.long, analyzer))
