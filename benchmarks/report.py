"""What a script found, as a run that others can read and repeat: a page of tables, and all raw numbers as JSON."""

import json
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from math import ceil
from os import sched_getaffinity
from pathlib import Path

Cell = str | int | float | None

_MISSING = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]

    def markdown(self) -> str:
        """Return the table as Markdown."""
        head = [f"## {self.title}", "", _line(self.columns), _line(["---"] + ["---:"] * (len(self.columns) - 1))]
        return "\n".join(head + [_line([shown(cell) for cell in row]) for row in self.rows])


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a script: what it found, and all that is needed to judge it."""

    name: str
    question: str
    versions: Mapping[str, str]
    tables: Sequence[Table]
    raw: Mapping[str, object]
    missing: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()

    def record(self, folder: Path) -> None:
        """Write the run into *folder* as NAME.json and NAME.md, and print its page."""
        folder.mkdir(parents=True, exist_ok=True)
        document = {**asdict(self), "command": _command(), "machine": machine(), "date": _now()}
        text = json.dumps(document, indent=None, ensure_ascii=False, default=str)
        (folder / f"{self.name}.json").write_text(text + "\n", encoding="utf-8")
        page = self._page()
        (folder / f"{self.name}.md").write_text(page, encoding="utf-8")
        print(page)

    def _page(self) -> str:
        facts = [f"- {name}: {value}" for name, value in {**machine(), **self.versions}.items()]
        facts += [f"- {name}: not measured ({reason})" for name, reason in self.missing.items()]
        head = [f"# {self.question}", f"    {_command()}", "\n".join([f"- date: {_now()}", *facts])]
        return "\n\n".join([*head, *self.notes, *(table.markdown() for table in self.tables)]) + "\n"


def percentile(values: Sequence[float], share: float) -> float:
    """
    Return the value that *share* of *values* do not exceed.

    >>> percentile([5, 1, 3, 2, 4], 0.5), percentile(range(1, 101), 0.95)
    (3, 95)
    """
    return sorted(values)[max(0, ceil(len(values) * share) - 1)]


def ratio(one: float | None, other: float | None) -> float | None:
    """Return how often *other* goes into *one*; None where a figure is missing."""
    return one / other if one is not None and other else None


def shown(cell: Cell) -> str:
    """
    Return *cell* with three digits that count.

    >>> shown(1234.5), shown(12.345), shown(0.01234), shown(7), shown(None)
    ('1,234', '12.3', '0.0123', '7', '–')
    """
    match cell:
        case None:
            return _MISSING
        case float() if cell >= 1000:
            return f"{cell:,.0f}"
        case float():
            return f"{cell:.3g}" if cell < 100 else f"{cell:.0f}"
        case int():
            return f"{cell:,}"
    return cell


def machine() -> dict[str, str]:
    """Return what the figures depend on: the processor, the cores, the system, Python."""
    return {
        "processor": f"{_processor()}, {len(sched_getaffinity(0))} cores",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "Python": platform.python_version(),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def _command() -> str:
    """Return the command; of paths only the last part, since they are nobody else's."""
    arguments = [Path(argument).name if argument.startswith("/") else argument for argument in sys.argv[1:]]
    return " ".join([".venv/bin/python", f"benchmarks/{Path(sys.argv[0]).name}", *(one or "''" for one in arguments)])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="minutes")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
