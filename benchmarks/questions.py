"""The questions: a seeded set made of the articles' own words, five kinds of them."""

import re
from collections import Counter
from collections.abc import Iterable
from math import ceil
from random import Random
from typing import NamedTuple

from benchmarks.corpus import Document

KINDS = ("term", "or", "and", "phrase", "prefix")

SHARES = {"term": 100, "or": 150, "and": 150, "phrase": 100, "prefix": 50}
"""How many questions there are of each kind; other totals keep these shares."""

SEED = 20_261_124

_READ = 12_000
"""Articles that the questions are made of at most: of more, about so many, taken all over the corpus."""

_WORD = re.compile(r"\w+")
_PLAIN = re.compile(r"[a-z]+")


class Question(NamedTuple):
    """What is asked: words, and the kind of query that they are made into."""

    kind: str
    text: str

    @property
    def words(self) -> list[str]:
        """The words in small letters."""
        return self.text.lower().split()


def questions(documents: Iterable[Document], articles: int, *, total: int = 550, seed: int = SEED) -> list[Question]:
    """
    Return *total* questions made of *documents*, of which there are *articles*; the same ones every time.

    Terms are 3 of 5 times any word that two articles have, else one of the 400 commonest. Words to be found together,
    or one of them, stand next to each other in a title (2 to 6); phrases in a body (2 or 3); a prefix is the first 3
    to 5 letters of a word.
    """
    random = Random(seed)  # noqa: S311 - repeatable is what is wanted
    share = min(1.0, _READ / articles)
    maker = _Maker([document for document in documents if random.random() < share], random)
    made = [
        Question(kind, " ".join(maker.words(kind)))
        for kind, count in SHARES.items()
        for _ in range(ceil(count * total / sum(SHARES.values())))
    ]
    random.shuffle(made)
    return made[:total]


class _Maker:
    """Picks words of articles."""

    def __init__(self, documents: list[Document], random: Random) -> None:
        self._random = random
        self._titles = [words for document in documents if len(words := _WORD.findall(document.title)) > 1]
        self._bodies = [words for document in documents if len(words := _WORD.findall(document.body)) > 40]
        holding = Counter(word for document in documents for word in set(_PLAIN.findall(document.body.lower())))
        self._known = [word for word, count in sorted(holding.items()) if count > 1 and len(word) > 3]
        self._common = [word for word, _ in sorted(holding.items(), key=lambda item: (-item[1], item[0]))[:400]]

    def words(self, kind: str) -> list[str]:
        pick = self._random.choice
        match kind:
            case "term":
                return [pick(self._known if self._random.random() < 0.6 else self._common)]
            case "or":
                return self._stretch(pick(self._titles), pick((2, 3, 4, 6)))
            case "and":
                return self._stretch(pick(self._titles), pick((2, 3, 4)))
            case "phrase":
                return self._stretch(pick(self._bodies), pick((2, 2, 3)))
        return [pick(self._known)[: pick((3, 4, 5))]]

    def _stretch(self, words: list[str], length: int) -> list[str]:
        length = min(length, len(words))
        start = self._random.randrange(len(words) - length + 1)
        return words[start : start + length]
