"""
Keeps in the cluster which articles are one release: each document says in which group it is.

A build gathers what all documents say of their texts, and finds the copies among them once. A change looks for the
copies of what is changed, for the copies of these, and so on: all whose group it can touch.
"""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from opensearchpy import OpenSearch

from indexer.engines.moments import MISSING_DATE
from indexer.engines.opensearch.bulk import WAITING, Item, requests, send
from indexer.engines.opensearch.documents import encode, key_of
from indexer.engines.opensearch.failures import as_unavailable
from indexer.engines.opensearch.mapping import GROUP, ID, OFFERED, PLACE, SIGNATURE
from indexer.engines.opensearch.traits import (
    FEWEST_SLOTS,
    FEWEST_UNDER_ONE_TITLE,
    TOLD,
    Membership,
    alike,
    memberships,
    rows_of_slots,
    slots_of,
)
from indexer.engines.releases.copies import copies_within
from indexer.engines.releases.signatures import SLOTS
from indexer.engines.releases.traits import Traits, mark
from indexer.errors import IndexUnavailable

Source = dict[str, Any]
"""A document, or the parts of it that are read to group it."""

_READ, _REWRITTEN = 1_000, 200  # documents of a request, in part and whole
_ASKED = 50  # articles whose copies are looked for in a request
_CROWD = 64  # documents that may be copies of one, so that crowds cost little
_MOST = 2_000  # documents that are looked at for a change
_BLOCK = 10_000  # documents whose signatures are made together


class _Told(msgspec.Struct):
    """What is read of a document where it is gathered."""

    signature: list[str] = []
    words: int = 0
    portal: str = ""
    offered: str = ""
    published: int = MISSING_DATE


_told = msgspec.json.Decoder(_Told).decode


class Gathered:
    """What the documents of a build say of their texts, in the order in which they come: some 300 bytes of each."""

    def __init__(self) -> None:
        """Gather nothing yet."""
        self._numbers: dict[str, int] = {}
        self._rows, self._slots, self._filled = array("H"), array("I"), array("B")
        self._words, self._published = array("q"), array("q")
        self._marks = array("L"), array("L")

    def add(self, article_id: str, document: bytes) -> bool:
        """Take the *document* of an article in, in the place of an earlier one; say whether there was such a one."""
        told = _told(document)
        self._slots.extend(slots_of(told.signature))
        self._filled.append(len(told.signature))
        if len(self._filled) == _BLOCK:
            self._write_rows()
        self._words.append(told.words)
        self._published.append(told.published)
        for marks, text in zip(self._marks, (told.portal, told.offered), strict=True):
            marks.append(mark(text))
        is_known = article_id in self._numbers
        self._numbers[article_id] = len(self._words) - 1
        return is_known

    def copied(self) -> list[str]:
        """Return the ids of the articles that are a copy of another one."""
        kept = np.array(list(self._numbers.values()), np.int64)
        portals, titles = (np.array(marks, np.uint32) for marks in self._marks)
        self._write_rows()
        rows = np.frombuffer(self._rows, np.uint16).reshape(-1, SLOTS)
        words, published = np.array(self._words), np.array(self._published)
        pairs = copies_within(Traits(rows[kept], words[kept], portals[kept], titles[kept], published[kept]))
        ids = list(self._numbers)
        return [ids[number] for number in np.union1d(pairs.first, pairs.second).tolist()]

    def _write_rows(self) -> None:
        """Make signatures of the slots gathered: many at once, as each by itself takes longer, but not all."""
        rows = rows_of_slots(np.array(self._slots, np.uint32), np.array(self._filled, np.int64))
        self._rows.frombytes(rows.tobytes())
        del self._slots[:], self._filled[:]


