"""
OpenSearch as an operator would set it up: its Indonesian analyzer on title and body, places kept for marks, one shard.

Articles go in as they come, 5 MB at a time, and are merged into one segment in the end.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.corpus import Corpus
from benchmarks.engines.opensearch_node import Distribution, Node
from benchmarks.engines.servers import Found, Server
from benchmarks.questions import Question
from benchmarks.wire import Connection, post
from indexer import settings
from search.tuning import Highlighting

_INDEX = "articles"
_BULK = 5_000_000
_HITS = 10
_TEXT = {"type": "text", "analyzer": "indonesian", "index_options": "offsets"}
_SHOWN = {name: {"type": "keyword"} for name in ("author", "category", "source")}
_SET_UP = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0},
    "mappings": {
        "dynamic": False,
        "properties": {
            "title": _TEXT,
            "body": _TEXT,
            "date": {"type": "date", "ignore_malformed": True},
            "url": {"type": "keyword", "index": False, "doc_values": False},
            **_SHOWN,
        },
    },
}
_FIELDS = ["title^2", "body"]
_MARK = re.compile("<mark>")


def load(node: Node, corpus: Corpus) -> int:
    """Index *corpus* anew; return how many articles are there when all is refreshed and merged into one segment."""
    if _INDEX in node.call("GET", "/_all"):
        node.call("DELETE", f"/{_INDEX}")
    node.call("PUT", f"/{_INDEX}", _SET_UP)
    with Connection(node.address) as connection:
        for bulk in _bulks(corpus):
            reply = connection.ask(post("/_bulk", bulk, "application/x-ndjson"))
            assert reply.status == 200, reply.body[:500]
            assert b'"errors":false' in reply.body[:100], reply.body[:500]
    node.call("POST", f"/{_INDEX}/_refresh")
    node.call("POST", f"/{_INDEX}/_forcemerge?max_num_segments=1")
    node.call("POST", f"/{_INDEX}/_flush")
    return count(node)


def count(node: Node) -> int:
    """Return how many articles are in the index, 0 where there is none."""
    if _INDEX not in node.call("GET", "/_all"):
        return 0
    return int(node.call("GET", f"/{_INDEX}/_count")["count"])


def size(node: Node) -> int:
    """Return the bytes of the index on the disk."""
    return int(node.call("GET", f"/{_INDEX}/_stats/store")["_all"]["total"]["store"]["size_in_bytes"])


def _bulks(corpus: Corpus) -> Iterator[bytes]:
    """Yield the articles as bulk requests, which say of each what is to be done with it."""
    lines: list[bytes] = []
    held = 0
    with corpus.lines.open("rb") as file:
        for line in file:
            head = json.dumps({"index": {"_index": _INDEX, "_id": json.loads(line)["id"]}}).encode() + b"\n"
            lines += (head, line)
            held += len(head) + len(line)
            if held >= _BULK:
                yield b"".join(lines)
                lines, held = [], 0
    if lines:
        yield b"".join(lines)


@contextmanager
def served(distribution: Distribution, home: Path) -> Iterator[Server]:
    """Give out a node over the index in *home*."""
    with distribution.node(home) as node:
        yield Server(distribution.name, node.pid, node.address, request, read)


def request(question: Question) -> bytes:
    """Return the request for *question*, with titles and passages to be marked as Telusur does."""
    shown = _highlighting()
    body = {
        "query": query(question),
        "size": _HITS,
        "_source": ["title", "url", "date", *_SHOWN],
        "highlight": {
            "encoder": "html",
            "pre_tags": ["<mark>"],
            "post_tags": ["</mark>"],
            "fields": {
                "title": {"number_of_fragments": 0},
                "body": {"number_of_fragments": shown.fragments, "fragment_size": shown.fragment_length},
            },
        },
    }
    return post(f"/{_INDEX}/_search", json.dumps(body).encode())


def query(question: Question) -> dict[str, Any]:
    """
    Return *question* in OpenSearch's language: the title counts twice, any word will do where none must be there.

    >>> query(Question("prefix", "Pad"))["dis_max"]["queries"][1]
    {'prefix': {'body': {'value': 'pad'}}}
    """
    words = {"query": question.text, "fields": _FIELDS}
    match question.kind:
        case "and":
            return {"multi_match": {**words, "type": "cross_fields", "operator": "and"}}
        case "phrase":
            return {"multi_match": {**words, "type": "phrase"}}
        case "prefix":
            begun = question.text.lower()
            title = {"prefix": {"title": {"value": begun, "boost": 2}}}
            return {"dis_max": {"queries": [title, {"prefix": {"body": {"value": begun}}}]}}
    return {"multi_match": words}


def read(body: bytes) -> Found:
    """Return what an answer says; one that some of the index is missing from is none."""
    document = json.loads(body)
    assert not document["timed_out"], document
    assert not document["_shards"]["failed"], document
    hits = document["hits"]
    texts = [text for hit in hits["hits"] for texts in hit.get("highlight", {}).values() for text in texts]
    return Found(
        hits["total"]["value"],
        tuple(hit["_id"] for hit in hits["hits"]),
        sum(len(_MARK.findall(text)) for text in texts),
    )


@cache
def _highlighting() -> Highlighting:
    return settings.section(settings.load(environment={}), "highlight", Highlighting)
