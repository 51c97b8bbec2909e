"""What an engine that writes an index must do: the protocols, and the values that go through them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from indexer.analysis import Analyzer
from indexer.article import Article

Part = Any
"""Some articles of an index, written and on disk; what it is only its engine knows. It can be sent to a process."""


class PartWriter(Protocol):
    """Writes parts of an index, one after the other, each of as many articles as fit into memory."""

    def add(self, article: Article) -> None:
        """Take *article* in."""

    def write(self, name: str) -> Part:
        """Write the articles taken in as a part, which no other of the index has the *name* of, and begin anew."""


class IndexWriter(Protocol):
    """Writes one new index into an empty folder."""

    def add(self, article: Article) -> bool:
        """Take *article* in, in the place of an earlier one with its id; say whether there was such a one."""

    def take(self, part: Part) -> int:
        """
        Take in the articles of *part*, which come after those before; return how many replace an earlier one.

        The part is needed until the index is complete, and then the caller's to remove.
        """

    def finish(self, through: int = 0) -> int:
        """
        Complete the index, open it again, and return how many articles it holds.

        *through* is the number of the last change that counts as being in it.
        """

    def abort(self) -> None:
        """Give up and close all files."""


class Merge(Protocol):
    """Parts of an index that are to be made one."""

    def run(self) -> None:
        """Write the whole; takes long, and changes may be applied meanwhile."""

    def finish(self) -> None:
        """Put the whole in the place of its parts, with what was changed of these meanwhile."""

    def give_up(self) -> None:
        """Leave it, whether it was run or not; nothing once it is finished."""


class IndexUpdater(Protocol):
    """
    Changes one complete index.

    Whoever calls it keeps others from changing the index during the call; between two calls they may. A call that
    fails leaves the index as it was.
    """

    @property
    def through(self) -> int:
        """The number of the last change that the index holds."""

    @property
    def articles(self) -> int:
        """The articles that it holds."""

    def apply(self, put: Sequence[Article], gone: Collection[str], through: int) -> None:
        """
        Put articles in, each in the place of the one of its id, and take those with the ids *gone* out.

        On return this is on disk, together with *through*, the number of the last change that it does.
        """

    def begin_merge(self) -> "Merge | None":
        """Return what is to be merged to keep the index fast, None if nothing is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with an index: the file or folder, what it is, and what can be done about it."""

    place: str
    problem: str
    remedy: str


class IndexInspector(Protocol):
    """Looks at one complete index, as it was when it was opened, and changes nothing."""

    @property
    def is_current(self) -> bool:
        """Whether nothing was committed to the index since."""

    @property
    def since(self) -> int:
        """The number of the last change that its sources count as holding; later ones were applied to it."""

    @property
    def through(self) -> int:
        """The number of the last change that the index holds."""

    @property
    def moment(self) -> float:
        """When it came to hold that change, or was built, in seconds since 1970."""

    @property
    def articles(self) -> int:
        """The articles that it holds."""

    def articles_of(self, article_id: str) -> list[Article]:
        """Return the articles of this id: one, unless something is wrong, or none."""

    def stored(self) -> Iterator[Article]:
        """
        Yield all of its articles, as they were when it was opened if it is one of files, in the same order each time.

        Raises:
            IndexUnavailable: they cannot be read.
        """

    def size(self) -> int:
        """Return how many bytes its files have."""

    def counts(self, field: str) -> dict[str, int]:
        """Return how many articles have each value of the key field *field*."""

    def damage(self) -> list[Finding]:
        """Compare every byte with its checksum."""

    def contradictions(self, analyzer: Analyzer, sample: int) -> list[Finding]:
        """Compare what the parts of the index say of each other: ids, counts, and of *sample* articles all postings."""

    def strays(self) -> list[Path]:
        """Return the files of which no state of the index that anyone may still read makes use."""
