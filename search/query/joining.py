"""
Words that one writes together and another apart: tik tok and TikTok, wali kota and walikota, nodejs and Node.js.

Which of them mean the same only an index can tell: both forms must be among its words.
"""

from indexer import schema
from indexer.analysis import function_words
from search.query.tree import Phrase, Term
from search.query.vocabulary import Vocabulary

_SHORTEST_FIRST, _SHORTEST_SECOND = 3, 2  # letters: moto gp, tik tok
_OFTEN_ENOUGH = 100
"""A word is a phrase too if of so many articles that hold it one holds the phrase."""


def joined(first: str, second: str, stem: str, vocabulary: Vocabulary, field: str | None) -> tuple[Term, ...]:
    """
    Return the terms for the words *first* and *second*, which has that *stem*, written as one; none if there are none.

    Function words are left alone: "ke luar" is not "keluar".
    """
    exact = first + second
    if exact.isdecimal() or not exact.isalnum() or not function_words().isdisjoint((first, second)):
        return ()
    stems = dict.fromkeys((exact, first + stem))
    terms = (*(Term(field or schema.STEM, whole) for whole in stems), Term(field or schema.EXACT, exact))
    return tuple(term for term in dict.fromkeys(terms) if vocabulary.holding(term))


def parted(word: str, vocabulary: Vocabulary, field: str | None) -> Phrase | None:
    """Return the phrase for the stem *word* written as two, as the index has it often enough; or None."""
    if not word.isalnum() or word.isdecimal():
        return None
    name = field or schema.STEM
    least = max(1.0, vocabulary.holding(Term(name, word)) / _OFTEN_ENOUGH)
    parts = ((word[:place], word[place:]) for place in range(_SHORTEST_FIRST, len(word) - _SHORTEST_SECOND + 1))
    likely = [
        Phrase(name, pair)
        for pair in parts
        if function_words().isdisjoint(pair) and all(vocabulary.holding(Term(name, part)) >= least for part in pair)
    ]

    def most(phrase: Phrase) -> int:
        return min(vocabulary.holding(Term(name, part)) for part in phrase.terms)

    best, found = None, (least, 0)
    for phrase in sorted(likely, key=most, reverse=True):
        if most(phrase) < found[0]:
            break  # a phrase has no more articles than its rarer word
        own = (vocabulary.holding(phrase), min(map(len, phrase.terms)))
        if own > found:
            best, found = phrase, own
    return best
