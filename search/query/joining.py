"""
Words that one writes together and another apart: tik tok and TikTok, wali kota and walikota, nodejs and Node.js.

Which of them mean the same only an index can tell: both forms must be among its words.
"""

from indexer import schema
from indexer.analysis import Analyzer, function_words
from search.query.tree import Phrase, Term
from search.query.vocabulary import Vocabulary

_SHORTEST_WORD, _SHORTEST_PART = 5, 2
_OFTEN_ENOUGH = 100
"""A word is a phrase too if of so many articles that hold it one holds the phrase."""


def joined(first: str, second: str, analyzer: Analyzer, vocabulary: Vocabulary, field: str | None) -> tuple[Term, ...]:
    """
    Return the terms for the folded words *first* and *second* written as one; none if the index has no such word.

    Function words are left alone: "ke luar" is not "keluar". An inflected word is looked for by its stem too, unless
    the first word is what is taken off there: "per tahun" is not every "tahun".
    """
    exact = first + second
    if (exact.isdecimal() or not exact.isalnum()) or not function_words().isdisjoint((first, second)):
        return ()
    stems = {stem for token in analyzer.analyze(exact) for stem in token.stems if stem.startswith(first)}
    terms = [Term(field or schema.STEM, stem) for stem in sorted(stems) if len(stem) > len(first)]
    return tuple(term for term in (*terms, Term(field or schema.EXACT, exact)) if vocabulary.holding(term))


def parted(word: str, vocabulary: Vocabulary, field: str | None) -> Phrase | None:
    """Return the phrase for the stem *word* written as two, as the index has it often enough; or None."""
    if len(word) < _SHORTEST_WORD or not word.isalnum() or word.isdecimal():
        return None
    name = field or schema.STEM
    least = max(1.0, vocabulary.holding(Term(name, word)) / _OFTEN_ENOUGH)
    parts = ((word[:place], word[place:]) for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1))
    likely = [
        Phrase(name, pair)
        for pair in parts
        if function_words().isdisjoint(pair) and all(vocabulary.holding(Term(name, part)) >= least for part in pair)
    ]
    best = max(likely, key=lambda phrase: (vocabulary.holding(phrase), min(map(len, phrase.terms))), default=None)
    return best if best and vocabulary.holding(best) >= least else None
