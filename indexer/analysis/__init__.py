"""
Indonesian text in, terms out: the words of a text with their places, exact forms and stems.

Pure Python that knows no search engine. `analyze` is the recipe with the project's own word lists;
an `Analyzer` of your own takes an operator's exceptions.
"""

from indexer.analysis.analyzer import CACHED_CHUNKS, Analyzer, analyze
from indexer.analysis.characters import MAX_TERM, fold
from indexer.analysis.finder import Finder
from indexer.analysis.function_words import function_words
from indexer.analysis.hints import Hints
from indexer.analysis.rules import Explained
from indexer.analysis.sentences import ABBREVIATIONS, sentence_around, sentences
from indexer.analysis.short_forms import LONGEST, ShortForm, read_short_form, short_forms
from indexer.analysis.sightings import Spots
from indexer.analysis.spelling import chat_forms
from indexer.analysis.tokenizer import folded_words, parts, surfaces
from indexer.analysis.tokens import Span, Token

__all__ = [
    "ABBREVIATIONS",
    "CACHED_CHUNKS",
    "LONGEST",
    "MAX_TERM",
    "Analyzer",
    "Explained",
    "Finder",
    "Hints",
    "ShortForm",
    "Span",
    "Spots",
    "Token",
    "analyze",
    "chat_forms",
    "fold",
    "folded_words",
    "function_words",
    "parts",
    "read_short_form",
    "sentence_around",
    "sentences",
    "short_forms",
    "surfaces",
]
