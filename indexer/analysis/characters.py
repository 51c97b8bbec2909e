"""
Characters: which of them make up a word, and the one form under which equal words meet.

Only terms are folded, never the text, so that every offset stays an offset into the text as it came.
"""

import re
import unicodedata

APOSTROPHES = "'’‘ʼ`´"
"""Signs that stand inside a word (Jum'at, Qur’an) without changing which word it is."""

HYPHENS = "-‐‑"
"""Signs that join the parts of a word; a dash (– —) is not among them: it keeps two words apart."""

MAX_TERM = 64
"""Characters after which a term is cut: no Indonesian word is that long, but damaged input can be."""

_BMP = 0x10000
_ACCENTS = re.compile("[\u0300-\u036f]+")
_NOT_ALNUM = re.compile(r"[\W_]+")

MARKS = "".join(c for c in map(chr, range(_BMP)) if unicodedata.category(c) in {"Mn", "Mc", "Me", "Cf"})
"""Combining marks and format signs (soft hyphen, zero width space, bidi controls): inside a word they belong to it."""

WORD = rf"[^\W_](?:[^\W_]|[{MARKS}])*"
"""A run of letters and digits, and of the marks among them, as a regular expression."""


def fold(surface: str) -> str:
    """
    Return the form in which equal words are equal: compatible characters one, no case, no accents.

    Whatever is neither letter nor digit goes, apostrophes among it. The result may be empty.

    >>> fold("Jum’at"), fold("ＤＰ３ＡＫＢ"), fold("perem\u00adpuan"), fold("Café")
    ('jumat', 'dp3akb', 'perempuan', 'cafe')
    """
    if surface.isascii():
        folded = surface.lower()
        return (folded if folded.isalnum() else _NOT_ALNUM.sub("", folded))[:MAX_TERM]
    compatible = unicodedata.normalize("NFKC", surface[: 4 * MAX_TERM]).casefold().lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", compatible))
    return _NOT_ALNUM.sub("", unicodedata.normalize("NFKC", bare))[:MAX_TERM]
