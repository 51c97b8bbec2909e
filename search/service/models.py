"""
What requests may hold, as models: the same ones validate a request and make its schema in ``/openapi.json``.

`validation` tells a wrong value in words that are made of the schema, so that neither can say what the other does not.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model

from indexer.article import LONGEST
from search.cursors import LONGEST as LONGEST_CURSOR
from search.query import Sort
from search.questions import MOST_FRAGMENTS, SHOWN_FIELDS, Mode
from search.settings import Service

FILTERS = ("source", "author", "category", "tag", "language", "year", "month")
"""The parameters that limit hits to values of a key field; each may be given several times."""

ShownField = Literal["title", "body"]
Facet = Literal["source", "author", "category", "tag", "language", "year", "month"]

_WRITTEN = {"year": r"^[0-9]{1,4}$", "month": r"^[0-9]{4}-(0[1-9]|1[0-2])$"}
"""How the values of filters are written that are not any text."""

_SUGGESTIONS, _SIMILAR, MOST_SUGGESTIONS = 8, 5, 20
"""Suggestions and similar articles where a request does not say, and at most: a list at the side has no more room."""

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)


def _whole(value: str) -> int:
    if not _WHOLE.fullmatch(value):
        raise ValueError
    return int(value)


def _boolean(value: str) -> bool:
    if value.lower() not in _BOOLEANS:
        raise ValueError
    return _BOOLEANS[value.lower()]


def _day(value: str) -> date:
    if not _DAY.fullmatch(value):
        raise ValueError
    return date.fromisoformat(value)


def _named(values: list[str]) -> list[str]:
    """Part names at their commas, and take each once."""
    return list(dict.fromkeys(name for value in values for name in value.split(",")))


Whole = Annotated[int, BeforeValidator(_whole)]
Boolean = Annotated[bool, BeforeValidator(_boolean), WithJsonSchema({"enum": [True, False, 1, 0]})]
Day = Annotated[date, BeforeValidator(_day)]


class Asked(BaseModel):
    """The parameters of a search; their bounds are those of the settings, see `asked_within`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str
    page: int
    per_page: int
    cursor: str
    sort: Sort
    mode: Mode
    source: list[str]
    author: list[str]
    category: list[str]
    language: list[str]
    tag: list[str]
    year: list[str]
    month: list[str]
    since: date | None
    until: date | None
    facets: list[Facet]
    highlight: bool
    fields: list[ShownField]
    fragments: int | None
    explain: bool
    correct: bool
    collapse: bool


class Begun(BaseModel):
    """The parameters of a suggestion; their bounds are those of the settings, see `begun_within`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str
    limit: int


class Listed(BaseModel):
    """The parameters of a list of articles."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Annotated[Whole, Field(ge=1, le=100, description="Articles at most.")] = 20


class Likened(BaseModel):
    """The parameters of a list of similar articles."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Annotated[Whole, Field(ge=1, le=MOST_SUGGESTIONS, description="Articles at most.")] = _SIMILAR


class Tried(BaseModel):
    """How the search box is set on the page where it can be tried; without a language it has that of the page."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    lang: Literal["", "id", "en"] = ""
    limit: Annotated[Whole, Field(ge=1, le=MOST_SUGGESTIONS)] = _SUGGESTIONS
    recent: Literal["on", "off"] = "on"
    shortcut: Literal["on", "off"] = "on"
    color: Annotated[str, Field(pattern="^(#[0-9a-fA-F]{6})?$")] = ""


