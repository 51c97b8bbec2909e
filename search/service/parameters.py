"""The parameters of a request -> a question. Every bad one is named, all in one answer."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from search.answers import FACETS, Mode, Question
from search.errors import InvalidQuestion
from search.query import Filters, Sort
from search.settings import Service

Parameters = Mapping[str, str | list[str]]
"""Parameters by name; one that was given several times has a list."""

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)

_FILTERS = ("source", "author", "category", "language")
_KNOWN = {"q", "page", "per_page", "sort", "from", "to", "facets", "mode", "highlight", "explain", *_FILTERS}
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def question(parameters: Parameters, limits: Service, *, strict: bool = True) -> Question:
    """
    Return the question that *parameters* ask within *limits*.

    *strict*: whether parameters of unknown names are wrong; a page that is linked to must live with them.

    Raises:
        InvalidQuestion: it names every parameter that is wrong.
    """
    read = _Reader(parameters)
    if strict:
        read.refuse_unknown(_KNOWN)
    asked = read.question(limits)
    read.finish()
    return asked


def query_text(parameters: Parameters, limits: Service) -> str:
    """
    Return the parameter ``q``.

    Raises:
        InvalidQuestion: it is missing or too long.
    """
    read = _Reader(parameters)
    if "q" not in parameters:
        read.problems["q"] = "is missing: give the words to look for"
    text = read.text("q", limits.max_query_length)
    read.finish()
    return text


class _Reader:
    """Reads parameters, and remembers what is wrong with them."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self.problems: dict[str, str] = {}

    def question(self, limits: Service) -> Question:
        per_page = self.number("per_page", limits.per_page, 1, limits.max_per_page)
        deepest = max(1, limits.max_results // per_page)
        since, until = self.day("from"), self.day("to")
        if since and until and since > until:
            self.problems["from"] = f"is {since}, after to={until}: exchange the two"
        return Question(
            text=self.text("q", limits.max_query_length),
            page=self.number("page", 1, 1, deepest),
            per_page=per_page,
            mode=self.choice("mode", Mode.AUTO),
            sort=self.choice("sort", Sort.RELEVANCE),
            filters=Filters({FACETS[name]: values for name in _FILTERS if (values := self.list(name))}, since, until),
            facets=self.facets(),
            highlight=self.boolean("highlight", default=True),
            explain=self.boolean("explain", default=False),
        )

    def finish(self) -> None:
        if self.problems:
            raise InvalidQuestion(self.problems)

    def refuse_unknown(self, known: set[str]) -> None:
        for name in self._parameters.keys() - known:
            self.problems[name] = f"is no parameter; there are {', '.join(sorted(known))}"

    def list(self, name: str) -> tuple[str, ...]:
        value = self._parameters.get(name, [])
        return tuple(v for v in ([value] if isinstance(value, str) else value) if v)

    def text(self, name: str, longest: int) -> str:
        value = " ".join(self.list(name))
        if len(value) > longest:
            self.problems[name] = f"has {len(value):,} characters; {longest:,} are read: shorten it"
            return ""
        return value

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        def parse(value: str) -> int:
            number = int(value)
            if not lowest <= number <= highest:
                raise ValueError
            return number

        return self._parsed(name, parse, default, f"a whole number from {lowest} to {highest}")

    def day(self, name: str) -> date | None:
        return self._parsed(name, date.fromisoformat, None, "a day such as 2025-01-31")

    def choice(self, name: str, default: Choice) -> Choice:
        kind = type(default)
        return self._parsed(name, kind, default, f"one of {', '.join(kind)}")

    def boolean(self, name: str, *, default: bool) -> bool:
        return self._parsed(name, lambda value: _BOOLEANS[value.lower()], default, "true or false")

    def facets(self) -> tuple[str, ...]:
        names = tuple(dict.fromkeys(name for value in self.list("facets") for name in value.split(",")))
        if unknown := [name for name in names if name not in FACETS]:
            self.problems["facets"] = f"has {unknown[0]!r}; there are {', '.join(FACETS)}"
            return ()
        return names

    def _parsed(self, name: str, parse: Callable[[str], T], default: T, wanted: str) -> T:
        values = self.list(name)
        if not values:
            return default
        try:
            return parse(values[-1])
        except (ValueError, KeyError):
            shown = values[-1] if len(values[-1]) <= 40 else values[-1][:40] + "…"  # noqa: PLR2004 - a line
            self.problems[name] = f"is {shown!r}; it must be {wanted}"
            return default
