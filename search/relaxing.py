"""
When not all words of a question must be found, and which of them were let go.

Where few articles hold all words, to ask for all hides the right ones: of 2,039 questions 55 in 100 have an article
with all of their words, and that is the right one for two in three of these. A list of a hundred is longer than
anybody reads: it may ask for all. Measured on questions (MRR@10, Recall@100), all words being asked for where so many
articles have them: 1: .570, .704; 10: .647, .878; 30: .652, .909; 100: .654, .922; never: .654, .926.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import inf

from search.engines import Engine
from search.query import Alike, All, AnyOf, Except, Node, Phrase, Prefer, Query, Sort, Term, Vocabulary, typed, word_of

_ENOUGH = 100
_SHARE = 300  # of so few articles one is enough: a small index has no more


def has_enough(query: Query, engine: Engine) -> bool:
    """Say whether so many articles match *query*, which asks for all words, that the others can be left out."""
    enough = _enough(query, engine)
    most = engine.reading(lambda words: _most(query.tree, words))
    return most >= enough and engine.has(replace(query, pinned=()), enough)


def _enough(query: Query, engine: Engine) -> int:
    """
    Return how many articles must hold all words for the others to be left out.

    By date any article with a common word of the question would come before those that it asks for, so that there one
    with all words is enough.
    """
    if query.sort is not Sort.RELEVANCE:
        return 1
    return max(1, min(_ENOUGH, engine.articles // _SHARE))


def _most(node: Node, words: Vocabulary) -> float:
    """Return how many articles can match *node* at most, by those of its words: one rare word often settles it."""
    if word := word_of(node):
        return words.holding(word.stem)
    match node:
        case Term():
            return words.holding(node)
        case Phrase(field, terms):
            return min(words.holding(Term(field, term)) for term in terms)
        case All(nodes):
            return min(_most(child, words) for child in nodes)
        case AnyOf(nodes):
            return sum(_most(child, words) for child in nodes)
        case Alike(child, others):
            return sum(_most(one, words) for one in (child, *others))
        case Prefer(child, _) | Except(child, _):
            return _most(child, words)
    return inf


def let_go(tree: Node, article_ids: list[str], engine: Engine) -> tuple[str, ...]:
    """
    Return the words of the relaxed *tree* that not all of the articles hold, as they were typed.

    Where all of these hold every word, any of them may be missing in those that come after them.
    """
    wanted = list(_alternatives(tree))
    return tuple(map(typed, engine.lacking(wanted, article_ids) or wanted))


def _alternatives(node: Node) -> Iterator[Node]:
    match node:
        case Except(child, _):
            yield from _alternatives(child)
        case AnyOf(nodes):
            for child in nodes:  # what the reader typed with OR is one of them, what was a phrase is its words
                yield from _alternatives(child) if isinstance(child, Prefer) else (child,)
        case Prefer(child, _) if not word_of(node):
            yield from _alternatives(child)
        case _:
            yield node
