"""The parameters of a request -> a question. Every bad one is named, all in one answer."""

from collections.abc import Mapping
from typing import TypeVar

from search.cursors import Cursor, decoded
from search.errors import NoCursor
from search.query import Filters
from search.questions import FACETS, Question
from search.service.models import FILTERS, Asked, Begun, Likened, Listed, Tried, asked_within, begun_within
from search.service.problems import invalid
from search.service.texts import quoted, said
from search.service.validation import validated
from search.settings import Service

Parameters = Mapping[str, str | list[str]]
"""Parameters by name; one that was given several times has a list."""

List = TypeVar("List", Listed, Likened)

_SEVERAL = {*FILTERS, "facets", "fields"}


class Beginnings:
    """Reads beginnings of queries within the limits of one service."""

    def __init__(self, limits: Service) -> None:
        """Keep to *limits*."""
        self.model = begun_within(limits)

    def read(self, parameters: Parameters) -> Begun:
        """
        Return what *parameters* say is typed.

        Raises:
            Refused: it names every parameter that is wrong.
        """
        return validated(self.model, {name: _value(name, value) for name, value in parameters.items()})


def listed(parameters: Parameters, model: type[List]) -> List:
    """
    Return how long a list of articles *parameters* ask for.

    Raises:
        Refused: it names every parameter that is wrong.
    """
    return validated(model, {name: _value(name, value) for name, value in parameters.items()})


def tried(parameters: Parameters) -> Tried:
    """
    Return how *parameters* set the search box; those that have no value are left as they are.

    Raises:
        Refused: it names every parameter that is wrong.
    """
    given = {name: _value(name, value) for name, value in parameters.items()}
    return validated(Tried, {name: value for name, value in given.items() if value})


class Questions:
    """Reads questions within the limits of one service."""

    def __init__(self, limits: Service) -> None:
        """Keep to *limits*."""
        self._limits = limits
        self.model = asked_within(limits)
        self._known = {field.alias or name for name, field in self.model.model_fields.items()}

    def read(self, parameters: Parameters, *, strict: bool = True) -> Question:
        """
        Return the question that *parameters* ask.

        *strict*: whether parameters of unknown names are wrong, and those without a value; a page that is linked to
        must live with both, and with a cursor that has long been forgotten.

        Raises:
            Refused: it names every parameter that is wrong.
        """
        known = self._known - {"cursor"}
        given = {name: _value(name, value) for name, value in parameters.items() if strict or name in known}
        asked = validated(self.model, {name: value for name, value in given.items() if value or strict})
        self._check(asked)
        question = _question(asked)
        return question.continued(_cursor(asked.cursor, question)) if asked.cursor else question

    def marking(self, parameters: Parameters) -> Asked:
        """
        Return the parameters ``q`` and ``fields``, for what asks for nothing but marks.

        Raises:
            Refused: there is no query, or a value is wrong.
        """
        if "q" not in parameters:
            raise invalid({"q": said("no_query")})
        given = {name: _value(name, parameters[name]) for name in ("q", "fields") if name in parameters}
        return validated(self.model, given)

    def _check(self, asked: Asked) -> None:
        """Look at what no parameter says alone."""
        deepest = max(1, self._limits.max_results // asked.per_page)
        if asked.cursor and "page" in asked.model_fields_set:
            raise invalid({"page": said("both", other="cursor")})
        if asked.page > deepest:
            raise invalid({"page": said("no_number", value=quoted(str(asked.page)), lowest=1, highest=deepest)})
        if asked.since and asked.until and asked.since > asked.until:
            raise invalid({"from": said("days_exchanged", since=asked.since, until=asked.until)})


def _cursor(text: str, question: Question) -> Cursor:
    """Return the cursor *text*, which must be one of *question*."""
    try:
        cursor = decoded(text)
    except NoCursor:
        raise invalid({"cursor": said("no_cursor", value=quoted(text))}) from None
    if cursor.asked != question.asked:
        raise invalid({"cursor": said("other_cursor")})
    return cursor


def _value(name: str, value: str | list[str]) -> str | list[str]:
    """Return *value* as the model takes it: of a parameter that has one value the last, of ``q`` all words."""
    values = [one for one in ([value] if isinstance(value, str) else value) if one]
    if name in _SEVERAL:
        return values
    return " ".join(values) if name == "q" else values[-1] if values else ""


def _question(asked: Asked) -> Question:
    values = {FACETS[name]: tuple(chosen) for name in FILTERS if (chosen := getattr(asked, name))}
    return Question(
        text=asked.q,
        page=asked.page,
        per_page=asked.per_page,
        mode=asked.mode,
        sort=asked.sort,
        filters=Filters(values, asked.since, asked.until),
        facets=tuple(asked.facets),
        highlight=asked.highlight,
        fields=tuple(asked.fields),
        fragments=asked.fragments,
        explain=asked.explain,
        correct=asked.correct,
        collapse=asked.collapse,
    )