class Releases:
    """The groups of one *index* of the cluster."""

    def __init__(self, client: OpenSearch, index: str) -> None:
        """Read and write them through *client*."""
        self._client, self._index = client, index

    def group(self, article_ids: Sequence[str]) -> None:
        """
        Have the articles of these ids, which are findable, say in which groups they are.

        No copies of them may be missing.
        """
        told = [source for source, _ in self._read(article_ids, _READ, TOLD)]
        self.rewrite(memberships(told))

    def regrouped(self, put: Mapping[str, Source], gone: Collection[str]) -> dict[str, Membership | None]:
        """
        Have the documents *put*, by id, say in which groups they will be, and return where others will stand.

        These are the articles whose group is another one once *put* is in the index, and *gone* is not.
        """
        changed = {*put, *gone}
        left = {own[GROUP] for own, _ in self._read([*changed], _READ, [GROUP]) if own}
        touched = {name: own for name, own in self._members(left).items() if name not in changed} | dict(put)
        latest = list(touched.values())
        while latest and len(touched) < _MOST:
            found = {name: own for name, own in self._likely(latest).items() if name not in {*touched, *changed}}
            both = [*touched.values(), *found.values()]
            pairs = alike(both)
            copied = {both[number][ID] for number in {*pairs.first.tolist(), *pairs.second.tolist()}}
            latest = [own for name, own in found.items() if name in copied]
            touched |= {own[ID]: own for own in latest}
        standing = memberships(list(touched.values()))
        for name, document in put.items():
            _place(document, standing.get(name))
        others = {name: own for name, own in touched.items() if name not in put}
        return {name: standing.get(name) for name, own in others.items() if _standing(own) != standing.get(name)}

    def rewrite(self, standing: Mapping[str, Membership | None]) -> None:
        """Have the articles of these ids say where they stand, and be as they are else."""
        items = []
        for source, version in self._read([*standing], _REWRITTEN):
            _place(source, standing[source[ID]])
            items.append(Item(source[ID], encode(source), version))
            if len(items) == _REWRITTEN:
                self._send(items)
                items = []
        self._send(items)

    def _send(self, items: Sequence[Item]) -> None:
        for request in requests(items):
            send(self._client, self._index, request)

    def _read(
        self, article_ids: Sequence[str], at_once: int, fields: Sequence[str] = ()
    ) -> Iterator[tuple[Source, int]]:
        """Yield of each of these articles that is there *fields* of its document, or all, and its version."""
        only = {"_source_includes": ",".join(fields)} if fields else {}
        for first in range(0, len(article_ids), at_once):
            keys = [key_of(article_id) for article_id in article_ids[first : first + at_once]]
            with as_unavailable():
                answer = self._client.mget(index=self._index, body={"ids": keys}, params={**WAITING, **only})
            for found in answer["docs"]:
                if "error" in found:
                    raise IndexUnavailable(
                        f"the cluster does not give {found['_id']!r}: {found['error'].get('reason')}"
                    )
                if found["found"]:
                    yield found["_source"], found["_version"]

    def _members(self, groups: Collection[str]) -> dict[str, Source]:
        """Return the documents of these groups, by id."""
        return self._found([{"terms": {GROUP: sorted(groups)}}], _MOST) if groups else {}

    def _likely(self, sources: Sequence[Source]) -> dict[str, Source]:
        """Return the documents that may be copies of some of *sources*, by id."""
        return self._found([_like(source) for source in sources if source.get(SIGNATURE)], _CROWD)

    def _found(self, queries: Sequence[Source], most: int) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for first in range(0, len(queries), _ASKED):
            lines: list[Source] = []
            for query in queries[first : first + _ASKED]:
                lines += [
                    {"index": self._index, "allow_partial_search_results": False},
                    {"query": query, "size": most, "_source": TOLD},
                ]
            with as_unavailable():
                answers = self._client.msearch(body=lines, params=WAITING)["responses"]
            for answer in answers:
                if "error" in answer:
                    why = answer["error"].get("reason")
                    raise IndexUnavailable(f"the cluster cannot look for copies ({why}): see to its health")
                found |= {hit["_source"][ID]: hit["_source"] for hit in answer["hits"]["hits"]}
        return found


def _like(source: Source) -> Source:
    """Return the query for what may be a copy of the document *source*."""
    slots = [{"term": {SIGNATURE: value}} for value in source[SIGNATURE]]
    anywhere: Source = {"bool": {"should": slots, "minimum_should_match": FEWEST_SLOTS}}
    if not source.get(OFFERED):
        return anywhere
    same = {"match_phrase": {OFFERED: source[OFFERED]}}
    under_one_title = {"bool": {"filter": same, "should": slots, "minimum_should_match": FEWEST_UNDER_ONE_TITLE}}
    return {"bool": {"should": [anywhere, under_one_title]}}


def _standing(source: Source) -> Membership | None:
    return Membership(source[GROUP], source[PLACE]) if GROUP in source else None


def _place(document: Source, standing: Membership | None) -> None:
    """Have *document* say where it stands."""
    document.pop(GROUP, None)
    document.pop(PLACE, None)
    if standing:
        document |= {GROUP: standing.group, PLACE: standing.place}
