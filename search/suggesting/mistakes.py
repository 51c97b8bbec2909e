"""
How likely one word is typed for another: what each slip costs, as the logarithm of how rarely just that one is made.

There is one way to leave a letter out, or to swap two, but one of 25 others can be typed for it, or one of 26 beside
it: so these are the dearer ones. Cheap is what Indonesian spelling leaves open: f, v and p, z, s and j, kh and h, an h
that is not heard, one letter for two.
"""

_OTHER = 7.0  # another letter, or one too many
_MISSING = 3.0  # a letter left out, or two swapped
_CONFUSED = 5.0  # a letter that sounds like it
_UNHEARD = 2.0  # an h left out, or a letter typed once for twice
_ADDED = 5.0  # the other way round
_ALIKE = ("fvp", "zsj")

_SOUNDS = frozenset((one, other) for group in _ALIKE for one in group for other in group if one != other)


def cost(typed: str, meant: str) -> float:
    """
    Return what it costs to have *typed* a word for the one that was *meant*; both are short.

    >>> cost("sempat", "sempat"), cost("esmpat", "sempat"), cost("fropinsi", "propinsi"), cost("tuan", "tuhan")
    (0.0, 3.0, 5.0, 2.0)
    """
    before: list[float] = []
    above = [0.0]
    for place in range(len(meant)):
        above.append(above[-1] + _left_out(meant, place))
    for row, letter in enumerate(typed):
        here = [above[0] + _too_many(typed, row)]
        for place, wanted in enumerate(meant):
            least = min(
                above[place] + _exchanged(letter, wanted),
                above[place + 1] + _too_many(typed, row),
                here[place] + _left_out(meant, place),
            )
            if row and place and letter == meant[place - 1] and typed[row - 1] == wanted:
                least = min(least, before[place - 1] + _MISSING)
            here.append(least)
        before, above = above, here
    return above[-1]


def _exchanged(letter: str, wanted: str) -> float:
    return 0.0 if letter == wanted else _CONFUSED if (letter, wanted) in _SOUNDS else _OTHER


def _left_out(meant: str, place: int) -> float:
    return _UNHEARD if _is_unheard(meant, place) else _MISSING


def _too_many(typed: str, place: int) -> float:
    return _ADDED if _is_unheard(typed, place) else _OTHER


def _is_unheard(word: str, place: int) -> bool:
    letter, beside = word[place], word[place + 1 : place + 2]
    return letter == "h" or (letter == "k" and beside == "h") or (place > 0 and letter == word[place - 1])
