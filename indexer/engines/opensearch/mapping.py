"""
What the cluster is told of our fields: a strict mapping, an analyzer that only takes apart, and our own BM25.

Texts come as terms with blanks between them (see `documents`), so that the cluster finds what our analysis says and
nothing else. `|` parts terms that share a place, and `_` is a place without any, which a stop filter takes out: the
place stays empty. Title and body are two values of one field, with `BODY_GAP` places between them.
"""

from typing import Any

from indexer import schema
from indexer.analysis import Analyzer
from indexer.settings import ClusterSettings

FORMAT = 2
"""Raised when what a document has is another than before."""

K1, B = 1.2, 0.9
"""
BM25's numbers, which are fixed in the index here; those of [ranking] must be the same.

They cannot be changed without closing the index, and a scripted similarity would take several times as long.
"""

ID, ARTICLE, LEAD, OFFERED, OFFERED_WORDS = "id", "article", "lead", "offered", "offered_words"
"""
The article's id; the article itself, which is stored and not looked into; the stems of the first words of the body, to
tell how early it has a word; the words of the title as they are offered to who types, in order and each for itself.
"""

SIGNATURE, WORDS, PORTAL = "signature", "words", "portal"
"""
What tells copies of a text (`indexer.engines.releases`): the filled slots of its signature, each as a term of the slot
and its value; how many words it has; who printed it.
"""

GROUP, PLACE = "group", "place"
"""The group of copies that an article is in, by the least id in it, and its place in the order they are shown in."""

DEEPEST = 10_000
"""How deep one can page; the cluster keeps so many hits of each shard in memory, and one that tells if more follow."""

STACKED, EMPTY = "|", "_"
"""What parts terms of one place, and what stands for a place without a term."""

_IS_STACKED = f"token.term.toString().indexOf('{STACKED}') >= 0"
"""Whether terms share a place: patterns are looked for in these alone, which saves a tenth of a node's work."""

_ANALYZER, _SIMILARITY = "telusur", "telusur"
_LONGEST = 4_096  # characters of all terms of one place, where the tokenizer would part them


def fingerprint(analyzer: Analyzer) -> str:
    """Return what must be equal in the program that wrote an index and the one that changes it."""
    return f"{schema.fingerprint(analyzer)}-{FORMAT}"


def new_index(settings: ClusterSettings, meta: dict[str, object]) -> dict[str, Any]:
    """Return the body of the request that makes an index: nothing is refreshed or copied while it is filled."""
    return {
        "settings": {
            "number_of_shards": settings.shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "max_result_window": DEEPEST + 1,
            "analysis": {
                "tokenizer": {"places": {"type": "whitespace", "max_token_length": _LONGEST}},
                "filter": {
                    "stacked": {
                        "type": "pattern_capture",
                        "preserve_original": False,
                        "patterns": [f"([^{STACKED}]+)"],
                    },
                    "parted": {"type": "condition", "filter": ["stacked"], "script": {"source": _IS_STACKED}},
                    "empty": {"type": "stop", "stopwords": [EMPTY]},
                },
                "analyzer": {_ANALYZER: {"type": "custom", "tokenizer": "places", "filter": ["parted", "empty"]}},
            },
            "similarity": {_SIMILARITY: {"type": "BM25", "k1": K1, "b": B}},
        },
        "mappings": {"dynamic": "strict", **meta, "properties": _fields()},
    }


def ready(settings: ClusterSettings) -> dict[str, Any]:
    """Return the settings of an index that is complete."""
    return {"index": {"number_of_replicas": settings.replicas, "refresh_interval": "1s"}}


def _fields() -> dict[str, Any]:
    words = {
        "type": "text",
        "analyzer": _ANALYZER,
        "similarity": _SIMILARITY,
        "position_increment_gap": schema.BODY_GAP,
    }
    return {
        ID: {"type": "keyword"},
        ARTICLE: {"type": "object", "enabled": False},
        **dict.fromkeys(schema.WORD_FIELDS, words),
        LEAD: {**words, "norms": False},
        **{field: {"type": "keyword"} for field in schema.KEY_FIELDS},
        schema.TAG_KEYS: {"type": "keyword"},
        schema.PUBLISHED: {"type": "long"},
        OFFERED: {"type": "text", "analyzer": "whitespace", "norms": False},
        OFFERED_WORDS: {"type": "keyword"},
        SIGNATURE: {"type": "keyword", "doc_values": False},
        WORDS: {"type": "integer", "index": False, "doc_values": False},
        PORTAL: {"type": "keyword", "index": False, "doc_values": False},
        GROUP: {"type": "keyword"},
        PLACE: {"type": "integer"},
    }
