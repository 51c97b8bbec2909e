"""The command that puts a new index in the place of the live one: reindex, and what it tells of the build."""

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from indexer import settings
from indexer.building.checks import enough_articles
from indexer.building.reindex import Outcome, Rules
from indexer.building.reindex import reindex as rebuild
from indexer.building.trial import Trial, try_out
from indexer.commands.console import FAILED, SOME_REJECTED, Console
from indexer.commands.progress import shown
from indexer.commands.reading import NAMES
from indexer.commands.upkeep import facts
from indexer.errors import BuildRefused
from indexer.generations import LEDGER
from indexer.settings import PublishSettings
from indexer.sources import Sources
from search.commands.comparing import comparison_text
from search.commands.opening import command
from search.commands.reviewing import opener
from search.reviewing.checks import Review
from search.reviewing.comparison import comparison_document
from search.reviewing.queries import queries_of


@click.command(epilog=NAMES)
@click.argument("sources", nargs=-1, required=True)
@click.option("--jobs", type=click.IntRange(0), help="Processes that read articles; 0 for as many as there are cores.")
@click.option("--fresh", is_flag=True, help="Leave an unfinished build aside, and begin anew.")
@click.option("--force", is_flag=True, help="Publish whatever the checks of [publish] say; checksums must fit still.")
@click.option("--diff", metavar="FILE|last", help="Compare the first ten of these queries, or of the latest, with now.")
@click.option("--dry-run", is_flag=True, help="Read and check all, list what is wrong with it, and build nothing.")
@click.option("--ledger", type=click.Path(path_type=Path, dir_okay=False), help="Where --dry-run lists the rejects.")
@click.option("--quiet", is_flag=True, help="Say nothing about how far it is.")
@command
def reindex(  # noqa: PLR0913 - options
    terminal: Console,
    sources: tuple[str, ...],
    jobs: int | None,
    diff: str | None,
    ledger: Path | None,
    *,
    fresh: bool,
    force: bool,
    dry_run: bool,
    quiet: bool,
) -> None:
    """
    Build the index anew from SOURCES, and put it in the place of the live one.

    A source is a text file as scraped from a portal (.txt), JSON Lines (.jsonl, .jsonl.gz), a table (.csv, .tsv, or
    csv:PATH?title=COLUMN&body=COLUMN), a page (.html), a WordPress export (.xml, or wxr:PATH), a feed (rss:PATH), a
    folder of these, or - for JSON Lines from standard input; an address: https://…, sitemap+https://…, rss+https://…,
    wordpress+https://…; or a database: sqlite:///PATH?table=NAME, postgresql://…, mysql://…?query=SELECT…

    Searches go on meanwhile; if the build fails or is interrupted, the live index stays as it was, and the same
    command goes on where it was.
    """
    if dry_run:
        _try(terminal, sources, ledger or terminal.index.path / LEDGER, quiet=quiet)
        return
    index = terminal.index if jobs is None else replace(terminal.index, jobs=jobs)
    rules = settings.section(terminal.document, "publish", PublishSettings)
    review = Review(index.path, opener(terminal), rules, queries_of(diff, index.path) if diff else ())
    checks = (enough_articles(index.path, rules.min_ratio), review.canaries, review.overlap)
    try:
        with shown(as_json=terminal.as_json, quiet=quiet) as display:
            asked = Rules(fresh=fresh, force=force, checks=checks, say=display.say)
            outcome = rebuild(sources, index, terminal.analyzer, display.progress, terminal.fetch, asked)
    except BuildRefused as exc:
        document = {"generation": exc.generation, "refused": list(exc.reasons), **_review_document(review)}
        if terminal.as_json or review.comparison:
            terminal.show(document, _review_text(review))
        raise
    terminal.show(
        {**_outcome_document(outcome), **_review_document(review)},
        "\n".join(filter(None, (_outcome_text(outcome), _review_text(review)))),
    )
    if outcome.generation.manifest.rejected:
        sys.exit(SOME_REJECTED)


def _try(terminal: Console, sources: tuple[str, ...], ledger: Path, *, quiet: bool) -> None:
    with shown(as_json=terminal.as_json, quiet=quiet) as display:
        trial = try_out(Sources(sources, terminal.fetch), ledger, display.progress)
    terminal.show(_trial_document(trial), _trial_text(trial))
    if not trial.counts.accepted:
        sys.exit(FAILED)
    if trial.counts.rejected:
        sys.exit(SOME_REJECTED)


def _trial_document(trial: Trial) -> dict[str, Any]:
    return {
        "dry_run": True,
        "accepted": trial.counts.accepted,
        "rejected": trial.counts.rejected,
        "duplicates": trial.counts.duplicates,
        "ledger": str(trial.ledger),
        "first_rejects": [asdict(rejected) for rejected in trial.first],
    }


def _trial_text(trial: Trial) -> str:
    counts = trial.counts
    lines = [f"{counts.accepted:,} records are articles, {counts.rejected:,} are none. Nothing was built."]
    if counts.duplicates:
        lines.append(f"{counts.duplicates:,} have the id of an earlier one, and would take its place.")
    lines += [f"  {rejected.place}: {rejected.reason}" for rejected in trial.first]
    if counts.rejected > len(trial.first):
        lines.append(f"  and {counts.rejected - len(trial.first):,} more")
    return "\n".join([*lines, f"{trial.ledger} lists all that are none."] if counts.rejected else lines)


def _outcome_document(outcome: Outcome) -> dict[str, Any]:
    return {
        "generation": outcome.generation.name,
        **facts(outcome.generation),
        "ledger": str(outcome.ledger),
        "removed": outcome.removed,
        "overridden": list(outcome.overridden),
    }


def _outcome_text(outcome: Outcome) -> str:
    manifest = outcome.generation.manifest
    lines = [
        f"{manifest.articles:,} articles are live in generation {outcome.generation.name}.",
        f"The index has {manifest.bytes / 1e6:,.1f} MB and took {manifest.seconds:,.1f} s.",
    ]
    if outcome.analysis_before not in {"", manifest.fingerprint}:
        lines.append(f"The analysis is another than before: {manifest.fingerprint}, not {outcome.analysis_before}.")
    lines += [f"It was published with --force although {reason}." for reason in outcome.overridden]
    if manifest.duplicates:
        lines.append(f"{manifest.duplicates:,} records had the id of an earlier one and took its place.")
    if manifest.rejected:
        lines.append(f"{manifest.rejected:,} records were rejected; {outcome.ledger} says where and why.")
    return "\n".join(lines)


def _review_document(review: Review) -> dict[str, Any]:
    return {"diff": comparison_document(review.comparison) if review.comparison else None}


def _review_text(review: Review) -> str:
    text = comparison_text(review.comparison) if review.comparison else ""
    return "\n".join(filter(None, (text, review.remark)))
