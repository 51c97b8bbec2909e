"""
Whether a segment says the same everywhere: counts and ids of all its documents, and of some the terms of their text.

These are analysed anew: the segment must hold of each what its text has, and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from indexer import schema
from indexer.analysis import Analyzer, folded_words
from indexer.article import Article
from indexer.engines.arrays import Array
from indexer.engines.moments import moment
from indexer.engines.releases.portals import portal
from indexer.engines.releases.signatures import signature_of
from indexer.engines.releases.traits import mark
from indexer.engines.whoosh.codec.decoding import Decoded, SegmentDecoder
from indexer.engines.whoosh.codec.fields import FIELDS
from indexer.engines.whoosh.codec.occurrences import NO_FORM
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.codec.titles import kept
from indexer.engines.whoosh.moments import moment_term
from indexer.engines.whoosh.stored import from_stored

_AT_ONCE = 3_000_000  # 32-bit words of records that are read at a time
_FEW = 3  # terms that are named

Places = dict[tuple[int, str], set[tuple[bytes, int]]]
"""The terms of documents, with their positions, by document and field."""


def contradictions_of(segment: OpenSegment, documents: Array, analyzer: Analyzer) -> Iterator[str]:
    """Yield where *segment* contradicts itself, and what it says of its *documents* that their text does not."""
    found, counts = _found(segment, documents)
    yield from _miscounted(segment, counts)
    yield from _misnamed(segment)
    for document in documents.tolist():
        try:
            article = from_stored(segment.stored[document])
        except (ValueError, TypeError) as exc:
            yield f"what is stored of document {document} is no article: {exc}"
            continue
        expected = _expected(article, analyzer)
        yield from _columns_differ(segment, document, article)
        if _differs_in_signature(segment, document, article, expected[schema.STEM]):
            yield f"the article {article.id!r} has the signature or the portal of another text"
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


def _found(segment: OpenSegment, documents: Array) -> tuple[Places, dict[str, Array]]:
    """
    Return all that *segment* has of *documents*, and how many words or values each of all its documents has by field.

    Reads the postings of all its terms, block by block.
    """
    wanted = np.zeros(segment.articles, bool)
    wanted[documents] = True
    decoder = SegmentDecoder(segment, np.arange(segment.articles))
    places: Places = defaultdict(set)
    counts = {field: np.zeros(segment.articles, np.int64) for field in FIELDS}
    for field in FIELDS:
        for first, last in _blocks(segment, field):
            decoded = decoder.decode(field, first, last)
            counts[field] += np.bincount(_words(decoded), minlength=segment.articles)
            _gather(segment, field, first, decoded.only(wanted[decoded.document]), places)
    return places, counts


def _gather(segment: OpenSegment, field: str, first: int, decoded: Decoded, places: Places) -> None:
    """Add what was *decoded* of the terms of *field* from the number *first* on to *places*."""
    rows = zip(decoded.term.tolist(), decoded.document.tolist(), decoded.position.tolist(), strict=True)
    texts = {int(term): segment.terms[first + int(term)] for term in np.unique(decoded.term)}
    for term, document, position in rows:
        places[document, field].add((texts[term], position))
    if decoded.form is not None:
        own = decoded.form != NO_FORM
        forms = {int(form): segment.forms[int(form)] for form in np.unique(decoded.form[own])}
        exact = (decoded.form[own].tolist(), decoded.document[own].tolist(), decoded.position[own].tolist())
        for form, document, position in zip(*exact, strict=True):
            places[document, schema.EXACT].add((forms[form], position))


def _words(decoded: Decoded) -> Array:
    """Return the document of each word: of each occurrence, but for a word's further stems."""
    return decoded.document if decoded.form is None else decoded.document[decoded.form != NO_FORM]


def _miscounted(segment: OpenSegment, counts: dict[str, Array]) -> Iterator[str]:
    """Yield the fields of which documents have fewer or more postings than they have words or values."""
    columns = segment.columns
    for field, found in counts.items():
        if field in schema.WORD_FIELDS:
            expected = columns.lengths(field).whole().astype(np.int64)
        elif field in schema.KEY_FIELDS:
            filled = np.array([bool(value) for value in columns.values(field)], np.int64)
            expected = filled[columns.numbers(field).whole()]
        else:
            expected = np.ones(segment.articles, np.int64)
        wrong = np.flatnonzero(found != expected)
        if len(wrong):
            first = int(wrong[0])
            yield (
                f"{len(wrong):,} documents have not as many postings in the field {field} as words or values: "
                f"{columns.ids[first]!r} has {found[first]:,} where it should have {expected[first]:,}"
            )


def _misnamed(segment: OpenSegment) -> Iterator[str]:
    """Yield that an id does not lead to the document whose id it is."""
    wrong = [name for document, name in enumerate(segment.columns.ids) if document not in segment.documents_of_id(name)]
    if wrong:
        yield f"{len(wrong):,} ids do not lead to their documents: {', '.join(map(repr, wrong[:_FEW]))}"


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
    held[schema.TAG_KEYS] = ", ".join(columns.tags.of(document))
    text[schema.TAG_KEYS] = ", ".join(schema.tag_keys(article))
    held[schema.TITLE] = segment.titles[document].decode()
    text[schema.TITLE] = kept(" ".join(folded_words(article.title))).decode()
    for field, value in held.items():
        if value != text[field]:
            yield f"the article {article.id!r} has {value!r} as its {field} where it was stored with {text[field]!r}"


def _differs_in_signature(segment: OpenSegment, document: int, article: Article, stems: set[tuple[bytes, int]]) -> bool:
    """Say whether what copies of *article*, which has these *stems*, are told by is not what its text gives."""
    columns = segment.columns
    signature = signature_of((text.decode(), position) for text, position in stems)
    is_same = np.array_equal(columns.signatures[document], signature)
    return not is_same or int(columns.portals[document]) != mark(portal(article.url, article.source))


def _difference(article_id: str, field: str, missing: set[tuple[bytes, int]], surplus: set[tuple[bytes, int]]) -> str:
    parts = [f"{word} {_named(terms)}" for word, terms in (("misses", missing), ("has too", surplus)) if terms]
    return f"the article {article_id!r} {' and '.join(parts)} in the field {field}"


def _named(terms: set[tuple[bytes, int]]) -> str:
    first = sorted(terms)[:_FEW]
    more = f" and {len(terms) - _FEW:,} more" if len(terms) > _FEW else ""
    return ", ".join(f"{text.decode(errors='replace')!r} at {position}" for text, position in first) + more
