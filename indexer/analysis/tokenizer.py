"""
The text, cut into chunks: words with all that is written onto them, such as ``isu-isu``, ``kabupaten/kota``,
``Rp1.500.000,75``, ``kalselprov.go.id`` or ``12 Januari 2025``.

A chunk means the same wherever it stands, so that each distinct one is read only once (see `Analyzer`).
"""

import re
from collections.abc import Iterator

from indexer.analysis.characters import APOSTROPHES, HYPHENS, MARKS, WORD
from indexer.analysis.dates import WRITTEN_DATE

PARTS = re.compile(rf"{WORD}(?:[{APOSTROPHES}]{WORD})*")
"""The words within a chunk: an apostrophe is part of a word, any other sign parts two."""

_JOINERS = rf"{HYPHENS}{APOSTROPHES}.,/:@&_+"
_RUN = rf"[^\W_][\w{MARKS}]*"
_CHUNK = re.compile(rf"{WRITTEN_DATE}|#?{_RUN}(?:[{_JOINERS}]{_RUN})*")


def chunks(text: str) -> Iterator[tuple[int, str]]:
    """
    Yield each chunk of *text* with the code point at which it starts.

    >>> list(chunks("Isu-isu gender—baik di desa."))
    [(0, 'Isu-isu'), (8, 'gender'), (15, 'baik'), (20, 'di'), (23, 'desa')]
    """
    for match in _CHUNK.finditer(text):
        yield match.start(), match.group()


def surfaces(text: str) -> list[str]:
    """
    Return the chunks of *text* alone.

    >>> surfaces("Isu-isu gender—baik di desa.")
    ['Isu-isu', 'gender', 'baik', 'di', 'desa']
    """
    return _CHUNK.findall(text)
