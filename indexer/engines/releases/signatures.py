"""
The signature of a body: a few numbers by which two bodies tell how much of their text they share.

A shingle is three words in a row, by their stems. Its hash decides to which slot it belongs, and each slot keeps the
least hash of its shingles (MinHash by one permutation: Li, Owen and Zhang, 2012). Of two bodies the slots that are
equal are as large a part of all as the shingles that both have: whatever was put before a text, cut off its end or
written between, the rest of it still gives the same.
"""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np

from indexer import schema
from indexer.engines.arrays import Array

SLOTS = 32
"""
Numbers of a signature: the part that is shared is known to a twelfth. With 24 of them three times as many groups of
real articles had texts of which less than a quarter is common, with 48 none.
"""

FEWEST = 18
"""
Slots that must be filled, as those of some 26 shingles are: of shorter bodies, and of such as say the same again and
again, nothing is said, as chance and set phrases would decide.
"""

EMPTY = 0xFFFF
"""What a slot holds that no shingle belongs to."""

_SHINGLE = 3
_ODD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xFF51AFD7ED558CCD)  # mix the bits; any odd numbers with many would do
_HALF = np.uint64(32)


def stem_hash(stem: str) -> int:
    """Return the number that stands for *stem* in a signature, the same in every process."""
    return int.from_bytes(blake2b(stem.encode(), digest_size=8).digest(), "little")


def signatures(document: Array, position: Array, stem: Array, documents: int) -> Array:
    """
    Return the signatures of as many *documents*, a row for each.

    Each stem, by its hash (uint64), comes with its document and its position in the body, in their order. Several of
    one position count as one word.
    """
    if not len(stem):
        return np.full((documents, SLOTS), EMPTY, np.uint16)
    first = np.flatnonzero(np.append(True, (np.diff(position) != 0) | (np.diff(document) != 0)))
    word, owner = np.add.reduceat(stem, first), document[first]
    shingle, owner = _shingles(word, owner)
    slot = owner.astype(np.int64) * SLOTS + ((shingle >> _HALF) * np.uint64(SLOTS) >> _HALF).astype(np.int64)
    least = np.full(documents * SLOTS, np.iinfo(np.uint32).max, np.uint32)
    np.minimum.at(least, slot, shingle.astype(np.uint32))
    found = _folded(least).reshape(documents, SLOTS)
    found[np.count_nonzero(found != EMPTY, axis=1) < FEWEST] = EMPTY
    return found


def signature_of(stems: Iterable[tuple[str, int]]) -> Array:
    """Return the signature of one article by the *stems* of its body, and of its title, and their positions."""
    body = sorted((position, stem) for stem, position in stems if position >= schema.BODY_GAP)
    position = np.array([place for place, _ in body], np.int64)
    stem = np.array([stem_hash(text) for _, text in body], np.uint64)
    row: Array = signatures(np.zeros(len(body), np.int64), position, stem, 1)[0]
    return row


def _shingles(word: Array, owner: Array) -> tuple[Array, Array]:
    """Return the hash of each shingle of *word*, and whose it is."""
    count = max(0, len(word) - _SHINGLE + 1)
    shingle = word[:count].copy()
    for step in range(1, _SHINGLE):
        shingle *= _ODD[0]
        shingle += word[step : step + count]
    whole = owner[:count] == owner[len(owner) - count :]
    shingle, owner = shingle[whole], owner[:count][whole]
    shingle ^= shingle >> _HALF
    shingle *= _ODD[1]
    shingle ^= shingle >> _HALF
    shingle *= _ODD[0]
    return shingle, owner


def _folded(least: Array) -> Array:
    """Return the hashes in 16 bits, never `EMPTY` but for a slot that none belongs to."""
    folded = ((least * np.uint32(0x9E3779B1)) >> np.uint32(16)).astype(np.uint16)
    folded[folded == EMPTY] = EMPTY - 1
    folded[least == np.iinfo(np.uint32).max] = EMPTY
    return folded
