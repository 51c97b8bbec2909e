"""Our fields as Whoosh knows them, and our analyzer as one of Whoosh's."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import Analyzer as WhooshAnalyzer
from whoosh.analysis import Token as WhooshToken

from indexer import schema
from indexer.analysis import analyze
from indexer.schema import Posting

STORED = "stored"
"""The field that holds the article itself."""


class TermAnalyzer(WhooshAnalyzer):  # type: ignore[misc]  # Whoosh has no types
    """Our analyzer for Whoosh's own query parser: the stems of a text, or its exact forms."""

    def __init__(self, *, stems: bool) -> None:
        """Yield stems if *stems*, else exact forms."""
        self.stems = stems

    def __call__(self, value: str, **_options: Any) -> Iterator[WhooshToken]:
        """Yield the terms of *value* in the one token object that Whoosh expects to be reused."""
        shared = WhooshToken(positions=True, chars=True)
        for token in analyze(value):
            for shared.text in token.stems if self.stems else (token.exact,):
                shared.pos, shared.startchar, shared.endchar, shared.boost = (
                    token.position,
                    token.start,
                    token.end,
                    1.0,
                )
                yield shared


class WordField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of words, indexed from the postings that `indexer.schema` makes: frequency, weight, positions."""

    indexed = True
    scorable = True
    stored = False
    unique = False
    spelling = False

    def __init__(self, *, stems: bool) -> None:
        """Hold stems if *stems*, else exact forms."""
        self.analyzer = TermAnalyzer(stems=stems)
        self.format = formats.Positions()

    def index(self, value: list[Posting], **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each term of *value* with its frequency, its weight, and its positions as Whoosh stores them."""
        places: dict[str, list[int]] = defaultdict(list)
        weights: dict[str, float] = defaultdict(float)
        for term, position, weight in value:
            places[term].append(position)
            weights[term] += weight
        for term, positions in places.items():
            yield term.encode(), len(positions), weights[term], self.format.encode(positions)


def whoosh_schema() -> fields.Schema:
    """Return the schema; indexes are always opened with it, so that nothing pickled into one is ever loaded."""
    stems = {schema.STEM, schema.TITLE}
    words = {name: WordField(stems=name in stems) for name in schema.WORD_FIELDS}
    keys = {name: fields.ID(sortable=True) for name in schema.KEY_FIELDS}
    return fields.Schema(
        **words,
        **keys,
        id=fields.ID(unique=True, sortable=True),
        published=fields.NUMERIC(int, bits=64, signed=True, sortable=True, shift_step=0),
        stored=fields.STORED,
    )
