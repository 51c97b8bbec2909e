"""Small stemmers for tests that are about something else than stemming."""

from indexer.analysis.lexicon import Lexicon
from indexer.analysis.stemmer import Stemmer


def stemmer(**roots: str) -> Stemmer:
    """Return a stemmer that knows these words and their roots, and leaves all others alone."""
    return Stemmer(Lexicon(), roots)
