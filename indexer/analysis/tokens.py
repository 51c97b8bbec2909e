"""What the analysis yields: tokens, and the spans of text they stand for."""

from typing import NamedTuple


class Span(NamedTuple):
    """The characters ``text[start:end]``, counted in code points."""

    start: int
    end: int


class Token(NamedTuple):
    """
    One term at one place of a text.

    A tuple and no dataclass: a million are made a second, and a frozen dataclass takes three times
    as long to make.

    *position* counts words from 0; several tokens may share one (``COVID-19`` is `covid19` where it
    is `covid`, then `19`). ``text[start:end]`` is the surface word, affixes and all. *exact* is the
    word as written, folded; *stems* are the terms that all forms of the word share, the best first.
    """

    position: int
    start: int
    end: int
    exact: str
    stems: tuple[str, ...]
