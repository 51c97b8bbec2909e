"""How much there is to read: the size of sources where it is known, and how many records that may be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer import sources
from indexer.sources.records import Broken, Found


@dataclass(slots=True)
class Extent:
    """
    The files of some sources with their *sizes* in bytes, and how much of them was read.

    *known* is false where a source is no file: what comes from a server or a pipe has no size that can be told before.
    """

    sizes: dict[str, int]
    known: bool
    _total: int
    _records: int = 0
    _before: int = 0  # bytes of the files that were read to their ends
    _file: str = ""  # the one that is being read
    _read: int = 0  # bytes of that

    @classmethod
    def of(cls, names: Sequence[str]) -> "Extent":
        """Return that of the sources *names*."""
        sizes = {}
        for path in (file for name in names for file in _files(Path(name))):
            try:
                sizes[str(path)] = path.stat().st_size
            except OSError:  # it is reported when its turn to be read comes
                continue
        return cls(sizes, all(Path(name).exists() for name in names), sum(sizes.values()))

    def watched(self, items: Iterable[Found | Broken]) -> Iterator[Found | Broken]:
        """Yield *items*, which are what the sources hold, and remember how much that is."""
        for item in items:
            self._note(item)
            yield item

    @property
    def records(self) -> int | None:
        """How many records there will be if those to come are as long as those that were; None: cannot be told."""
        read = self._before + self._read
        return round(self._records * self._total / read) if self.known and read else None

    def _note(self, item: Found | Broken) -> None:
        self._records += 1
        file = item.place if item.place in self.sizes else item.place.rpartition(":")[0]
        if file not in self.sizes:
            return
        if file != self._file:
            self._before += self.sizes.get(self._file, 0)
            self._file, self._read = file, 0
        if isinstance(item, Found):
            self._read = max(self._read, min(item.read, self.sizes[file]))


def _files(path: Path) -> list[Path]:
    return [file for file in path.rglob("*") if file.is_file() and sources.reads(file)] if path.is_dir() else [path]
