"""The command ``telusur explain``: why an article is among the results of a query, or why it is not."""

import os
from datetime import datetime
from typing import Any

import click

from indexer.commands.console import Console
from search.commands.explanation_texts import sentences
from search.commands.opening import answers, command
from search.documents import part_document
from search.explaining.explanation import Explanation
from search.query import Filters, Sort
from search.questions import FACETS, Mode, Question
from search.web.texts import REASONS

_DEPTH = 1_000  # results among which its place is looked for
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("article_id", metavar="ID")
@click.argument("query", nargs=-1, required=True)
@click.option("--sort", type=click.Choice([order.value for order in Sort]), default=Sort.RELEVANCE.value)
@click.option("--mode", type=click.Choice([mode.value for mode in Mode]), default=Mode.AUTO.value)
@click.option("--only", multiple=True, metavar="NAME=VALUE", help=f"A filter: {', '.join(FACETS)}; may be repeated.")
@click.option("--all", "every", is_flag=True, help="All articles of a release, not one alone.")
@click.option("--from", "since", type=_DAY, help="Only what was published from this day on.")
@click.option("--to", "until", type=_DAY, help="Only what was published up to this day.")
@click.option("--lang", type=click.Choice(sorted(REASONS)), help="The language; else that of the environment.")
@command
def explain(  # noqa: PLR0913, PLR0917 - options
    terminal: Console,
    article_id: str,
    query: tuple[str, ...],
    sort: str,
    mode: str,
    only: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    lang: str | None,
    *,
    every: bool,
) -> None:
    """Say why the article ID is among the results of QUERY and in its place, or why it is not."""
    from search.commands.explanation_table import explanation_text  # noqa: PLC0415 - rich, which JSON does without

    days = (day.date() if day else None for day in (since, until))
    question = Question(
        text=" ".join(query),
        page=1,
        per_page=_DEPTH,
        sort=Sort(sort),
        mode=Mode(mode),
        filters=Filters(_values(only), *days),
        collapse=not every,
    )
    asked = answers(terminal)
    try:
        found = asked.explain(question, article_id)
    finally:
        asked.live.close()
    language = lang or _spoken()
    terminal.show(_document(found, question.text, language), lambda: explanation_text(found, question.text, language))


def _values(only: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for one in only:
        name, sign, value = one.partition("=")
        if not sign or name not in FACETS:
            raise click.UsageError(f"--only {one!r} is no filter: give NAME=VALUE, with one of {', '.join(FACETS)}")
        values[FACETS[name]] = (*values.get(FACETS[name], ()), value)
    return values


def _spoken() -> str:
    """Return the language of the environment: Indonesian where it says so, else that of the other commands."""
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "id" if named.lower().startswith("id") else "en"


def _document(found: Explanation, text: str, language: str) -> dict[str, Any]:
    return {
        "id": found.article.id,
        "title": found.article.title,
        "query": {
            "text": text,
            "corrected": found.found.corrected,
            "is_corrected": found.found.is_corrected,
            "is_relaxed": found.is_relaxed,
            "dropped": list(found.found.asked.dropped),
        },
        "found": found.is_found,
        "place": found.place,
        "total": found.total,
        "pinned": found.is_pinned,
        "hidden": found.is_hidden,
        "filtered": list(found.filtered),
        "excluded": list(found.excluded),
        "lacking": list(found.lacking),
        "instead": found.instead,
        "sentences": list(sentences(found, language)),
        "score": round(found.score, 4),
        "parts": [part_document(part, language) for part in found.parts],
    }
