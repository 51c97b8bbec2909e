"""
Dashes: a minus before a word excludes it, unless whoever wrote it can hardly have meant that.

Sentences are pasted into the search box with signs where an editor put them: "band -nya", "negara -negara barat",
"JAKARTA -Presiden …". To take such a sign for a minus leaves out the very article that the sentence is from.
"""

import re

_ENDINGS = frozenset(("nya", "ku", "mu", "lah", "kah", "pun", "an", "kan"))
"""What is written onto a word, and is none."""

_PROSE = 10
"""Of so many words to be found, and more, it is text that was pasted, and to leave any out gains nothing."""

_FOLLOWING = re.compile(r"[^\W_]+")
_WORD = re.compile(r"(?<![^\s(\"“”])[^\W_]+")  # not one that a minus stands before


def is_dash(text: str, place: int) -> bool:
    """
    Say whether the minus of the query *text* before *place* is a dash: it excludes nothing.

    >>> [is_dash(text, text.index("-") + 1) for text in ("jenis band -nya", "negara -negara barat", "padi -jagung")]
    [True, True, False]
    """
    following = _FOLLOWING.match(text, place)
    if following is None:
        return False
    word = following.group().lower()
    if word in _ENDINGS:
        return True
    wanted = [found.lower() for found in _WORD.findall(text)]
    return len(wanted) > _PROSE or (word in wanted and len(set(wanted)) > 1)
