"""
What makes up a score: for each hit the cluster tells the score of every named part of the query.

Of what means the same only the best counts. What the date adds is a share of what the words do. As the cluster adds up
in other precision than it tells, what is left over goes to the part that adds most.
"""

from collections.abc import Mapping
from dataclasses import replace

from indexer import schema
from search.engines.opensearch.compiling import name_of
from search.engines.opensearch.standing import FIRST, NEAR, ORDER
from search.query import (
    Alike,
    All,
    AnyOf,
    Everything,
    Except,
    Leaf,
    Node,
    Nothing,
    Prefer,
    Query,
    Term,
    plain_words,
    typed,
    word_of,
)
from search.results import Contribution, Reason, reason_of

Named = Mapping[str, float]
"""What each named part of a query that matched a hit adds to its score."""

_STANDING = ((NEAR, Reason.NEAR), (ORDER, Reason.ORDER), (FIRST, Reason.EARLY))


def contributions(query: Query, named: Named, published: int | None, score: float) -> tuple[Contribution, ...]:
    """Return what makes up the *score* of a hit of *query* that was *published* then."""
    parts = [part for part in _parts(query.tree, named) if part.score]
    words = sum(part.score for part in parts)
    found = [*parts, *_by_standing(query.tree, named)]
    if query.timeliness:
        added = words * query.timeliness.weight * query.timeliness.share(published)
        found.append(Contribution(query.timeliness.field, query.timeliness.text, Reason.DATE, added))
    if not found:
        return ()
    most = max(range(len(found)), key=lambda place: found[place].score)
    over = score - sum(part.score for part in found)
    found[most] = replace(found[most], score=found[most].score + over)
    return tuple(found)


def _parts(node: Node, named: Named) -> list[Contribution]:
    if word := word_of(node):
        own = [_part(word.stem, Reason.STEM, named.get(name_of(word.stem), 0.0), word.exact.text)]
        form = named.get(name_of(word.exact, word.stem), 0.0)
        return [*own, _part(word.exact, Reason.EXACT, form, word.exact.text)]
    match node:
        case All(nodes) | AnyOf(nodes):
            return [part for child in nodes for part in _parts(child, named)]
        case Prefer(child, bonus):
            return [*_parts(child, named), *_parts(bonus, named)]
        case Alike(child, others):
            own = [part for part in _parts(child, named) if part.score]
            why, as_typed = Reason(node.meaning.value), typed(node)
            alike = [[_part(other, why, named.get(name_of(other, other), 0.0), as_typed)] for other in others]
            return max([own, *alike], key=lambda parts: sum(part.score for part in parts))
        case Except(child, _):
            return _parts(child, named)
        case Everything():
            return [Contribution("", "", Reason.ALL, named.get(name_of(node), 0.0))]
        case Nothing():
            return []
        case Term(schema.EXACT):
            return [_part(node, Reason.EXACT, named.get(name_of(node, node), 0.0), typed(node))]
    return [_part(node, reason_of(node), named.get(name_of(node), 0.0), typed(node))]


def _by_standing(node: Node, named: Named) -> list[Contribution]:
    """Return what words add by how they stand; of the groups that are near each other the best counts."""
    text = " ".join(dict.fromkeys(word.stem.text for word in plain_words(node)))
    found = []
    for beginning, reason in _STANDING:
        scores = [score for name, score in named.items() if name.startswith(f"{beginning} ")]
        added = (max if reason is Reason.NEAR else sum)(scores) if scores else 0.0
        if added:
            found.append(Contribution(schema.STEM, text, reason, added))
    return found


def _part(leaf: Leaf, reason: Reason, score: float, as_typed: str) -> Contribution:
    return Contribution(leaf.field, leaf.text, reason, score, as_typed)
