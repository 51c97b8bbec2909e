"""Chunks that hold several words: where they part, and which of them are one thing all the same."""

import re

from indexer.analysis.characters import APOSTROPHES, HYPHENS, WORD

Piece = tuple[int, str]
"""A part of a chunk, with the place at which it starts."""

BOUND = frozenset(
    "anti antar ber bi de di e eks ekstra ke mem men meng me multi non nge pan para pasca pe pem pen peng pra pro"
    " re semi sub supra swa ter tri tuna ultra".split()
)
"""What a hyphen binds to the word after it, without being a word itself: ber-KTP, non-ASN."""

CLITICS = frozenset(("nya", "ku", "mu", "lah", "kah", "tah", "pun"))
"""What a hyphen binds to the word before it: KTP-nya."""

HYPHEN = re.compile(f"[{HYPHENS}]")
SEPARATOR = re.compile(r"[/,:&+_]")
DOT = re.compile(r"\.")
AT = re.compile("@")
CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")

_OWNER = rf"({WORD})[{APOSTROPHES}]s"  # compiled with the first that is met: it takes a millisecond
_TOP_LEVELS = frozenset("com id org net go co ac sch info gov edu web tv io my sg example".split())
_LONGEST_LAST = 2  # letters after the last dot of an abbreviation: S.H, M.Si


def pieces(chunk: str, at: re.Pattern[str]) -> list[Piece]:
    """
    Return the pieces of *chunk* between the signs *at*, each of one character.

    >>> pieces("kabupaten/kota", SEPARATOR)
    [(0, 'kabupaten'), (10, 'kota')]
    """
    found, start = [], 0
    for piece in at.split(chunk):
        if piece:
            found.append((start, piece))
        start += len(piece) + 1
    return found


def is_address(chunk: str) -> bool:
    """
    Say whether *chunk* is a host name or a mail address: its last label is a known top level.

    >>> is_address("kalselprov.go.id"), is_address("info@kalsel.go.id"), is_address("selesai.Kemudian")
    (True, True, False)
    """
    return "." in chunk and chunk.rpartition(".")[2].lower() in _TOP_LEVELS


def is_abbreviation(chunk: str) -> bool:
    """
    Say whether the dots within *chunk* make it one word.

    >>> is_abbreviation("S.H"), is_abbreviation("d.k.k"), is_abbreviation("M.Si"), is_abbreviation("Jl.Sudirman")
    (True, True, True, False)
    """
    *heads, last = chunk.split(".")
    return bool(heads) and all(len(head) == 1 for head in heads) and len(last) <= _LONGEST_LAST


def owner(chunk: str) -> str | None:
    """
    Return the English word in *chunk* that has an ending of possession, or None.

    >>> owner("Assassin's"), owner("Jum'at")
    ('Assassin', None)
    """
    match = re.fullmatch(_OWNER, chunk, re.IGNORECASE)
    return match[1] if match and len(match[1]) > 1 else None
