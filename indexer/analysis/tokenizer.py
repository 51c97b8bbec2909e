"""
The text, cut into chunks: words with all that is written onto them, such as ``isu-isu``, ``kabupaten/kota``,
``Rp1.500.000,75``, ``kalselprov.go.id`` or ``12 Januari 2025``.

A chunk means the same wherever it stands, so that each distinct one is read only once (see `Analyzer`).
"""

import re
from collections.abc import Iterator

from indexer.analysis.characters import APOSTROPHES, HYPHENS, MARKS, WORD, fold
from indexer.analysis.dates import WRITTEN_DATE

PARTS = re.compile(rf"{WORD}(?:[{APOSTROPHES}]{WORD})*")
"""The words within a chunk: an apostrophe is part of a word, any other sign parts two."""

_PLAIN_SIGNS = str.maketrans("“”–—…‐‑", '""--.--', APOSTROPHES)
_ASCII_WORDS = re.compile("[a-z0-9]+")
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


def parts(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield where each word of *text* begins and ends, also those that are written onto each other.

    >>> [*parts("Isu-isu Jum’at")]
    [(0, 3), (4, 7), (8, 14)]
    """
    return (match.span() for match in PARTS.finditer(text))


def folded_words(text: str) -> list[str]:
    """
    Return the words of *text* as they are typed by who does not care for signs: in small letters, without accents.

    >>> folded_words("Isu-isu Jum’at: “Café” di Rp1.500")
    ['isu', 'isu', 'jumat', 'cafe', 'di', 'rp1', '500']
    """
    plain = text.translate(_PLAIN_SIGNS)
    if plain.isascii():
        return _ASCII_WORDS.findall(plain.lower())
    return [folded for word in PARTS.findall(plain) if (folded := fold(word))]
