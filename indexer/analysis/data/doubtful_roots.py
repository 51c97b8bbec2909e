"""
Lists the words that stand in the lists as roots and look as if they were none, for somebody to judge.

    python -m indexer.analysis.data.doubtful_roots

*derived*: an affix parts it from another root, of which other forms are met with. While *lukisan* is a root of its own,
*pelukis* does not meet it. Those that mean something of their own (*kepala*, *durian*) are right where they are.
*swallowed*: an active verb or its noun of which two roots could be, as the prefix took a sound: *mengemas* is of *emas*
or of *kemas*. Where no passive tells, the more frequent root wins, right or wrong.

Each line has the kind, the word, how often it stands in the counted articles, the other root, how often that does, and
what parts them. A wrong root is taken off `written_roots.tsv`, or written into `not_roots.tsv` if the dictionary has
it; a wrong verb goes into `exceptions.tsv`.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indexer.analysis.stemmer import NASAL, Stemmer, Way, default_stemmer

_FAMILY = 2  # other forms of a root that are met with, at least


class Doubt(NamedTuple):
    """A *word* that may come to a wrong root, and the *other* root that it may have instead; see above."""

    kind: str
    word: str
    times: int
    other: str
    other_times: int
    affixes: str


def doubts(stemmer: Stemmer) -> Iterator[Doubt]:
    """Yield what is doubtful in the lists of *stemmer*, the most frequent words of each kind first."""
    lexicon = stemmer.lexicon
    family = Counter(stemmer.stem(word) for word in lexicon.counts)
    for word in _by_count(lexicon.written | lexicon.counted, stemmer):
        if (way := derived(word, stemmer)) and family[way.root] >= _FAMILY:
            yield _doubt("derived", word, way, stemmer)
    for word in _by_count(lexicon.counts, stemmer):
        if way := swallowed(word, stemmer):
            yield _doubt("swallowed", word, way, stemmer)


def derived(root: str, stemmer: Stemmer) -> Way | None:
    """Return the likeliest way to take *root* apart, None if there is none."""
    ways = (way for way in stemmer.ways(root) if way.root != root)
    return min(ways, key=lambda way: (way.cost, way.root), default=None)


def swallowed(word: str, stemmer: Stemmer) -> Way | None:
    """Return another way to take *word* apart by the same affixes, None if there is none or a passive tells."""
    parse, ways = stemmer.parse(word), list(stemmer.ways(word))
    alike = [way for way in ways if way.affixes == parse.affixes and NASAL.intersection(way.affixes)]
    if any(map(stemmer.passive, alike)):
        return None
    others = (way for way in alike if way.root != parse.root)
    return min(others, key=lambda way: (way.cost, way.root), default=None)


def main() -> None:
    """Print what is doubtful in the project's own lists."""
    sys.stdout.writelines("\t".join(map(str, doubt)) + "\n" for doubt in doubts(default_stemmer()))


def _by_count(words: Iterable[str], stemmer: Stemmer) -> list[str]:
    counts = stemmer.lexicon.counts
    return sorted(words, key=lambda word: (-counts.get(word, 0), word))


def _doubt(kind: str, word: str, way: Way, stemmer: Stemmer) -> Doubt:
    counts = stemmer.lexicon.counts
    return Doubt(kind, word, counts.get(word, 0), way.root, counts.get(way.root, 0), " ".join(way.affixes))


if __name__ == "__main__":
    main()
