"""What words tell, by how many articles hold them: asked of the cluster once for each word, and several at a time."""

from collections.abc import Iterable

from search.engines.opensearch.asking import Asking
from search.engines.opensearch.matching import holds
from search.query import Phrase, Term
from search.ranking import idf

_REMEMBERED = 1 << 16


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

    def of(self, term: Term) -> float:
        """Return what *term* tells."""
        return idf(max(self._articles, 1), min(self.holding(term), max(self._articles, 1)))
