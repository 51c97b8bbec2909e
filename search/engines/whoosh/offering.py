"""What of an index may be offered to who types: words and titles, from the arrays that segments keep for that."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from indexer import schema
from indexer.analysis import function_words
from indexer.engines.arrays import Array
from indexer.engines.moments import MISSING_DATE
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.titles import KnownTitles
from indexer.engines.whoosh.codec.words import LONGEST, KnownWords, is_word
from indexer.engines.whoosh.stored import from_stored
from search.deadline import checkpoint
from search.engines.whoosh.near_words import near, near_beginnings
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.unavailable import as_unavailable
from search.engines.whoosh.views import View
from search.results import Known

_END = b"\n"
_BLANK = ord(" ")
_TOLD_FROM = 3  # letters of a begun word from which it tells which titles are meant, wherever it stands in them
_ALIKE = 4  # titles that are looked at for one that is offered, as some are those of several articles
_REMEMBERED = 1 << 12  # titles
_RANK = 1 << 40  # above any age
_MOST_READ = 1 << 13
"""Places in titles that are looked at to see how they go on: enough to tell which way is the commonest."""


class _Place(NamedTuple):
    """Where a title is, after what decides which comes first: how it has the words, how new and how long it is."""

    order: tuple[int, int, int, str]
    view: View
    document: int


_Way = Callable[[View, Sequence[str]], tuple[Array, Array]]
"""Returns the documents of a segment whose titles hold words in some way, and how good that is: 0 is best."""


class SnapshotOffering:
    """Implements `search.engines.Offering` over one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Offer what *snapshot* has; titles that were read lately are remembered, as who types on meets them again."""
        self._snapshot = snapshot
        self._written = lru_cache(_REMEMBERED)(_written)

    def similar(self, word: str, *, changes: int, least: int) -> list[Known]:
        """Return the words that *changes* of a letter, or fewer, make of *word*, and that *least* articles hold."""
        written = word.encode()
        if not is_word(written):
            return []
        found: set[bytes] = set()
        with as_unavailable():
            for view in self._views():
                words = view.segment.words
                share = -(-least * view.segment.articles // max(1, self._snapshot.statistics.articles))
                found.update(words[number] for number in near(words, written, changes, share).tolist())
            return [known for known in self._known(found) if known.articles >= least]

    def completed(self, beginning: str, *, changes: int, most: int) -> list[Known]:
        """Return the words that begin with *beginning*, or nearly so, *most* at most, the best known first."""
        written = beginning.encode()
        if not written or len(written) > LONGEST or not written.isascii():
            return []
        found: set[bytes] = set()
        with as_unavailable():
            for view in self._views():
                words = view.segment.words
                numbers = near_beginnings(words, written, changes) if changes else np.arange(*words.prefixed(written))
                found.update(words[number] for number in _highest(words, numbers, most).tolist())
            return self._known(found)[:most]

    def titled(self, words: str) -> int:
        """Return in how many places of titles *words*, with a blank between them, stand as they are."""
        with as_unavailable():
            return sum(len(_whole_words(view.segment.titles, words.encode())) for view in self._views())

    def continued(self, words: Sequence[str], *, most: int) -> list[Known]:
        """Return how titles go on that hold *words*, of which the last is only begun: up to the end of its word."""
        text = " ".join(words).encode()
        ways: Counter[bytes] = Counter()
        with as_unavailable():
            for view in self._views():
                ways.update(_ways(view, text))
        likely = [(text + way).decode() for way, _ in ways.most_common(most)]
        return sorted((Known(one, self.titled(one)) for one in likely), key=lambda known: (-known.articles, known.text))

    def titles(self, words: Sequence[str], *, most: int) -> list[Known]:
        """Return titles as they are written that hold *words*, of which the last is only begun; *most* at most."""
        with as_unavailable():
            found = self._places(words, most * _ALIKE, _in_a_row)
            if len(words) > 1 and len(words[-1]) >= _TOLD_FROM and len(found) < most:
                found += self._places(words, most * _ALIKE, _anywhere)
            distinct: dict[bytes, _Place] = {}
            for place in found:
                distinct.setdefault(place.view.segment.titles[place.document], place)
            return [self._title(text, place) for text, place in list(distinct.items())[:most]]

    def _views(self) -> Iterator[View]:
        for view in self._snapshot.views:
            checkpoint()
            yield view

    def _known(self, found: set[bytes]) -> list[Known]:
        holding = self._snapshot.statistics.holding
        known = [Known(word.decode(), holding(schema.EXACT, word)) for word in found]
        return sorted(known, key=lambda one: (-one.articles, one.text))

    def _places(self, words: Sequence[str], most: int, way: _Way) -> list[_Place]:
        """Return the titles that hold *words* in this *way*, each once, the best *most* of each segment, in order."""
        found: list[_Place] = []
        for view in self._views():
            documents, ranks = way(view, words)
            if view.live is not None:
                is_live = view.live.take(documents)
                documents, ranks = documents[is_live], ranks[is_live]
            order = ranks * _RANK + _ages(view, documents)
            best = np.argpartition(order, most)[:most] if len(order) > most else np.arange(len(order))
            found += _places(view, documents[best], ranks[best])
        return sorted(found, key=lambda place: place.order)

    def _title(self, text: bytes, place: _Place) -> Known:
        title = self._written(place.view.segment, place.document)
        return Known(title, sum(_same(view, text) for view in self._snapshot.views))


def _written(segment: OpenSegment, document: int) -> str:
    return from_stored(segment.stored[document]).title


def _places(view: View, documents: Array, ranks: Array) -> Iterator[_Place]:
    columns, sizes = view.segment.columns, view.segment.titles.sizes(documents)
    rows = (ranks, -columns.published.take(documents), sizes, documents)
    for rank, age, size, document in zip(*(row.tolist() for row in rows), strict=True):
        yield _Place((rank, age, size, columns.ids[document]), view, document)


def _in_a_row(view: View, words: Sequence[str]) -> tuple[Array, Array]:
    """
    Return the documents whose titles have *words* one after the other.

    With them comes 0 where they are all of the title, 1 where it begins with them, and 2 elsewhere.
    """
    titles = view.segment.titles
    text = " ".join(words).encode()
    places = titles.holding(text)
    ranks = 1 + (titles.offsets.take(places) > 0).astype(np.int64)
    ranks[(ranks == 1) & (titles.window(places, len(text), 1)[:, 0] == _END[0])] = 0
    return titles.documents.take(places).astype(np.int64), ranks


def _anywhere(view: View, words: Sequence[str]) -> tuple[Array, Array]:
    """Return the documents whose titles have all of *words* but function words, wherever; and 3."""
    titles = view.segment.titles
    *whole, begun = words
    sets = [_whole_words(titles, word.encode()) for word in whole if word not in function_words()]
    sets.append(titles.holding(begun.encode()))
    found, *others = sorted((np.unique(titles.documents.take(places)) for places in sets), key=len)
    for other in others:
        found = found[np.isin(found, other, assume_unique=True)]
    return found.astype(np.int64), np.full(len(found), 3)


def _ages(view: View, documents: Array) -> Array:
    """Return how old each of *documents* is, in their order; those without a date come last, the shortest first."""
    sizes = view.segment.titles.sizes(documents)
    is_dated = view.segment.columns.published.take(documents) != MISSING_DATE
    ages: Array = np.where(is_dated, view.searcher.newest.take(documents), view.segment.articles + sizes)
    return ages


def _whole_words(titles: KnownTitles, text: bytes) -> Array:
    """Return the places at which *text* stands, and no more of its last word."""
    places = titles.holding(text)
    return places[titles.window(places, len(text), 1)[:, 0] <= _BLANK] if len(places) else places


def _same(view: View, text: bytes) -> int:
    """Return how many live documents of a segment have the title *text*."""
    titles = view.segment.titles
    places = titles.holding(text + _END)
    documents = titles.documents.take(places[titles.offsets.take(places) == 0])
    return int(view.among(documents).sum())


def _ways(view: View, text: bytes) -> dict[bytes, int]:
    """Return how titles of a segment go on after *text* up to the end of a word, and how many do."""
    titles = view.segment.titles
    places = titles.holding(text)
    places = places[:: len(places) // _MOST_READ + 1]
    if not len(places):
        return {}
    rows = titles.window(places, len(text), LONGEST + 1)
    is_end = rows <= _BLANK
    ended = is_end.any(axis=1)
    rows[np.arange(LONGEST + 1) >= is_end.argmax(axis=1)[:, None]] = 0
    ways, counts = np.unique(rows[ended].view(f"S{LONGEST + 1}").ravel(), return_counts=True)
    return dict(zip(ways.tolist(), counts.tolist(), strict=True))


def _highest(words: KnownWords, numbers: Array, most: int) -> Array:
    """Return those *most* of *numbers* that most documents hold."""
    if len(numbers) <= most:
        return numbers
    return numbers[np.argpartition(-words.holding.take(numbers).astype(np.int64), most)[:most]]
