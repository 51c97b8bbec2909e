"""Spellings of one word that the analysis keeps apart: e-commerce and ecommerce, endokrinolog and endokrinologi."""

from indexer import schema
from search.query.tree import Term
from search.query.vocabulary import Vocabulary, is_rarer

_PERSON, _SCIENCE = "olog", "ologi"


def otherwise(exact: str, stem: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """
    Return the other terms by which the index has the word *exact*, of which *stem* is one.

    The same letters may be a root in one text and a form in another: that depends on a hyphen or an apostrophe.
    """
    terms = [Term(schema.STEM, twin) for twin in (exact, _twin(stem)) if twin and twin != stem]
    whole = Term(schema.EXACT, exact)
    if is_rarer(Term(schema.STEM, stem), whole, vocabulary):
        terms.append(whole)
    return tuple(term for term in terms if vocabulary.holding(term))


def _twin(stem: str) -> str | None:
    """Return the science of a person, or the person of a science."""
    if stem.endswith(_PERSON):
        return f"{stem}i"
    return stem[:-1] if stem.endswith(_SCIENCE) else None
