"""An evaluation as tables for the terminal."""

from rich.console import Console as Terminal
from rich.markup import escape
from rich.table import Table

from search.reviewing.evaluation import ORDERED_BY, Evaluation, Verdict, first_right
from search.reviewing.measures import Mean

_MOST = 10  # wins, and losses, that are listed


def verdict_text(verdict: Verdict) -> str:
    """Return the figures of *verdict*, and of a comparison the queries that lost and won most."""
    judgments, changed = verdict.judgments, verdict.changed()
    left_out = f", {judgments.unjudged:,} left out for want of a judgment above 0" if judgments.unjudged else ""
    out = Terminal(highlight=False)
    with out.capture() as captured:
        out.print(escape(f"{judgments.name}: {len(judgments.queries):,} queries{left_out}"), soft_wrap=True)
        if verdict.against:
            sides = f"before is {verdict.against.label}, after is {verdict.evaluation.label}"
            out.print(escape(sides), soft_wrap=True)
        out.print(_figures(verdict))
        for title, queries in (("lost", changed[:_MOST]), ("won", changed[::-1][:_MOST])):
            sign = 1 if title == "won" else -1
            listed = [query for query in queries if sign * verdict.differences(ORDERED_BY)[query] > 0]
            if listed:
                out.print(f"\nmost {title} by {ORDERED_BY}; places are those of the first right article")
                out.print(_queries(verdict, listed))
        if len(changed) > 2 * _MOST:
            out.print(f"{len(changed):,} queries are won or lost; --json lists all.")
    return "\n".join(line.rstrip() for line in captured.get().rstrip().splitlines())


def _figures(verdict: Verdict) -> Table:
    gains, against = verdict.gains(), verdict.against
    if against is None:
        table = Table("", escape(verdict.evaluation.label), "95 %", box=None, header_style="bold")
        for name, found in verdict.evaluation.means.items():
            table.add_row(name, f"{found.value:.4f}", _interval(found))
        return table
    table = Table("", "before", "after", "gain", "95 %", "wins", "losses", "ties", box=None, header_style="bold")
    before = against.means
    for name, found in verdict.evaluation.means.items():
        gain = gains[name]
        counts = (f"{count:,}" for count in (gain.wins, gain.losses, gain.ties))
        values = (f"{before[name].value:.4f}", f"{found.value:.4f}", f"{gain.mean.value:+.4f}")
        table.add_row(name, *values, _interval(gain.mean, "+"), *counts)
    return table


def _queries(verdict: Verdict, queries: list[str]) -> Table:
    table = Table(ORDERED_BY, "before", "after", "query", box=None, header_style="bold")
    for query in queries:
        gain = verdict.differences(ORDERED_BY)[query]
        places = (_place(side, verdict, query) for side in (verdict.against, verdict.evaluation) if side)
        table.add_row(f"{gain:+.3f}", *places, escape(f"{query} {verdict.judgments.queries[query]}"))
    return table


def _place(side: Evaluation, verdict: Verdict, query: str) -> str:
    return str(first_right(side, verdict.judgments, query) or "–")


def _interval(found: Mean, sign: str = "") -> str:
    return f"{found.low:{sign}.4f} {found.high:{sign}.4f}"
