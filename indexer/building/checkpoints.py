"""
Checkpoints: what of an unfinished build need not be done again.

    parts/build.json   what the build is made of and by; one that is made of other things begins anew
    parts/N.part       the articles of the batch N, as the engine wrote them
    parts/N.json       what became of the batch N; written once its part is on disk

A batch is taken over if its records are, to the letter, those that were read before. So it does not matter what kind
of source they come from, nor when it was changed: where it was, all batches before the change are still taken over.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

import msgspec

from indexer import __version__, durable, schema
from indexer.acronym_counts import AcronymCounts
from indexer.analysis import Analyzer
from indexer.engines import found_part, kept_part
from indexer.generations import PARTS
from indexer.reading.batches import Batch, Rejected, Remarked, Taken
from indexer.sources.records import Broken, Found

_HEAD = "build.json"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a build is made of and by: its *sources*, the *engine*, the analysis' *fingerprint*, the *program*."""

    sources: tuple[str, ...]
    engine: str
    fingerprint: str
    program: str = __version__

    @classmethod
    def of(cls, sources: Sequence[str], engine: str, analyzer: Analyzer) -> "Purpose":
        """Return the purpose of a build from *sources* that *engine* writes with *analyzer*."""
        return cls(tuple(sources), engine, schema.fingerprint(analyzer))

    def difference(self, folder: Path) -> str | None:
        """Return what the unfinished build in *folder* was for instead; None if it was for this."""
        try:
            head = json.loads((folder / PARTS / _HEAD).read_text(encoding="utf-8"))
            began = Purpose(tuple(head["sources"]), head["engine"], head["fingerprint"], head["program"])
        except (OSError, ValueError, LookupError, TypeError):
            return "it had not begun to read"
        if began.sources != self.sources:
            return f"it was of other sources ({', '.join(began.sources)})"
        return None if began == self else "it was made by another program, or with another analysis"


class Checkpoint:
    """The checkpoint of one build; a context manager, after which all that was kept is on disk."""

    def __init__(self, folder: Path, purpose: Purpose) -> None:
        """Go on with that of the build in *folder*, or begin one."""
        self.folder = folder / PARTS
        self._engine = purpose.engine
        self._checksums: dict[int, str] = {}
        self._writing: list[Future[None]] = []
        head = self.folder / _HEAD
        if not head.exists():
            self.folder.mkdir()
            durable.write_json(head, asdict(purpose))
        self._thread = ThreadPoolExecutor(1)

    def known(self, number: int, batch: Batch) -> Taken | None:
        """Return what became of *batch*, the one with this *number*; None if that must be found out."""
        checksum = _checksum(batch)
        if taken := self._found(number, checksum):
            return taken
        self._checksums[number] = checksum
        return None

    def keeping(self, batches: Iterable[Taken]) -> Iterator[Taken]:
        """Yield what became of all *batches*, in their order, and keep it beside what else there is to do."""
        for number, taken in enumerate(batches):
            checksum = self._checksums.pop(number, None)
            if checksum:
                self._writing.append(self._thread.submit(self._keep, number, checksum, taken))
            while self._writing and self._writing[0].done():
                self._writing.pop(0).result()
            yield taken

    def discard(self) -> None:
        """Keep nothing: wait for what is being written, and remove all of it."""
        self._thread.shutdown()
        shutil.rmtree(self.folder)

    def __enter__(self) -> Self:
        """Return the checkpoint."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Bring to disk what is to be kept; raises what went wrong with that unless something else has."""
        self._thread.shutdown()
        if kind is None:
            for writing in self._writing:
                writing.result()

    def _keep(self, number: int, checksum: str, taken: Taken) -> None:
        facts = {
            "records": checksum,
            "part": None if taken.part is None else kept_part(self._engine, taken.part),
            "accepted": taken.accepted,
            "rejected": [asdict(rejected) for rejected in taken.rejected],
            "remarked": [asdict(remarked) for remarked in taken.remarked],
            "acronyms": [[*pair, count] for pair, count in taken.acronyms.articles.items()],
            "strict": sorted(taken.acronyms.strict),
        }
        durable.write_json(self.folder / f"{number}.json", facts, indent=None)

    def _found(self, number: int, checksum: str) -> Taken | None:
        try:
            facts = json.loads((self.folder / f"{number}.json").read_text(encoding="utf-8"))
            return self._taken(facts) if facts["records"] == checksum else None
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def _taken(self, facts: Mapping[str, Any]) -> Taken | None:
        part = None if facts["part"] is None else found_part(self._engine, self.folder, facts["part"])
        if part is None and facts["part"] is not None:
            return None
        acronyms = AcronymCounts()
        acronyms.articles.update({(short, long): count for short, long, count in facts["acronyms"]})
        acronyms.strict = {(short, long) for short, long in facts["strict"]}
        rejected = [Rejected(**row) for row in facts["rejected"]]
        remarked = [Remarked(**row) for row in facts["remarked"]]
        return Taken(part, facts["accepted"], rejected, remarked, acronyms)


def _checksum(batch: Batch) -> str:
    """Return the same text for the same records in the same places, and for no others."""
    digest = blake2b(digest_size=16)
    for item in batch:
        digest.update(_exactly(item))
    return digest.hexdigest()


def _exactly(item: Found | Broken) -> bytes:
    """Return *item*, without how far its file was read; packed, which takes a tenth of the time of writing it out."""
    if isinstance(item, Found):
        try:
            return msgspec.msgpack.encode((item.place, item.remark, item.record))
        except (TypeError, ValueError, OverflowError):  # a type that it does not know, half a character, a huge number
            pass
    return repr(item).encode("utf-8", "surrogatepass")
