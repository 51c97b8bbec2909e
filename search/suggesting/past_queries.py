"""Queries that others have asked, to be found by what is typed of one: as it begins, or at any word of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from indexer.analysis import folded_words
from search.results import Known


@dataclass(frozen=True)
class PastQueries:
    """The *queries* that may be offered, those first that are worth most, with how many articles each finds."""

    queries: tuple[Known, ...] = ()

    @cached_property
    def mark(self) -> str:
        """What tells these from any others."""
        return blake2b(repr(self.queries).encode(), digest_size=8).hexdigest() if self.queries else ""

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(f" {' '.join(folded_words(known.text))}" for known in self.queries)

    def typed(self, words: Sequence[str], *, most: int) -> list[Known]:
        """
        Return queries that hold the folded *words*, of which the last is only begun, *most* at most.

        Those come first that begin with them, then those that have them next to each other, then in any order.

        >>> past = PastQueries((Known("banjir kalsel", 3), Known("harga beras", 2), Known("beras murah", 1)))
        >>> [known.text for known in past.typed(["ber"], most=2)]
        ['beras murah', 'harga beras']
        """
        whole, begun = [f" {word} " for word in words[:-1]], f" {words[-1]}"
        together = f" {' '.join(words)}"
        ranks: tuple[list[Known], ...] = ([], [], [])
        for known, folded in zip(self.queries, self._folded, strict=True):
            if begun not in folded:
                continue
            if folded.startswith(together):
                ranks[0].append(known)
            elif together in folded:
                ranks[1].append(known)
            elif all(word in f"{folded} " for word in whole):
                ranks[2].append(known)
        return [known for rank in ranks for known in rank][:most]


NO_PAST_QUERIES = PastQueries()
