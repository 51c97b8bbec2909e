"""What words tell, by how many articles hold them: asked of the cluster once for each word, and several at a time."""

from collections.abc import Callable, Iterable, Mapping

from search.engines.opensearch.asking import Asking
from search.engines.opensearch.matching import holds
from search.query import Made, Phrase, Term, Vocabulary
from search.ranking import idf

_REMEMBERED = 1 << 16
_ROUNDS = 6  # of guesses; what is still not known then is asked for leaf by leaf
_GUESS = 1  # most words of a query are there, and then nothing else is looked for in their place


class Rarity:
    """What is known of the words of one index, as it was when each was asked for."""

    def __init__(self, asking: Asking, articles: int) -> None:
        """Ask by *asking*; the index has so many *articles*."""
        self._asking, self._articles = asking, articles
        self._holding: dict[Term | Phrase, int] = {}

    def holding(self, leaf: Term | Phrase) -> int:
        """Return how many articles hold *leaf*."""
        self.learn([leaf])
        return self._holding[leaf]

    def learn(self, leaves: Iterable[Term | Phrase]) -> None:
        """Ask for those of *leaves* that are not known yet, together."""
        if len(self._holding) >= _REMEMBERED:
            self._holding = {}
        unknown = [leaf for leaf in dict.fromkeys(leaves) if leaf not in self._holding]
        found = self._asking.totals([holds(leaf) for leaf in unknown])
        self._holding.update(zip(unknown, found, strict=True))

    def reading(self, read: Callable[[Vocabulary], Made]) -> Made:
        """
        Return what *read* makes by what words are held by, which it may ask for in any order, and do nothing else.

        It is called with guesses for what is not known, which is then asked for together, until it needs none; nine
        requests for a question became two so.
        """
        for _ in range(_ROUNDS):
            words = _Guessing(self._holding)
            made = read(words)
            if not words.guessed:
                return made
            self.learn(words.guessed)
        return read(self)

    def of(self, term: Term) -> float:
        """Return what *term* tells."""
        return idf(max(self._articles, 1), min(self.holding(term), max(self._articles, 1)))


class _Guessing:
    """The words of an index as far as they are *known*, and a guess for the others, which are noted."""

    def __init__(self, known: Mapping[Term | Phrase, int]) -> None:
        self._known = known
        self.guessed: dict[Term | Phrase, None] = {}

    def holding(self, leaf: Term | Phrase) -> int:
        found = self._known.get(leaf)
        if found is None:
            self.guessed[leaf] = None
            return _GUESS
        return found
