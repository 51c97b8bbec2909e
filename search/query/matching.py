"""When a word is like another: by a pattern with wildcards, or by few changes of a letter."""

import re


def wildcard_pattern(text: str) -> re.Pattern[str]:
    """Return what matches whole the words like *text*, in which ``*`` is any letters, or none, and ``?`` is one."""
    first, *others = ["".join("." if sign == "?" else re.escape(sign) for sign in part) for part in text.split("*")]
    if not others:
        return re.compile(first, re.DOTALL)
    *inner, last = others
    # what stands between two asterisks is looked for once, and where it is first found: no word takes longer than that
    return re.compile(first + "".join(f"(?>.*?{part})" for part in inner) + ".*" + last, re.DOTALL)


def is_near(word: str, other: str, distance: int) -> bool:
    """Say whether *distance* letters put in, taken out or exchanged, or fewer, make *other* of *word*."""
    if word[:1] != other[:1] or abs(len(word) - len(other)) > distance:
        return False
    row = list(range(len(other) + 1))
    for place, letter in enumerate(word, 1):
        above, row = row, [place]
        for column, opposite in enumerate(other, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != opposite)))
        if min(row) > distance:
            return False
    return row[-1] <= distance
