"""
The acronyms that the articles of a generation define, as they are kept beside it; `acronym_counts` counts them.

They are kept as they are written and as the analysis of the index reads them: to read them again takes 40 ms for 1,300
pairs, each time the index is opened.
"""

from pathlib import Path
from typing import NamedTuple

from indexer.analysis import Analyzer, ShortForm, read_short_form
from indexer.analysis.short_forms import are_together

FILE = "acronyms.tsv"
"""
Where in a generation they are: short form, long form, articles that say so; then the
exact form and the stem of the short form, and the stems of the long one, empty where they cannot be looked for.
"""


class Acronym(NamedTuple):
    """A short form as written, its long form in lower case, and how many articles define it so."""

    short: str
    long: str
    articles: int


class Defined(NamedTuple):
    """A short form with its long form, as they are looked for, and how many articles define it so."""

    form: ShortForm
    articles: int


def load(folder: Path) -> list[Acronym]:
    """Return the acronyms of the generation in *folder*."""
    return [Acronym(short, long, int(count)) for short, long, count, *_ in _rows(folder)]


def load_read(folder: Path, analyzer: Analyzer, *, is_ready: bool) -> list[Defined]:
    """
    Return those of the acronyms in *folder* that can be looked for, those that most articles define first.

    *is_ready* says that they were read by an equal of *analyzer* when they were written.
    """
    found = [
        (ready(short, long, *read) if is_ready and read else read_short_form(short, long, analyzer), int(count))
        for short, long, count, *read in _rows(folder)
    ]
    return sorted((Defined(form, count) for form, count in found if form), key=lambda one: -one.articles)


def line(written: tuple[str, ...], form: ShortForm | None) -> str:
    """Return a line of a file with the columns *written*, and after them *form*, as `ready` reads it."""
    read = (form.exact, form.stem, " ".join(form.long)) if form else ("", "", "")
    return "\t".join((*written, *read)) + "\n"


def ready(short: str, long: str, exact: str, stem: str, stems: str) -> ShortForm | None:
    """Return *short* and *long* as they were read when they were written; None where they cannot be looked for."""
    return ShortForm(exact, stem, tuple(stems.split(" ")), are_together(short, long)) if exact else None


def _rows(folder: Path) -> list[list[str]]:
    return [line.split("\t") for line in (folder / FILE).read_text(encoding="utf-8").splitlines()]
