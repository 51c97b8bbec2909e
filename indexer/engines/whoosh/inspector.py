"""Looks at a complete index: what it holds, and whether it is whole."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.arrays import Array
from indexer.engines.contract import Finding
from indexer.engines.whoosh import commits
from indexer.engines.whoosh.codec import manifest as manifests
from indexer.engines.whoosh.codec.files import ArrayFile
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.commits import Listed
from indexer.engines.whoosh.sampling import contradictions_of
from indexer.engines.whoosh.stored import from_stored
from indexer.errors import IndexUnavailable

_REBUILD = "run `telusur rollback`, or `telusur reindex SOURCE…`"
_FEW = 5  # of a kind that are named


class WhooshInspector:
    """Implements `indexer.engines.IndexInspector`: a commit, and the segments that it lists."""

    def __init__(self, folder: Path) -> None:
        """
        Look at the index in *folder*, as it is now.

        Raises:
            IndexUnavailable: there is none, or its commit is damaged.
        """
        self._folder = folder
        self._commit = commits.load(folder)

    @property
    def is_current(self) -> bool:
        """Whether nothing was committed to the index since."""
        return commits.load(self._folder).number == self._commit.number

    @property
    def since(self) -> int:
        """The number of the last change that its sources count as holding; later ones were applied to it."""
        return self._commit.reach.since

    @property
    def through(self) -> int:
        """The number of the last change that the index holds."""
        return self._commit.reach.through

    @property
    def moment(self) -> float:
        """When it came to hold that change, or was built, in seconds since 1970."""
        return self._commit.reach.moment

    @property
    def articles(self) -> int:
        """The articles that it holds."""
        return self._commit.articles

    def articles_of(self, article_id: str) -> list[Article]:
        """Return the articles of this id: one, unless something is wrong, or none."""
        found = []
        for (_, segment), gone in zip(self._open, self._gone, strict=True):
            documents = (number for number in segment.documents_of_id(article_id) if number not in gone)
            found += [from_stored(segment.stored[number]) for number in documents]
        return found

    def stored(self) -> Iterator[Article]:
        """Yield all of its articles, in the order of the segments and of their documents."""
        for listed, segment in self._open:
            for number in _alive(listed).tolist():
                yield from_stored(segment.stored[number])

    def size(self) -> int:
        """Return how many bytes its files have."""
        sizes = 0
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):  # a merge has just made it needless
                sizes += path.stat().st_size
        return sizes

    def counts(self, field: str) -> dict[str, int]:
        """Return how many articles have each value of the key field *field*, the most frequent first."""
        found: Counter[str] = Counter()
        for listed, segment in self._open:
            columns = segment.columns
            numbers = np.bincount(columns.numbers(field).whole()[_alive(listed)], minlength=1)
            found.update({columns.values(field)[int(n)]: int(numbers[n]) for n in np.flatnonzero(numbers)})
        return dict(found.most_common())

    def damage(self) -> list[Finding]:
        """Compare every byte with its checksum."""
        return [finding for listed in self._commit.segments for finding in _damage(self._folder, listed.name)]

    def contradictions(self, analyzer: Analyzer, sample: int) -> list[Finding]:
        """Compare ids and counts of all articles, and of *sample* all postings with what their text has."""
        alive = [_alive(listed) for listed, _ in self._open]
        chosen = _sampled(alive, sample)
        findings = [*self._counted(), *self._told_apart(alive)]
        for (listed, segment), documents in zip(self._open, chosen, strict=True):
            place = str(self._folder / listed.name)
            findings += [Finding(place, what, _REBUILD) for what in contradictions_of(segment, documents, analyzer)]
        return findings

    def strays(self) -> list[Path]:
        """Return the files of parts that were given up; those of the commit before are not among them."""
        return [path for path in self._folder.iterdir() if path.suffix in {".run", ".part", ".new"}]

    @cached_property
    def _open(self) -> list[tuple[Listed, OpenSegment]]:
        return [(listed, commits.opened(self._folder, listed)) for listed in self._commit.segments]

    @cached_property
    def _gone(self) -> list[frozenset[int]]:
        return [frozenset(listed.deleted) for listed in self._commit.segments]

    def _counted(self) -> Iterator[Finding]:
        for listed, segment in self._open:
            if listed.articles != segment.articles or len(segment.columns.ids) != segment.articles:
                problem = f"it has {segment.articles:,} articles where {commits.FILE} counts {listed.articles:,}"
                yield Finding(str(self._folder / listed.name), problem, _REBUILD)

    def _told_apart(self, alive: list[Array]) -> Iterator[Finding]:
        """Yield that ids are not those that they should be, or that one is that of more than one article."""
        ids = Counter[str]()
        for (_, segment), documents in zip(self._open, alive, strict=True):
            own = list(segment.columns.ids)
            ids.update(own[document] for document in documents.tolist())
        if commits.tally(ids.elements()) != self._commit.tally:
            problem = "its articles are not those that were put in and not taken out: some are lost, or there again"
            yield Finding(str(self._folder), problem, _REBUILD)
        if several := [name for name, count in ids.items() if count > 1]:
            named = ", ".join(repr(name) for name in several[:_FEW])
            yield Finding(str(self._folder), f"{len(several):,} ids are those of several articles: {named}", _REBUILD)


def _damage(folder: Path, segment: str) -> Iterator[Finding]:
    try:
        facts = manifests.load(folder, segment).files
    except IndexUnavailable as exc:
        yield _finding(manifests.path_of(folder, segment, manifests.ENDING), exc)
        return
    for name in manifests.FILES:
        path = manifests.path_of(folder, segment, name)
        try:
            ArrayFile(path, facts[name]).check_all()
        except IndexUnavailable as exc:
            yield _finding(path, exc)


def _finding(path: Path, exc: IndexUnavailable) -> Finding:
    return Finding(
        str(path), str(exc).removeprefix(f"{path} ").partition(": restore it")[0], f"restore it, or {_REBUILD}"
    )


def _alive(listed: Listed) -> Array:
    """Return the documents that are not deleted."""
    live = listed.live
    return np.arange(listed.articles) if live is None else np.flatnonzero(live)


def _sampled(alive: list[Array], sample: int) -> list[Array]:
    """Return *sample* documents of those that are *alive* in each segment, others at each call."""
    ends = np.cumsum([len(documents) for documents in alive])
    total = int(ends[-1]) if len(ends) else 0
    chosen = np.sort(np.random.default_rng().permutation(total)[:sample])
    parts = np.split(chosen, np.searchsorted(chosen, ends[:-1])) if alive else []
    starts = [0, *ends[:-1].tolist()]
    return [documents[part - start] for documents, part, start in zip(alive, parts, starts, strict=True)]
