"""What the commands that search share: the errors that they expect, and how they open an index as the settings say."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from indexer import generations, schema, settings
from indexer.analysis import Analyzer
from indexer.commands import console
from indexer.commands.console import Console
from indexer.errors import IndexerError
from indexer.settings import AnalysisSettings, Document
from search.answers import Answers
from search.curating.curation import Curation
from search.curating.following import LiveCuration
from search.errors import SearchError
from search.live import LiveIndex
from search.suggesting.past_queries import NO_PAST_QUERIES, PastQueries
from search.tuning import Highlighting, Lists, Ranking

command = partial(console.command, expected=(IndexerError, SearchError))
"""Makes a function a command, as `indexer.commands.console.command` does; errors of a search are expected too."""

_CACHED_CHUNKS = 1 << 14  # of some 600 bytes each


def answers(terminal: Console, past: Callable[[], PastQueries] = lambda: NO_PAST_QUERIES) -> Answers:
    """Return what answers from the live index as the service does; *past* has what others asked."""
    live = live_index(terminal)
    return Answers(live, highlighting(terminal), past, curation=curation(terminal.document, live.analyzer))


def curation(document: Document, analyzer: Analyzer) -> Callable[[], Curation]:
    """Return what gives out what the lists of the section ``[lists]`` say."""
    return LiveCuration(settings.section(document, "lists", Lists), analyzer).current


def live_index(terminal: Console) -> LiveIndex:
    """Return the index that is live, ranked as the section ``[ranking]`` says."""
    return LiveIndex(terminal.index.path, ranking(terminal), reader(terminal.document, terminal.index.path))


def reader(document: Document, root: Path) -> Analyzer:
    """Return the analyzer that the section ``[analysis]`` asks for, with the lexicon that the index at *root* keeps."""
    analysis = settings.section(document, "analysis", AnalysisSettings)
    return schema.open_analyzer(analysis, generations.lexicon(root), _CACHED_CHUNKS)


def highlighting(terminal: Console) -> Highlighting:
    """Return the section ``[highlight]``."""
    return settings.section(terminal.document, "highlight", Highlighting)


def ranking(terminal: Console) -> Ranking:
    """Return the section ``[ranking]``."""
    return settings.section(terminal.document, "ranking", Ranking)
