"""Which articles a node of the query tree matches, in the language of the cluster; the scores mean nothing."""

from collections.abc import Iterable

from indexer.engines.opensearch.texts import fit
from search.engines.opensearch.asking import Body
from search.engines.opensearch.spaced_phrases import spaced_phrase
from search.query import (
    Alike,
    All,
    AnyOf,
    Everything,
    Except,
    Fuzzy,
    Node,
    Nothing,
    Pattern,
    Phrase,
    Prefer,
    Prefix,
    Range,
    Term,
    Wildcard,
)

NOTHING: Body = {"match_none": {}}
EVERYTHING: Body = {"match_all": {}}


def matched(node: Node) -> Body:
    """Return the query that matches what *node* does."""
    match node:
        case Term() | Phrase():
            return holds(node)
        case All(nodes):
            return {"bool": {"filter": [matched(child) for child in nodes]}} if nodes else NOTHING
        case AnyOf(nodes):
            return any_of([matched(child) for child in nodes])
        case Prefer(child, _):
            return matched(child)
        case Alike(child, others):
            return any_of([matched(child), *map(matched, others)])
        case Except(child, excluded):
            return {"bool": {"filter": [matched(child)], "must_not": [matched(excluded)]}}
        case Everything() | Nothing():
            return EVERYTHING if isinstance(node, Everything) else NOTHING
    return _like(node)


def holds(leaf: Term | Phrase) -> Body:
    """Return what matches the articles that hold *leaf*."""
    match leaf:
        case Phrase(field, terms, slop) if slop and len(terms) > 1:
            return spaced_phrase(field, terms, slop)
        case Phrase(field, terms):
            return in_a_row(field, terms)
    return {"term": {leaf.field: {"value": fit(leaf.text)}}}


def in_a_row(field: str, terms: Iterable[str]) -> Body:
    """Return what matches the articles that have *terms* one after the other in *field*."""
    return {"match_phrase": {field: {"query": " ".join(map(fit, terms)), "analyzer": "whitespace"}}}


def any_of(queries: list[Body]) -> Body:
    """Return what matches the articles that one of *queries* matches; their scores add up."""
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else NOTHING


def _like(leaf: Pattern) -> Body:
    """Return what matches the articles with a word that *leaf* stands for."""
    match leaf:
        case Prefix(field, text):
            return {"prefix": {field: {"value": fit(text)}}}
        case Wildcard(field, text):
            return {"wildcard": {field: {"value": fit(text).replace("\\", "\\\\")}}}
        case Fuzzy(field, text, distance):
            wanted = {"value": fit(text), "fuzziness": distance, "prefix_length": 1, "transpositions": False}
            return {"fuzzy": {field: {**wanted, "rewrite": "constant_score"}}}
        case Range(field, low, high):
            return {"range": {field: {"gte": low, **({"lte": high} if high else {})}}}
