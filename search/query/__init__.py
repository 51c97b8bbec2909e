"""
The query language: what a reader types -> a tree of terms that any engine can evaluate.

`lexer` cuts the text into signs and words, `words` makes leaves of the words with the analyzer of the index,
`expansion` adds what else they mean, and `parser` puts the `tree` together. It never fails: a sign that makes no
sense where it stands is passed over. `times` tells by the `calendar` which time is meant. `matching` says when a word
is like another, by a pattern or a near spelling.
"""

from search.query.budget import Kept, within_budget
from search.query.expansion import Expansions
from search.query.meanings import Meanings
from search.query.parser import in_time, parse, parse_with
from search.query.query import NO_FILTERS, Filters, Place, Query, Sort
from search.query.synonyms import NO_SYNONYMS, Stems, Synonyms
from search.query.times import Moment, Newness, Timeliness, Times, times_of
from search.query.tree import (
    Alike,
    All,
    AnyOf,
    Everything,
    Except,
    Fuzzy,
    Leaf,
    Meaning,
    Node,
    Nothing,
    Pattern,
    Phrase,
    Prefer,
    Prefix,
    Range,
    Term,
    Wildcard,
    Word,
    leaves,
    patterns,
    plain_words,
    typed,
    word_of,
)
from search.query.vocabulary import AllWords, Made, NoWords, Vocabulary

__all__ = [
    "NO_FILTERS",
    "NO_SYNONYMS",
    "Alike",
    "All",
    "AllWords",
    "AnyOf",
    "Everything",
    "Except",
    "Expansions",
    "Filters",
    "Fuzzy",
    "Kept",
    "Leaf",
    "Made",
    "Meaning",
    "Meanings",
    "Moment",
    "Newness",
    "NoWords",
    "Node",
    "Nothing",
    "Pattern",
    "Phrase",
    "Place",
    "Prefer",
    "Prefix",
    "Query",
    "Range",
    "Sort",
    "Stems",
    "Synonyms",
    "Term",
    "Timeliness",
    "Times",
    "Vocabulary",
    "Wildcard",
    "Word",
    "in_time",
    "leaves",
    "parse",
    "parse_with",
    "patterns",
    "plain_words",
    "times_of",
    "typed",
    "within_budget",
    "word_of",
]
