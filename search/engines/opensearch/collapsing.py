"""
Articles that are one release, of which a search shows one: what of the hits of a query is left out.

The documents say in which group they are, and in which place of it (`indexer.engines.opensearch.releases`). Those that
match are asked for first; of each group what comes after the first of them is hidden, but what is pinned. Where more of
them match than the cluster gives at a time, all are hidden that are not the first of their group, matching or not.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from indexer import schema
from indexer.engines.opensearch.documents import key_of
from indexer.engines.opensearch.mapping import DEEPEST, GROUP, ID, PLACE
from search.engines.opensearch.asking import Asking, Body
from search.engines.opensearch.limits import dates
from search.engines.opensearch.requesting import found_by
from search.query import Filters, Query

_COPIES: Body = {"range": {PLACE: {"gt": 0}}}


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a group that matches, whatever its values are: those by which hits are filtered, by field."""

    id: str
    group: str
    values: Mapping[str, Collection[str]]

    def passes(self, filters: Filters) -> bool:
        """Say whether the values are those that *filters* ask for."""
        wanted = ({schema.key(value) for value in own} for own in filters.values.values())
        return all(
            not own.isdisjoint(self.values.get(field, ())) for field, own in zip(filters.values, wanted, strict=True)
        )


class Collapsed:
    """What a query hides, for whichever of its filters count."""

    def __init__(self, members: Collection[Member] | None, pinned: Collection[str]) -> None:
        """Know the *members* that match, group by group in their order; None where there are too many to tell."""
        self._members, self._pinned = members, pinned

    def hidden(self, filters: Filters) -> list[Body]:
        """Return what an article must not match that is to be shown; nothing where all are."""
        if self._members is None:
            return [_COPIES]
        matching = [member for member in self._members if member.passes(filters)]
        shown = {member.group for member in matching if member.id in self._pinned}
        hidden = []
        for member in matching:
            if member.id in self._pinned:
                continue
            if member.group in shown:
                hidden.append(key_of(member.id))
            shown.add(member.group)
        return [{"ids": {"values": hidden}}] if hidden else []


NOTHING_HIDDEN = Collapsed((), ())


def collapsed(query: Query, asking: Asking) -> Collapsed:
    """Return what *query* hides, as *asking* finds it."""
    if not query.collapse:
        return NOTHING_HIDDEN
    fields = [ID, GROUP, *query.filters.values]
    asked = [found_by(query), *dates(query.filters), {"exists": {"field": GROUP}}]
    answer = asking.search(
        {
            "query": {"bool": {"filter": asked}},
            "size": DEEPEST,
            "sort": [_up(GROUP, "keyword"), _up(PLACE, "integer")],
            "_source": False,
            "docvalue_fields": fields,
        }
    )
    hits = answer["hits"]["hits"]
    if len(hits) < answer["hits"]["total"]["value"]:
        return Collapsed(None, query.pinned)
    return Collapsed([_member(hit["fields"]) for hit in hits], query.pinned)


def counts_of(groups: Collection[str], asking: Asking) -> dict[str, int]:
    """Return how many articles each of *groups* has."""
    if not groups:
        return {}
    terms = {"field": GROUP, "include": sorted(groups), "size": len(groups)}
    body = {"query": {"terms": {GROUP: sorted(groups)}}, "size": 0, "aggs": {GROUP: {"terms": terms}}}
    buckets = asking.search(body)["aggregations"][GROUP]["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def _up(field: str, kind: str) -> Body:
    """Return what sorts by *field*, of this *kind*; an index of before groups were kept answers too."""
    return {field: {"order": "asc", "unmapped_type": kind}}


def _member(fields: Mapping[str, Any]) -> Member:
    return Member(fields[ID][0], fields[GROUP][0], fields)
