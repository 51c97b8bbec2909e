"""When a word is like another: by a pattern with wildcards, or by few changes of a letter."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise


def wildcard_pattern(text: str) -> re.Pattern[str]:
    """
    Return what matches whole the words like *text*, in which ``*`` is any letters, or none, and ``?`` is one.

    >>> pattern = wildcard_pattern("ke*an")
    >>> [word for word in ("kean", "kesehatan", "kesehatannya") if pattern.fullmatch(word)]
    ['kean', 'kesehatan']
    """
    first, *others = ["".join("." if sign == "?" else re.escape(sign) for sign in part) for part in text.split("*")]
    if not others:
        return re.compile(first, re.DOTALL)
    *inner, last = others
    # what stands between two asterisks is looked for once, and where it is first found: no word takes longer than that
    return re.compile(first + "".join(f"(?>.*?{part})" for part in inner) + ".*" + last, re.DOTALL)


def is_near(word: str, other: str, distance: int) -> bool:
    """
    Say whether *distance* letters put in, taken out or exchanged, or fewer, make *other* of *word*.

    The first letter must be the same.

    >>> is_near("banjir", "banjr", 1), is_near("banjir", "bnajir", 1), is_near("banjir", "anjir", 1)
    (True, False, False)
    """
    return word[:1] == other[:1] and _is_within(distance, word, other)


def near(words: Iterable[str], word: str, distance: int) -> list[int]:
    """
    Return the places of those of *words* that are near *word*, as `is_near` says of each.

    Of *distance* + 1 parts of what follows its first letter one is left as it was, at the beginning, at the end or in
    between: to ask so first leaves few words to compare, which takes a tenth of the time.

    >>> near(["bakul", "banjar", "banjir", "panjir"], "banjir", 1)
    [1, 2]
    """
    shortest, longest = len(word) - distance, len(word) + distance
    head, middle, tail = _parts(word[1:], distance + 1)
    likely = [
        (place, other)
        for place, other in enumerate(words)
        if shortest <= len(other) <= longest
        and (other.startswith(head, 1) or other.endswith(tail) or any(part in other for part in middle))
    ]
    return [place for place, other in likely if is_near(word, other, distance)]


def _parts(text: str, count: int) -> tuple[str, Sequence[str], str]:
    """Return *text* in *count* parts of nearly one length: the first, those between, the last."""
    ends = [len(text) * number // count for number in range(count + 1)]
    head, *others = [text[start:end] for start, end in pairwise(ends)]
    return head, others[:-1], others[-1] if others else head


def _is_within(distance: int, word: str, other: str) -> bool:
    """Say whether *distance* changes make *other* of *word*; what they begin with alike needs none."""
    if abs(len(word) - len(other)) > distance:
        return False
    if word == other or not distance:
        return word == other
    same = 0
    for letter, opposite in zip(word, other, strict=False):
        if letter != opposite:
            break
        same += 1
    word, other, left = word[same:], other[same:], distance - 1
    return (
        _is_within(left, word[1:], other[1:]) or _is_within(left, word[1:], other) or _is_within(left, word, other[1:])
    )
