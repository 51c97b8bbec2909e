"""
Indonesian text in, terms out: the words of a text with their places, exact forms and stems.

Pure Python that knows no search engine. `analyze` is the recipe with the project's own word lists;
an `Analyzer` of your own takes an operator's exceptions.
"""

from indexer.analysis.analyzer import Analyzer, analyze
from indexer.analysis.characters import fold
from indexer.analysis.sentences import sentences
from indexer.analysis.tokens import Span, Token

__all__ = ["Analyzer", "Span", "Token", "analyze", "fold", "sentences"]
