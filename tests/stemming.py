"""Small analyzers for tests that are about something else than stemming."""

from indexer.analysis import Analyzer
from indexer.analysis.lexicon import Lexicon


def knowing(**roots: str) -> Analyzer:
    """Return an analyzer that knows these words and their roots, and leaves all others alone."""
    return Analyzer(roots, lexicon=Lexicon())
