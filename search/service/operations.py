"""What can be asked of the service: one row for each operation, with the models of what goes in and comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from search.service import shapes
from search.service.bodies import JSON, JSON_LINES
from search.service.models import (
    Likened,
    Listed,
    analyze_within,
    asked_within,
    begun_within,
    click_within,
    highlight_within,
)
from search.settings import Service, Serving

_TEXT = "text/plain"
_ARTICLE = "/v1/articles/{id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """
    One thing that can be asked for: its place, what it is for, what goes in and what comes out.

    *answers* are shapes by status. *refusals* are the statuses of problems beside those that every operation has.
    """

    method: str
    path: str
    summary: str
    more: str = ""
    scope: str = ""
    query: type[BaseModel] | None = None
    path_parameter: str = ""
    body: tuple[str, Any] | None = None
    answers: Mapping[int, Any] = field(default_factory=dict)
    media: str = JSON
    refusals: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The id of the operation."""
        words = self.path.replace("{", "").replace("}", "").replace(".", " ").replace("/", " ").split()
        return "_".join([self.method, *(word for word in words if word != "v1")])


def operations(serving: Serving) -> tuple[Operation, ...]:
    """Return all operations of the API within the limits of *serving*."""
    reading = "search" if serving.access.search_needs_key else ""
    own = serving.service
    return (
        *_asking(reading, own),
        *_reading(reading, own),
        *_beside(reading),
        *_marking(reading, own),
        *_writing(),
        *_operating(reading),
    )


def _asking(reading: str, service: Service) -> tuple[Operation, ...]:
    """Return what asks the index, with the scope *reading*."""
    return (
        Operation(
            method="get",
            path="/v1/search",
            summary="Search",
            scope=reading,
            query=asked_within(service),
            answers={200: shapes.SearchAnswer, 304: None},
            refusals=(400, 410),
        ),
        Operation(
            method="get",
            path="/v1/suggest",
            summary="Suggest how what is typed may go on",
            scope=reading,
            query=begun_within(service),
            answers={200: shapes.SuggestAnswer, 304: None},
            refusals=(400,),
        ),
        Operation(
            method="post",
            path="/v1/click",
            summary="Say that a reader has chosen a hit",
            more="Counted where queries are logged (`[query_log] enabled`); taken all the same where they are not.",
            scope=reading,
            body=(JSON, click_within(service)),
            answers={204: None},
            refusals=(400, 413, 415),
        ),
    )


def _reading(reading: str, service: Service) -> tuple[Operation, ...]:
    """Return what reads an article, with the scope *reading*."""
    return (
        Operation(
            method="get",
            path=_ARTICLE,
            path_parameter="id",
            summary="Read an article",
            scope=reading,
            answers={200: shapes.Article},
            refusals=(404,),
        ),
        Operation(
            method="get",
            path="/v1/articles/{id}/highlight",
            path_parameter="id",
            summary="Read an article with the words of a query marked",
            scope=reading,
            query=asked_within(service),
            answers={200: shapes.MarkedArticle},
            refusals=(400, 404),
        ),
    )


def _beside(reading: str) -> tuple[Operation, ...]:
    """Return what asks for other articles than one, with the scope *reading*."""
    return (
        Operation(
            method="get",
            path="/v1/articles/{id}/duplicates",
            path_parameter="id",
            summary="List the same release on other portals",
            scope=reading,
            query=Listed,
            answers={200: shapes.Duplicates},
            refusals=(400, 404),
        ),
        Operation(
            method="get",
            path="/v1/articles/{id}/similar",
            path_parameter="id",
            summary="Ask for articles on the same subject",
            scope=reading,
            query=Likened,
            answers={200: shapes.SimilarAnswer, 304: None},
            refusals=(400, 404),
        ),
    )


def _marking(reading: str, service: Service) -> tuple[Operation, ...]:
    """Return what asks about texts that need not be in the index, with the scope *reading*."""
    return (
        Operation(
            method="post",
            path="/v1/highlight",
            summary="Mark the words of a query in texts that need not be indexed",
            scope=reading,
            body=(JSON, highlight_within(service)),
            answers={200: shapes.HighlightAnswer},
            refusals=(400, 413, 415),
        ),
        Operation(
            method="post",
            path="/v1/analyze",
            summary="Say how a text is read",
            scope=reading,
            body=(JSON, analyze_within(service)),
            answers={200: shapes.AnalyzeAnswer},
            refusals=(400, 413, 415),
        ),
    )


def _writing() -> tuple[Operation, ...]:
    """Return what changes the index."""
    record = {"$ref": "#/components/schemas/ArticleRecord"}
    accepted = {202: shapes.Accepted}
    return (
        Operation(
            method="put",
            path=_ARTICLE,
            path_parameter="id",
            summary="Put an article in, or in the place of the one of its id",
            scope="write",
            body=(JSON, record),
            answers=accepted,
            refusals=(400, 413, 415),
        ),
        Operation(
            method="delete",
            path=_ARTICLE,
            path_parameter="id",
            summary="Take an article out",
            scope="write",
            answers=accepted,
            refusals=(400,),
        ),
        Operation(
            method="post",
            path="/v1/articles",
            summary="Put articles in",
            more=f"One JSON object on a line of its own, or as many lines as fit into a body, as {JSON_LINES}.",
            scope="write",
            body=(JSON, record),
            answers=accepted,
            refusals=(400, 413, 415),
        ),
    )


def _operating(reading: str) -> tuple[Operation, ...]:
    """Return what is asked of the service itself: with the scope *reading* how far changes are, and how it stands."""
    return (
        Operation(
            method="get",
            path="/v1/tasks/{id}",
            path_parameter="id",
            summary="Ask how far changes are",
            scope=reading,
            answers={200: shapes.Task},
            refusals=(404,),
        ),
        Operation(method="get", path="/healthz", summary="Is the process alive?", answers={200: shapes.Health}),
        Operation(
            method="get",
            path="/readyz",
            summary="Is there an index that answers, and do changes reach it?",
            answers={200: shapes.Ready, 503: shapes.Ready | shapes.NotReady},
        ),
        Operation(
            method="get",
            path="/metrics",
            summary="Figures for Prometheus; without a key from own networks",
            scope="admin",
            answers={200: {"type": "string"}},
            media=_TEXT,
        ),
    )
