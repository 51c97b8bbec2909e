"""Runs: for each query the ids that were found, the best first; from an index, or from a file in TREC's form."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from indexer.errors import SourceUnavailable
from search.answers import Answers
from search.questions import Mode, Question
from search.reviewing.judgments import Judgments

DEPTH = 100
"""Results of a query that are looked at."""

Run = Mapping[str, Sequence[str]]
"""Ids of articles by the id of the query."""


def run_of(answers: Answers, judgments: Judgments, mode: Mode) -> Run:
    """
    Return what *answers*, which answer as over HTTP, find for the queries of *judgments* in this *mode*.

    Judgments name single articles, so that those of one release are not collapsed.
    """
    return {
        query: answers.ids(Question(text=text, page=1, per_page=DEPTH, mode=mode, collapse=False))
        for query, text in judgments.queries.items()
    }


def read_run(path: Path) -> Run:
    """
    Return the run in the file *path*, as TREC has it: query, Q0, article, rank, score, name.

    Lines of a query are ranked by score, and where scores are equal in the order of the file.

    Raises:
        SourceUnavailable: it cannot be read, or a line is none of a run; the message names it.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise SourceUnavailable(f"the run {str(path)!r} cannot be read: {exc}") from exc
    scored: dict[str, list[tuple[float, str]]] = {}
    for number, line in enumerate(lines, 1):
        query, article, score = _line(f"{path}:{number}", line)
        scored.setdefault(query, []).append((score, article))
    return {query: _ranked(found) for query, found in scored.items()}


def write_run(run: Run, path: Path, name: str) -> None:
    """
    Write *run* into the file *path*, as TREC has it; the scores only say the order.

    Raises:
        SourceUnavailable: it cannot be written.
    """
    lines = (
        f"{query} Q0 {article} {rank} {DEPTH + 1 - rank} {name}\n"
        for query, found in run.items()
        for rank, article in enumerate(found, 1)
    )
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as exc:
        raise SourceUnavailable(f"the run cannot be written to {str(path)!r}: {exc.strerror}") from exc


def _ranked(found: list[tuple[float, str]]) -> tuple[str, ...]:
    ordered = sorted(found, key=lambda one: -one[0])
    return tuple(dict.fromkeys(article for _, article in ordered))[:DEPTH]


def _line(place: str, line: str) -> tuple[str, str, float]:
    columns = line.split()
    try:
        query, _, article, _, score, _ = columns
        return query, article, float(score)
    except ValueError:
        raise SourceUnavailable(
            f"{place}: {line[:60]!r} is no line of a run: write query, Q0, article, rank, score and name"
        ) from None
