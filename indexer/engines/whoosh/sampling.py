"""Some articles of a segment, analysed anew: whether the segment holds of each what its text has, and nothing else."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from indexer import schema
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.whoosh.codec.building import FIELDS
from indexer.engines.whoosh.codec.decoding import GONE, SegmentDecoder
from indexer.engines.whoosh.codec.files import Array
from indexer.engines.whoosh.codec.occurrences import NO_FORM
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.schema import moment, moment_term
from indexer.engines.whoosh.stored import from_stored

_AT_ONCE = 3_000_000  # 32-bit words of records that are read at a time
_FEW = 3  # terms that are named

Places = dict[tuple[int, str], set[tuple[bytes, int]]]
"""The terms of documents, with their positions, by document and field."""


def contradictions_of(segment: OpenSegment, documents: Array, analyzer: Analyzer) -> Iterator[str]:
    """Yield what *segment* says of some of its *documents* that is not so, or does not say although it is so."""
    if not len(documents):
        return
    found = _found(segment, documents)
    for document in documents.tolist():
        try:
            article = from_stored(segment.stored[document].decode())
        except (ValueError, TypeError) as exc:
            yield f"what is stored of document {document} is no article: {exc}"
            continue
        expected = _expected(article, analyzer)
        yield from _columns_differ(segment, document, article)
        for field in (*FIELDS, schema.EXACT):
            held = found.get((document, field), set())
            if held != expected[field]:
                yield _difference(article.id, field, expected[field] - held, held - expected[field])


def _expected(article: Article, analyzer: Analyzer) -> dict[str, set[tuple[bytes, int]]]:
    words = {
        field: {(posting.term.encode(), posting.position) for posting in postings}
        for field, postings in schema.postings(article, analyzer).items()
    }
    values = {field: {(value.encode(), 0)} if value else set() for field, value in schema.keys(article).items()}
    published = {(moment_term(moment(article)), 0)}
    return {**words, **values, schema.ID: {(article.id.encode(), 0)}, schema.PUBLISHED: published}


def _found(segment: OpenSegment, documents: Array) -> Places:
    """Return all that *segment* has of *documents*; reads the postings of all its terms, block by block."""
    number = np.full(segment.articles, GONE)
    number[documents] = documents
    decoder = SegmentDecoder(segment, number)
    places: Places = defaultdict(set)
    for field in FIELDS:
        for first, last in _blocks(segment, field):
            decoded = decoder.decode(field, first, last).kept()
            rows = zip(decoded.term.tolist(), decoded.document.tolist(), decoded.position.tolist(), strict=True)
            texts = {int(term): segment.terms[first + int(term)] for term in np.unique(decoded.term)}
            for term, document, position in rows:
                places[document, field].add((texts[term], position))
            if field == schema.STEM and decoded.form is not None:
                own = decoded.form != NO_FORM
                forms = {int(form): segment.forms[int(form)] for form in np.unique(decoded.form[own])}
                exact = (decoded.form[own].tolist(), decoded.document[own].tolist(), decoded.position[own].tolist())
                for form, document, position in zip(*exact, strict=True):
                    places[document, schema.EXACT].add((forms[form], position))
    return places


def _blocks(segment: OpenSegment, field: str) -> Iterator[tuple[int, int]]:
    """Yield the terms of *field* in parts whose postings fit into memory."""
    facts = segment.facts(field)
    ends = segment.records.slice(facts.first, facts.last + 1).astype(np.int64)
    first, count = 0, facts.last - facts.first
    while first < count:
        last = max(first + 1, int(np.searchsorted(ends, ends[first] + _AT_ONCE, "right")) - 1)
        yield facts.first + first, facts.first + min(last, count)
        first = last


def _columns_differ(segment: OpenSegment, document: int, article: Article) -> Iterator[str]:
    columns = segment.columns
    held = {field: columns.values(field)[int(columns.numbers(field)[document])] for field in schema.KEY_FIELDS}
    held |= {schema.ID: columns.ids[document], schema.PUBLISHED: str(columns.published[document])}
    text = {**schema.keys(article), schema.ID: article.id, schema.PUBLISHED: str(moment(article))}
    for field, value in held.items():
        if value != text[field]:
            yield f"the article {article.id!r} has {value!r} as its {field} where it was stored with {text[field]!r}"


def _difference(article_id: str, field: str, missing: set[tuple[bytes, int]], surplus: set[tuple[bytes, int]]) -> str:
    parts = [f"{word} {_named(terms)}" for word, terms in (("misses", missing), ("has too", surplus)) if terms]
    return f"the article {article_id!r} {' and '.join(parts)} in the field {field}"


def _named(terms: set[tuple[bytes, int]]) -> str:
    first = sorted(terms)[:_FEW]
    more = f" and {len(terms) - _FEW:,} more" if len(terms) > _FEW else ""
    return ", ".join(f"{text.decode(errors='replace')!r} at {position}" for text, position in first) + more
