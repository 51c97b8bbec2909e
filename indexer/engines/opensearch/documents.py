"""An article as the cluster gets it: the terms of our analysis at their places, and the article as it is."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from sys import byteorder
from typing import Any, NamedTuple

import msgspec

from indexer import schema
from indexer.analysis import Analyzer, folded_words, surfaces
from indexer.article import Article
from indexer.engines.moments import moment
from indexer.engines.opensearch.mapping import ARTICLE, EMPTY, ID, LEAD, OFFERED, OFFERED_WORDS, STACKED
from indexer.engines.opensearch.traits import rows_of_texts, traits
from indexer.engines.releases.signatures import Array, stem_hash

LEAD_WORDS = 64
"""Places of the body of which `LEAD` has the stems; what comes later counts as late."""

LONGEST_ID = 512
"""Bytes that an id may have in the cluster; a longer one is known there by its checksum."""

_TIMES = round(schema.TITLE_WEIGHT)
"""How often a term of the title is sent, at the same place: what its frequency weighs, without making it longer."""

_KEPT = 1 << 17  # chunks of text whose terms are remembered, and as many that were before these
_ALL = (1 << 64) - 1

_UNFIT = re.compile(rf"[\s{re.escape(STACKED)}]|^{EMPTY}$")

encode = msgspec.json.Encoder().encode
"""Returns a document as JSON."""


def key_of(article_id: str) -> str:
    """
    Return the name under which the cluster has the article of this id.

    >>> key_of("berita/1"), len(key_of("a" * 600))
    ('berita/1', 65)
    """
    written = article_id.encode()
    return article_id if len(written) <= LONGEST_ID else f"~{sha256(written).hexdigest()}"


def fit(term: str) -> str:
    """
    Return *term* without what has a meaning of its own between terms; both who writes and who asks must do so.

    >>> fit("kawin"), fit("a|b"), fit("_")
    ('kawin', 'a%7cb', '%5f')
    """
    return _UNFIT.sub(lambda found: f"%{ord(found.group()):02x}", term)


class Documents:
    """Makes of articles what the cluster gets; for one thread, as it remembers what it reads."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Read texts with *analyzer*."""
        self._analyzer = analyzer
        self._chunks = _Chunks(self._chunk)

    def of(self, article: Article) -> dict[str, Any]:
        """Return *article* as the cluster gets it, but for the release that it is of."""
        (document,) = self.of_all([article])
        return document

    def of_all(self, articles: Sequence[Article]) -> Iterator[dict[str, Any]]:
        """Yield *articles* so, in their order; several at once take less time each."""
        bodies = [self._text(article.body) for article in articles]
        return map(self._document, articles, bodies, rows_of_texts([body.words for body in bodies]))

    def _document(self, article: Article, body: "_Text", row: Array) -> dict[str, Any]:
        title = self._text(article.title)
        offered = folded_words(article.title)
        own, stems = title.stems(), body.stems()
        document: dict[str, Any] = {
            ID: article.id,
            schema.STEM: [_repeated(own), stems],
            schema.EXACT: [_repeated(title.exact()), body.exact()],
            schema.TITLE: own,
            LEAD: " ".join(stems.split(" ", LEAD_WORDS)[:LEAD_WORDS]),
            OFFERED: " ".join(offered),
            OFFERED_WORDS: sorted(set(offered)),
            ARTICLE: {name: value for name, value in article.to_record().items() if value not in (None, "", [])},
            **traits(article, row, title.tokens + body.tokens),
        }
        for field, text in schema.written(article):
            if text:
                document[field] = self._text(text).exact()
        document |= {field: value for field, value in schema.keys(article).items() if value}
        if article.tags:
            document[schema.TAG_KEYS] = list(schema.tag_keys(article))
        if article.published:
            document[schema.PUBLISHED] = moment(article)
        return document

    def _text(self, text: str) -> "_Text":
        return _Text(list(map(self._chunks.__getitem__, surfaces(text))))

    def _chunk(self, chunk: str) -> "_Chunk":
        tokens = self._analyzer.read_once(chunk)
        stems: list[list[str]] = [[] for _ in range(max((token.position for token in tokens), default=-1) + 1)]
        exact: list[list[str]] = [[] for _ in stems]
        for token in tokens:
            stems[token.position] += token.stems
            exact[token.position] += [token.exact] if token.exact else []
        words = b"".join((sum(map(stem_hash, own)) & _ALL).to_bytes(8, byteorder) for own in stems if own)
        return _Chunk(len(tokens), _places(stems), _places(exact), words)


class _Chunk(NamedTuple):
    """What one chunk of a text is sent as: so many *tokens*, their places in both forms, and 64 bits of each word."""

    tokens: int
    stems: str
    exact: str
    words: bytes


class _Chunks(dict[str, _Chunk]):
    """Chunks by their texts, of which those are remembered that were met last; one not known is made."""

    def __init__(self, make: Callable[[str], _Chunk]) -> None:
        super().__init__()
        self._make = make
        self._before: dict[str, _Chunk] = {}

    def __missing__(self, text: str) -> _Chunk:
        if len(self) >= _KEPT:
            self._before = dict(self)
            self.clear()
        found = self[text] = self._before.get(text) or self._make(text)
        return found


class _Text:
    """A text, chunk by chunk: how many tokens it has, and its words as they tell copies."""

    def __init__(self, chunks: Sequence[_Chunk]) -> None:
        self._stems: Sequence[str]
        self._exact: Sequence[str]
        tokens, self._stems, self._exact, words = zip(*chunks, strict=True) if chunks else ((), (), (), ())
        self.tokens = sum(tokens)
        self.words = b"".join(words)

    def stems(self) -> str:
        """Return the places of the text, each with its stems."""
        return "".join(self._stems)[:-1]

    def exact(self) -> str:
        """Return the places of the text, each with its exact form."""
        return "".join(self._exact)[:-1]


def _repeated(places: str) -> str:
    """Return *places* with the terms of each so often as one in a title counts."""
    return " ".join(place if place == EMPTY else STACKED.join([place] * _TIMES) for place in places.split())


def article_of(source: dict[str, Any]) -> Article:
    """Return the article of a document's *source*; it was checked when it came in, and is as it was."""
    fields = dict(source[ARTICLE])
    if "published" in fields:
        fields["published"] = datetime.fromisoformat(fields["published"])
    return Article(**{**fields, "tags": tuple(fields.get("tags", ()))})


def _places(places: Iterable[Sequence[str]]) -> str:
    """Return *places* as they are written, each with a blank behind it."""
    return "".join(f"{STACKED.join(map(fit, place)) or EMPTY} " for place in places)
