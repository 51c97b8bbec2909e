"""Misspelt words of titles, as queries: each with one slip, drawn by chance."""

from collections.abc import Sequence
from random import Random
from string import ascii_lowercase
from typing import NamedTuple

from indexer import schema
from indexer.analysis import folded_words
from search.answers import Answers
from search.query import Term

SLIPS = ("put in", "left out", "exchanged", "swapped")
"""What happens to a letter."""

_SHORTEST = 5  # letters of a word that is misspelt
_KNOWN, _FAR = 10, 50  # articles that hold a misspelt word, and how many times those of what was typed they are
_TRIES = 200  # words that are drawn for one that suits


class Misspelt(NamedTuple):
    """
    A word of a title with the word *before* and the one *after* it, and what was *typed* for it by which *slip*.

    *is_held*: whether an article holds what was typed.
    """

    before: str
    word: str
    after: str
    typed: str
    slip: str
    is_held: bool

    def query(self, word: str) -> str:
        """Return the query with *word* between the others."""
        return " ".join(filter(None, (self.before, word, self.after)))


def misspelt_of(
    titles: Sequence[str], answers: Answers, random: Random, count: int, *, held: bool = False
) -> list[Misspelt]:
    """Return *count* misspelt words, fewer of few articles; *held*: whether articles hold what was typed."""
    rows = [words for title in titles if (words := folded_words(title))]
    places = [(row, place) for row in rows for place, word in enumerate(row) if _may_be_drawn(word)]
    found: dict[str, Misspelt] = {}
    with answers.live.open() as index:
        for _ in range(_TRIES * count if places else 0):
            if len(found) == count:
                break
            row, place = random.choice(places)
            word, slip = row[place], random.choice(SLIPS)
            typed = _slipped(word, slip, random)
            right, wrong = (index.engine.holding(Term(schema.EXACT, one)) for one in (word, typed))
            if right >= max(_KNOWN, _FAR * wrong) and held is (wrong > 0) and not answers.analyzer.is_name(typed):
                before, after = " ".join(row[max(0, place - 1) : place]), " ".join(row[place + 1 : place + 2])
                found.setdefault(typed, Misspelt(before, word, after, typed, slip, held))
    return list(found.values())


def _may_be_drawn(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isascii() and word.isalpha()


def _slipped(word: str, slip: str, random: Random) -> str:
    """Return *word* with a letter of it put in, left out, exchanged or swapped with the next."""
    place, letter = random.randrange(len(word)), random.choice(ascii_lowercase)
    match slip:
        case "put in":
            place = random.randrange(len(word) + 1)
            return word[:place] + letter + word[place:]
        case "left out":
            return word[:place] + word[place + 1 :]
        case "exchanged":
            return word[:place] + letter + word[place + 1 :]
    place = random.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
