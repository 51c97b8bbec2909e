"""Short forms and their long forms: those of the written lists, and how a pair of such is read."""

from functools import cache
from typing import NamedTuple

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.data import rows

LONGEST = 10
"""Words of a long form at most."""


class ShortForm(NamedTuple):
    """
    A short form, its *exact* form and its *stem*, and the stems of its *long* form.

    *is_together* says that both are the same words, written together and apart.
    """

    exact: str
    stem: str
    long: tuple[str, ...]
    is_together: bool


@cache
def short_forms() -> tuple[tuple[str, str], ...]:
    """Return the pairs of a short form and its long form that the written lists have: acronyms and compounds."""
    return tuple((row[0], row[1]) for name in ("acronyms", "compounds") for row in rows(name))


def read_short_form(short: str, long: str, analyzer: Analyzer) -> ShortForm | None:
    """Return *short* and *long* as *analyzer* reads them; None where these are not one word for some."""
    tokens, stems = analyzer.analyze(short), tuple(token.stems[0] for token in analyzer.analyze(long))
    if len(tokens) != 1 or not 1 < len(stems) <= LONGEST:
        return None
    return ShortForm(tokens[0].exact, tokens[0].stems[0], stems, are_together(short, long))


def are_together(short: str, long: str) -> bool:
    """
    Say whether *short* is the words of *long*, written together.

    >>> are_together("olahraga", "olah raga"), are_together("BPS", "badan pusat statistik")
    (True, False)
    """
    return short.lower() == long.replace(" ", "")
