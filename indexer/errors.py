"""
What can go wrong while an index is written or opened.

    IndexerError
    ├── ArticleRejected       one record is no valid article; the run goes on
    ├── SourceUnavailable     a source cannot be read at all
    ├── SettingsError         a setting is unknown or has a value that it cannot have
    ├── ReindexFailed         a build was given up; the live index is as it was
    ├── QueueUnavailable      changes cannot be queued or read; those that were acknowledged are safe
    └── IndexUnavailable      there is no index here, or it cannot be opened
        └── IndexOutdated     it was written by another format or analyzer

Every message names the value and the remedy.
"""


class IndexerError(Exception):
    """The root of the indexer's errors."""


class ArticleRejected(IndexerError):
    """A record is no valid article."""


class SourceUnavailable(IndexerError):
    """A source cannot be read at all."""


class SettingsError(IndexerError):
    """A setting is unknown, or has a value that it cannot have."""


class ReindexFailed(IndexerError):
    """A build was given up; the live index is as it was."""


class QueueUnavailable(IndexerError):
    """Changes cannot be queued or read; those that were acknowledged are safe."""


class IndexUnavailable(IndexerError):
    """There is no index here, or it cannot be opened."""


class IndexOutdated(IndexUnavailable):
    """The index was written by another format or analyzer than this program's."""
