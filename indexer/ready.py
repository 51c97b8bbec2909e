"""
What a generation keeps ready-made, so that a new process need not make it before its first answer.

The lexicon takes a fifth of a second to put together, with the libraries that it needs; the short forms of the written
lists take 25 ms to read. Both can be made again, and are where a generation has none, or was written by others.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from indexer.acronyms import line, ready
from indexer.analysis import Analyzer, ShortForm, read_short_form, short_forms
from indexer.durable import named

LEXICON, SHORT_FORMS = "lexicon.txt", "short_forms.tsv"
"""The files in the folder of a generation; `indexer.analysis.kept_lexicon` says what the first holds."""

Ready = Mapping[tuple[str, str], ShortForm | None]
"""Short forms with their long forms, as written, and as they are looked for; None where they cannot be."""


def save(folder: Path, analyzer: Analyzer) -> None:
    """Write what *analyzer* has into the generation in *folder*."""
    with named(folder / LEXICON):
        analyzer.keep_lexicon(folder / LEXICON)
    lines = (line((short, long), read_short_form(short, long, analyzer)) for short, long in short_forms())
    with named(folder / SHORT_FORMS):
        (folder / SHORT_FORMS).write_text("".join(lines), encoding="utf-8")


def load_short_forms(folder: Path) -> Ready:
    """Return the short forms that are ready in *folder*, none where they are not there."""
    with suppress(OSError, ValueError):
        rows = (row.split("\t") for row in (folder / SHORT_FORMS).read_text(encoding="utf-8").splitlines())
        return {(short, long): ready(short, long, exact, stem, stems) for short, long, exact, stem, stems in rows}
    return {}