class AnalyzeBody(BaseModel):
    """The body of ``POST /v1/analyze``."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str


class ClickBody(BaseModel):
    """The body of ``POST /v1/click``."""

    model_config = ConfigDict(extra="forbid", strict=True)

    q: str
    id: str
    position: int


class HighlightBody(BaseModel):
    """The body of ``POST /v1/highlight``: one text, or several."""

    model_config = ConfigDict(extra="forbid", strict=True)

    q: str
    text: str = ""
    texts: list[str] = []


def asked_within(limits: Service) -> type[Asked]:
    """Return the parameters of a search within *limits*."""
    deepest = max(1, limits.max_results // limits.per_page)
    filters = {name: _filter(name, limits) for name in FILTERS}
    return create_model(
        "Asked",
        __base__=Asked,
        q=(_text(limits.max_query_length), Field("", description="What is looked for; all articles without it.")),
        page=(Whole, Field(1, ge=1, le=deepest, description="The page, from 1.")),
        per_page=(Whole, Field(limits.per_page, ge=1, le=limits.max_per_page, description="Hits of a page.")),
        cursor=(
            _text(LONGEST_CURSOR),
            Field("", description="Where to go on: `next` of the page before, without `page`."),
        ),
        sort=(Sort, Field(Sort.RELEVANCE, description="The order of the hits.")),
        mode=(Mode, Field(Mode.AUTO, description="Whether all words must be found, any, or all if that finds some.")),
        **filters,
        since=(Day | None, Field(None, alias="from", description="Only articles from this day on.")),
        until=(Day | None, Field(None, alias="to", description="Only articles up to this day.")),
        facets=(
            Annotated[list[Facet], BeforeValidator(_named)],
            Field([], description="What hits are counted by; several are parted by commas."),
        ),
        highlight=(Boolean, Field(default=True, description="Whether passages are marked.")),
        fields=(
            Annotated[list[ShownField], BeforeValidator(_named)],
            Field(list(SHOWN_FIELDS), description="What is shown with marks; several are parted by commas."),
        ),
        fragments=(
            Whole | None,
            Field(None, ge=0, le=MOST_FRAGMENTS, description="Passages of a body at most, 0 for none."),
        ),
        explain=(Boolean, Field(default=False, description="Whether it is said what each word adds to the scores.")),
        correct=(Boolean, Field(default=True, description="Whether a query without hits is answered as corrected.")),
        collapse=(Boolean, Field(default=True, description="Whether one article of each release is shown alone.")),
    )


def _filter(name: str, limits: Service) -> Any:
    value = _text(LONGEST_VALUE, _WRITTEN.get(name))
    several = Annotated[list[value], Field(max_length=limits.max_filter_values)]  # type: ignore[valid-type]  # made anew
    return several, Field([], description=f"Only articles of this {name}, or of one of several.")


def begun_within(limits: Service) -> type[Begun]:
    """Return the parameters of a suggestion within *limits*."""
    return create_model(
        "Begun",
        __base__=Begun,
        q=(_text(limits.max_query_length), Field("", description="What is typed so far.")),
        limit=(Whole, Field(_SUGGESTIONS, ge=1, le=MOST_SUGGESTIONS, description="Suggestions at most.")),
    )


LONGEST_VALUE = 200
"""Characters of a value that hits are limited to: twenty of them must fit into an address."""

LONGEST_ID = LONGEST["id"]


def click_within(limits: Service) -> type[ClickBody]:
    """Return the body of ``POST /v1/click`` within *limits*."""
    return create_model(
        "Click",
        __base__=ClickBody,
        q=(_text(limits.max_query_length), Field(description="The query that found the article.")),
        id=(Annotated[str, Field(min_length=1, max_length=LONGEST_ID)], Field(description="The id of the article.")),
        position=(int, Field(ge=1, le=limits.max_results, description="Its place among all hits, from 1.")),
    )


def highlight_within(limits: Service) -> type[HighlightBody]:
    """Return the body of ``POST /v1/highlight`` within *limits*."""
    text = _text(limits.max_text_length)
    one_of_both = {"oneOf": [{"required": ["text"]}, {"required": ["texts"]}]}
    return create_model(
        "Highlight",
        __base__=type("Highlight", (HighlightBody,), {"model_config": {"json_schema_extra": one_of_both}}),
        q=(_text(limits.max_query_length), Field(description="The query whose words are marked.")),
        text=(text, Field("", description="A text to mark.", json_schema_extra=_without_default)),
        texts=(
            Annotated[list[text], Field(max_length=limits.max_texts)],  # type: ignore[valid-type]  # made anew for each service
            Field([], description="Several texts to mark.", json_schema_extra=_without_default),
        ),
    )


def analyze_within(limits: Service) -> type[AnalyzeBody]:
    """Return the body of ``POST /v1/analyze`` within *limits*."""
    return create_model(
        "Analyze",
        __base__=AnalyzeBody,
        text=(_text(limits.max_analyzed_length), Field(description="The text to read.")),
    )


def _without_default(schema: dict[str, Any]) -> None:
    """Take the default of a field away that need not be given, but has no value either where it is not."""
    schema.pop("default", None)


def _text(longest: int, pattern: str | None = None) -> Any:
    return Annotated[str, Field(max_length=longest, pattern=pattern)]
