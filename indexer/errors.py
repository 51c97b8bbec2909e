"""
What can go wrong while an index is written or opened.

    IndexerError
    ├── ArticleRejected       one record is no valid article; the run goes on
    ├── SourceUnavailable     a source cannot be read at all
    │   └── FetchFailed       an address does not give what it should; of one page among many, the run goes on
    ├── XmlBroken             a document breaks off or is refused; what stands before it was read
    ├── SettingsError         a setting is unknown or has a value that it cannot have
    ├── KeysUnavailable       the keys cannot be read; nobody can write over HTTP until they can
    ├── ReindexFailed         a build was given up; the live index is as it was
    │   └── BuildRefused      a check speaks against publishing it
    ├── QueueUnavailable      changes cannot be queued or read; those that were acknowledged are safe
    ├── ChangesHang           changes are queued, but whoever is to apply them does not get on
    │   └── AnotherApplies    another process has the right to apply them
    └── IndexUnavailable      there is no index here, or it cannot be opened
        ├── CommitOvertaken   it was changed by another process meanwhile; nothing was saved over that
        └── IndexOutdated     it was written by another format or analyzer

Every message names the value and the remedy.
"""

from collections.abc import Sequence


class IndexerError(Exception):
    """The root of the indexer's errors."""


class ArticleRejected(IndexerError):
    """A record is no valid article."""


class SourceUnavailable(IndexerError):
    """A source cannot be read at all."""


class FetchFailed(SourceUnavailable):
    """An address does not give what it should."""


class XmlBroken(IndexerError):
    """A document breaks off or is refused; *line* says where."""

    def __init__(self, line: int, reason: str) -> None:
        """Remember the place and the reason."""
        super().__init__(reason)
        self.line = line


class SettingsError(IndexerError):
    """A setting is unknown, or has a value that it cannot have."""


class KeysUnavailable(IndexerError):
    """The keys cannot be read; nobody can write over HTTP until they can."""


class ReindexFailed(IndexerError):
    """A build was given up; the live index is as it was."""


class BuildRefused(ReindexFailed):
    """A check speaks against publishing a build; *generation* is the name under which it is kept to be looked at."""

    def __init__(self, message: str, generation: str, reasons: Sequence[str]) -> None:
        """Say *message*, which is about these *reasons*."""
        super().__init__(message)
        self.generation, self.reasons = generation, tuple(reasons)


class QueueUnavailable(IndexerError):
    """Changes cannot be queued or read; those that were acknowledged are safe."""


class ChangesHang(IndexerError):
    """Changes are queued and safe, but whoever is to apply them does not get on."""


class AnotherApplies(ChangesHang):
    """Another process has the right to apply changes."""


class IndexUnavailable(IndexerError):
    """There is no index here, or it cannot be opened."""


class CommitOvertaken(IndexUnavailable):
    """An index was changed by another process meanwhile; nothing was saved over that."""


class IndexOutdated(IndexUnavailable):
    """The index was written by another format or analyzer than this program's."""
