"""Writes segments: articles to runs, and runs to one segment."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, compress
from pathlib import Path

import numpy as np

from indexer import schema
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.whoosh import committing
from indexer.engines.whoosh.codec import manifest as manifests
from indexer.engines.whoosh.codec.building import Extent, SegmentBuilder
from indexer.engines.whoosh.codec.columns import Columns
from indexer.engines.whoosh.codec.decoding import GONE
from indexer.engines.whoosh.codec.fields import KINDS
from indexer.engines.whoosh.codec.occurrences import Occurrences
from indexer.engines.whoosh.codec.phrasebook import SAMPLED, phrasebook
from indexer.engines.whoosh.codec.stored import Packed, packed_alike, staying
from indexer.engines.whoosh.commits import Listed
from indexer.engines.whoosh.run_fields import NumberedRun, RunFields, values
from indexer.engines.whoosh.runs import RunWriter
from indexer.engines.whoosh.spill import Run
from indexer.engines.whoosh.spreading import Encoder, spread

WIDE = 1 << 16
"""Positions from here on take 32 bits."""

WORTH_SPREADING = 2_000_000
"""Occurrences from which on it is worth while to start a process, which takes a quarter of a second."""


class SegmentWriter:
    """Takes articles in, and writes them as segments, one after the other."""

    def __init__(self, folder: Path, analyzer: Analyzer, jobs: int = 1) -> None:
        """Write into *folder*, in which no other writes; large segments by as many processes as *jobs* says."""
        self._folder = folder
        self._jobs = jobs
        self._open = RunWriter(folder, analyzer)
        self._begin()

    def _begin(self) -> None:
        self._ids: dict[str, int] = {}
        self._gone: list[int] = []
        self._count = 0
        self._runs: list[Run] = []
        self._own: list[Run] = []

    def add(self, article: Article) -> bool:
        """Take *article* in, in the place of an earlier one with its id; say whether there was such a one."""
        self._open.add(article)
        if self._open.is_full:
            self._close_run()
        return self._numbered(article.id)

    def take(self, run: Run) -> int:
        """
        Take in the articles of *run*, which come after all before; return how many replace an earlier one.

        Its file is the caller's to remove, once the segment is written.
        """
        self._runs.append(run)
        return sum(self._numbered(identity) for identity in run.columns_of().ids)

    @property
    def ids(self) -> Collection[str]:
        """The ids of the articles that were taken in."""
        return self._ids.keys()

    def write(self) -> Listed:
        """Write the articles that were taken in, of which there is one at least, and begin anew."""
        if len(self._open):
            self._close_run()
        self._ids.clear()
        name = committing.new_name()
        runs = self._numbered_runs()
        columns = _columns(runs)
        wide = max(run.last_position for run in self._runs) >= WIDE
        extent = Extent(len(columns.ids), wide)
        builder = SegmentBuilder(self._folder, name, extent)
        fields = RunFields(runs, extent.articles)
        stored = packed_alike((own for run in runs for own in _stored(run)), _phrases(self._runs))
        if self._jobs > 1 and fields.size > WORTH_SPREADING:
            with spread(Encoder(fields, extent), columns, self._jobs) as encoded:
                builder.write_encoded(encoded, columns, stored)
        else:
            builder.write(lambda field: _batches(field, fields, columns), columns, stored)
        for run in self._own:
            run.path.unlink()
        self._begin()
        return Listed(name, len(columns.ids), manifests.checksum(self._folder, name))

    def _close_run(self) -> None:
        self._own.append(self._open.write(f"{len(self._runs)}.run"))
        self._runs.append(self._own[-1])

    def _numbered(self, identity: str) -> bool:
        earlier = self._ids.get(identity)
        if earlier is not None:
            self._gone.append(earlier)
        self._ids[identity] = self._count
        self._count += 1
        return earlier is not None

    def _numbered_runs(self) -> list[NumberedRun]:
        kept = np.ones(self._count, bool)
        kept[self._gone] = False
        number = np.where(kept, np.cumsum(kept) - 1, GONE)
        ends = np.cumsum([run.articles for run in self._runs])
        return [NumberedRun(run, own) for run, own in zip(self._runs, np.split(number, ends[:-1]), strict=True)]


def _batches(field: str, fields: RunFields, columns: Columns) -> Iterable[Occurrences]:
    if not KINDS[field].words:
        return values(field, columns)
    return chain.from_iterable(map(fields.batches, fields.spans(field)))


def _columns(runs: list[NumberedRun]) -> Columns:
    """Return the values of all articles that stay."""
    ids: list[str] = []
    keys: dict[str, list[str]] = {field: [] for field in schema.KEY_FIELDS}
    tags: list[Sequence[str]] = []
    titles: list[str] = []
    published, signatures, portals = [], [], []
    shared: dict[str, str] = {}
    for source in runs:
        columns, kept = source.run.columns_of(), source.stays.tolist()
        ids += compress(columns.ids, kept)
        published.append(columns.published[source.stays])
        tags += compress(columns.tags, kept)
        titles += compress(columns.titles, kept)
        signatures.append(columns.signatures[source.stays])
        portals.append(columns.portals[source.stays])
        for field, own in columns.keys.items():
            keys[field] += [shared.setdefault(v, v) for v, stays in zip(own, kept, strict=True) if stays]
    moments, rows, marks = map(np.concatenate, (published, signatures, portals))
    return Columns(ids, moments, keys, tags, titles, rows, marks)


def _phrases(runs: Sequence[Run]) -> bytes:
    """Return what the articles of all *runs* share."""
    step = max(1, sum(run.articles for run in runs) // SAMPLED)
    return phrasebook([own.opened() for run in runs for own in run.stored(step)])


def _stored(source: NumberedRun) -> Iterable[Packed]:
    return staying(source.run.stored(), source.stays.tolist())
