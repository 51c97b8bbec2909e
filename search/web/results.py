"""What a page of results shows of an answer: the choices of its filters, and the addresses that lead on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.answers import Answer
from search.query import Filters, Sort
from search.questions import FACETS
from search.web import addresses
from search.web.texts import LANGUAGE_NAMES, TEXTS
from search.web.wording import day

COUNTED = ("source", "category", "tag", "year")
"""The facets of the page, in their order."""

DAYS = {"from": "since", "to": "until"}
"""The parameters that limit days, and what `Filters` calls them."""

_CHOICES = 6
"""Values of a facet that are offered: with more, a list of choices is longer than the results."""

_FORM = {*COUNTED, *DAYS, "page"}
"""Parameters that the form of the filters gives anew."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that hits can be limited to; *count* of them have it, None where that is not known."""

    value: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set, as *text*, and the *address* of the results without it."""

    text: str
    address: str


def results_values(answer: Answer, given: addresses.Given, language: str, most: int) -> dict[str, Any]:
    """Return what the template shows of *answer* to the parameters *given*; one can page to the hit number *most*."""
    question, total = answer.question, answer.page.total
    here = {name: value for name, value in given.items() if name != "page" and value}
    offered = answer.corrected and not answer.is_corrected
    last = min(total, most // question.per_page * question.per_page)
    return {
        "answer": answer,
        "query": question.text,
        "marked": answer.corrected if answer.is_corrected else question.text,
        "page": question.page,
        "sort": question.sort.value,
        "first": (question.page - 1) * question.per_page + 1,
        "orders": [
            (order.value, addresses.results(here, sort=order.value if order is not Sort.RELEVANCE else None))
            for order in Sort
        ],
        "meant": addresses.results(here, q=answer.corrected) if offered else None,
        "as_typed": addresses.results(here, correct="false") if answer.is_corrected else None,
        "this": addresses.results(here, page=question.page if question.page > 1 else None),
        "every": addresses.results(here, collapse="false"),
        "previous": _page(here, question.page - 1) if question.page > 1 else None,
        "next": _page(here, question.page + 1) if question.page * question.per_page < last else None,
        "feed": f"/cari.rss{addresses.parameters(here, sort=None, per_page=None)}",
        "facets": {name: choices for name in COUNTED if (choices := _choices(answer, name))},
        "days": {name: getattr(question.filters, field) or "" for name, field in DAYS.items()},
        "kept": [(name, value) for name, value in _flat(here) if name not in _FORM],
        "chosen": list(_chosen(question.filters, here, language)),
        "clear": addresses.results(here, **dict.fromkeys((*FACETS, *DAYS))),
    }


def _page(here: addresses.Given, number: int) -> str:
    return addresses.results(here, page=number if number > 1 else None)


def _choices(answer: Answer, name: str) -> list[Choice]:
    """Return the values of the facet *name* that hits have most often, and those that are chosen."""
    chosen = answer.question.filters.values.get(FACETS[name], ())
    counts = {one.value: one.count for one in answer.page.facets.get(FACETS[name], ())}
    offered = list(dict.fromkeys([*chosen, *list(counts)[:_CHOICES]]))
    if name == "year":
        offered.sort(reverse=True)
    is_choice = chosen or len(counts) > 1  # to choose the only value changes nothing
    return [Choice(value, counts.get(value), value in chosen) for value in offered] if is_choice else []


def _chosen(filters: Filters, here: addresses.Given, language: str) -> Iterator[Chosen]:
    """Yield the filters that are set, each with the way out of it."""
    texts = TEXTS[language]
    for name, field in FACETS.items():
        values = filters.values.get(field, ())
        for value in values:
            shown = LANGUAGE_NAMES[language].get(value, value) if name == "language" else value
            rest = [other for other in values if other != value]
            yield Chosen(f"{texts[name]}: {shown}", addresses.results(here, **{name: rest}))
    for name, field in DAYS.items():
        if limit := getattr(filters, field):
            yield Chosen(f"{texts[name]} {day(limit, language)}", addresses.results(here, **{name: None}))


def _flat(given: Mapping[str, str | Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield each parameter with each of its values."""
    for name, values in given.items():
        for value in [values] if isinstance(values, str) else values:
            yield name, value
