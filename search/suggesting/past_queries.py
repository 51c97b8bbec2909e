"""Queries that others have asked, to be found by what is typed of one: as it begins, or at any word of it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate, islice

from indexer.analysis import folded_words
from search.results import Known

_WAYS = 3  # in which a query may hold what is typed


@dataclass(frozen=True)
class PastQueries:
    """The *queries* that may be offered, those first that are worth most, with how many articles each finds."""

    queries: tuple[Known, ...] = ()

    @cached_property
    def mark(self) -> str:
        """What tells these from any others."""
        return blake2b(repr(self.queries).encode(), digest_size=8).hexdigest() if self.queries else ""

    def typed(self, words: Sequence[str], *, most: int) -> list[Known]:
        """
        Return queries that hold the folded *words*, of which the last is only begun, *most* at most.

        Those come first that begin with them, then those that have them next to each other, then in any order.

        >>> past = PastQueries((Known("banjir kalsel", 3), Known("harga beras", 2), Known("beras murah", 1)))
        >>> [known.text for known in past.typed(["ber"], most=2)]
        ['beras murah', 'harga beras']
        """
        places = dict.fromkeys(islice(self._ranked(words), _WAYS * most))
        return [self.queries[place] for place in places][:most]

    def _ranked(self, words: Sequence[str]) -> Iterator[int]:
        """Yield the places of queries that hold *words*, the best first, once for each way in which they hold them."""
        together = f" {' '.join(words)}"
        yield from self._lines(f"\n{together}")
        yield from self._lines(together)
        held = sorted((*(f" {word} " for word in words[:-1]), f" {words[-1]}"), key=len)
        if len(held) > 1:  # the longest is the rarest
            yield from (line for line in self._lines(held[-1]) if all(part in self._folded[line] for part in held))

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(f"\n {' '.join(folded_words(known.text))} " for known in self.queries)

    @cached_property
    def _text(self) -> str:
        return "".join(self._folded)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(accumulate(map(len, self._folded), initial=0))

    def _lines(self, part: str) -> Iterator[int]:
        """Yield the places of the queries that hold *part*, which is looked for in all of them at once."""
        found = self._text.find(part)
        while found >= 0:
            place = bisect_right(self._starts, found) - 1
            yield place
            found = self._text.find(part, self._starts[place + 1])


NO_PAST_QUERIES = PastQueries()
