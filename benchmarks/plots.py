"""
Draws the recorded runs: p50 and p95 by kind and engine, and time against size.

    python benchmarks/plots.py [RUNS]

Reads searching.json and growth.json in RUNS, as far as they are there, and puts a PNG beside each.
"""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter

from benchmarks.questions import KINDS
from benchmarks.report import percentile

RUNS = Path(__file__).parent / "runs"

COLOURS = {
    "telusur": "#c1272d",
    "tantivy": "#3f6ea3",
    "lucene": "#7fa8d1",
    "xapian": "#4f9d8b",
    "fts5": "#9a9a9a",
    "whoosh": "#d0c9b8",
}
"""Telusur in the one warm colour; the engines in the order of the bars."""

_STYLE = {
    "font.size": 11,
    "axes.titlesize": 13,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": "#e6e6e6",
    "axes.axisbelow": True,
    "figure.dpi": 110,
    "legend.frameon": False,
}


def main() -> None:
    """Draw what there is."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    mpl.use("Agg")  # no window
    mpl.rcParams.update(_STYLE)
    drawn = [_drawn(folder, name, *figure) for name, figure in FIGURES.items()]
    assert any(drawn), f"{folder} has neither searching.json nor growth.json"


def searching(run: dict[str, Any], times: "Times", which: str) -> Any:
    """Return the figure of a run of searching.py: a panel for p50 and one for p95, a bar for each engine and kind."""
    engines = _present(run["raw"])
    figure, panels = plt.subplots(2, 1, figsize=(15, 10.5), sharey=True, layout="constrained")
    for panel, (label, share) in zip(panels, (("p50", 0.5), ("p95", 0.95)), strict=True):
        width = 0.86 / len(engines)
        for number, engine in enumerate(engines):
            heights = [percentile(times(run["raw"][engine], kind), share) for kind in KINDS]
            places = [kind + (number - (len(engines) - 1) / 2) * width for kind in range(len(KINDS))]
            bars = panel.bar(places, heights, width * 0.92, color=COLOURS[engine], label=engine)
            panel.bar_label(bars, [_label(height) for height in heights], padding=3, fontsize=10, rotation=90)
        panel.set(yscale="log", ylabel=f"ms, {which}", title=f"{label}, from the query tree to ten ids")
        panel.yaxis.set_major_formatter(_PLAIN)
        panel.set_xticks(range(len(KINDS)), KINDS, fontsize=12)
        panel.tick_params(axis="x", length=0)
        panel.margins(x=0.01, y=0.16)
    panels[0].legend(ncols=len(engines), loc="lower right", bbox_to_anchor=(1, 1.0))
    figure.suptitle(run["question"], x=0.01, ha="left", fontsize=16, weight="bold")
    return figure


def growth(run: dict[str, Any]) -> Any:
    """Return the figure of a run of growth.py: p95 by kind, articles a second and size, against the articles."""
    sizes = sorted(map(int, run["raw"]))
    engines = _present(run["raw"][str(sizes[0])])
    figure, grid = plt.subplots(2, 4, figsize=(17, 8.5), layout="constrained")
    panels = list(grid.flat)
    for panel in panels[1:5]:
        panel.sharey(panels[0])
    for panel, kind in zip(panels, KINDS, strict=False):
        for engine in engines:
            _line(panel, run, engine, lambda own, kind=kind: percentile(_first(own["answers"], kind), 0.95))
        panel.set(title=f"{kind}: p95, ms", yscale="log")
    for engine in engines:
        _line(panels[5], run, engine, lambda own: own["built"]["articles"] / own["built"]["seconds"])
        _line(panels[6], run, engine, lambda own: own["built"]["bytes"] / 1e6)
        _line(panels[7], run, engine, lambda own: own["built"]["peak"]["private"] / 1e6)
    titles = ("indexing: articles/s", "index: MB", "indexing: private memory, MB")
    for panel, title in zip(panels[5:], titles, strict=True):
        panel.set(title=title, yscale="log")
    for panel in panels:
        panel.set(xscale="log")
        panel.yaxis.set_major_formatter(_PLAIN)
        panel.set_xticks(sizes, [_short(size) for size in sizes])
        panel.set_xlabel("articles")
        panel.minorticks_off()
    figure.legend(*panels[0].get_legend_handles_labels(), ncols=len(engines), loc="outside upper right", fontsize=12)
    figure.suptitle(run["question"], x=0.01, ha="left", fontsize=16, weight="bold")
    return figure


def _drawn(folder: Path, name: str, source: str, draw: Callable[[dict[str, Any]], Any]) -> bool:
    run = folder / f"{source}.json"
    if not run.exists():
        return False
    draw(json.loads(run.read_text(encoding="utf-8"))).savefig(folder / f"{name}.png")
    return True


def _label(height: float) -> str:
    """
    Return *height* with two digits that count.

    >>> _label(326.4), _label(18.24), _label(0.0765)
    ('326', '18', '0.076')
    """
    return f"{height:,.0f}" if height >= 10 else f"{height:.2g}"


def _present(found: Iterable[str]) -> list[str]:
    there = set(found)
    return [engine for engine in COLOURS if engine in there]


def _first(answers: list[Any], kind: str) -> list[float]:
    """Return the milliseconds of the first round for each question of *kind*."""
    return [sum(rounds[0]) for asked, _, _, rounds in answers if asked == kind]


def _best(answers: list[Any], kind: str) -> list[float]:
    """Return the milliseconds of the best round for each question of *kind*."""
    return [min(map(sum, rounds)) for asked, _, _, rounds in answers if asked == kind]


def _line(panel: Any, run: dict[str, Any], engine: str, figure: Any) -> None:
    points = [(int(size), figure(own[engine])) for size, own in run["raw"].items() if engine in own]
    width = 2.6 if engine == "telusur" else 1.6
    panel.plot(
        *zip(*points, strict=True), marker="o", markersize=5, linewidth=width, color=COLOURS[engine], label=engine
    )


def _short(size: int) -> str:
    """
    Return *size* as it stands under an axis.

    >>> _short(120_000), _short(1_000_000), _short(960_000)
    ('120k', '1M', '960k')
    """
    return f"{size // 1_000_000}M" if size % 1_000_000 == 0 else f"{size / 1000:g}k"


Times = Callable[[list[Any], str], list[float]]
"""Which milliseconds of an engine's answers to questions of a kind are drawn."""

_PLAIN = FuncFormatter(lambda value, _: f"{value:,g}")

FIGURES: dict[str, tuple[str, Callable[[dict[str, Any]], Any]]] = {
    "searching": ("searching", lambda run: searching(run, _first, "first time asked")),
    "searching-again": ("searching", lambda run: searching(run, _best, "best round")),
    "growth": ("growth", growth),
}
"""The pictures: the run that each is drawn from, and how."""


if __name__ == "__main__":
    main()
