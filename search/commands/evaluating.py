"""The command ``telusur evaluate``: how well judged queries are answered, alone or beside another index or setting."""

from dataclasses import dataclass, replace
from pathlib import Path

import click

from indexer import generations, schema, settings
from indexer.commands.console import Console
from indexer.generations import Generation
from search.answers import Answers
from search.commands.evaluation_table import verdict_text
from search.commands.opening import command
from search.commands.reviewing import opener
from search.questions import Mode
from search.reviewing.evaluation import Evaluation, Verdict, evaluated, known_to, verdict_document
from search.reviewing.judgments import Judgments, read_judgments
from search.reviewing.runs import read_run, run_of, write_run

_LIVE = "live"
_file = click.Path(path_type=Path, dir_okay=False)
_modes = click.Choice([mode.value for mode in Mode])


@dataclass(frozen=True, slots=True)
class _Side:
    """What answers: a generation by its name or as ``live``, by which settings, in which mode."""

    console: Console
    generation: str
    mode: Mode
    settings: str = ""

    @property
    def label(self) -> str:
        return " ".join(filter(None, (self.generation, self.mode.value, self.settings)))

    def answers(self) -> Answers:
        """Return what answers as the service does."""
        return opener(self.console).answers(self._found())

    def _found(self) -> Generation:
        root = self.console.index.path
        if self.generation == _LIVE:
            return generations.live(root, schema.fingerprint(self.console.analyzer))
        return generations.find(root, self.generation)


@click.command()
@click.argument("judgments", type=click.Path(path_type=Path))
@click.option("--queries", type=_file, help="The file of the queries, where it is not beside JUDGMENTS.")
@click.option("--mode", type=_modes, default=Mode.AUTO.value, help="Which of the words must be found.")
@click.option("--generation", default=_LIVE, help="The generation that answers; the live one by default.")
@click.option("--against", metavar="GENERATION", help="Compare with another generation.")
@click.option("--against-settings", type=_file, help="Compare with these settings (TOML).")
@click.option("--against-mode", type=_modes, help="Compare with this mode.")
@click.option("--against-run", type=_file, help="Compare with a run in TREC's form, of whatever engine.")
@click.option("--run", "run_file", type=_file, help="Write what was found into this file, in TREC's form.")
@click.option("--skip-unknown", is_flag=True, help="Leave out judged articles that the index does not hold.")
@command
def evaluate(  # noqa: PLR0913, PLR0917 - options
    terminal: Console,
    judgments: Path,
    queries: Path | None,
    mode: str,
    generation: str,
    against: str | None,
    against_settings: Path | None,
    against_mode: str | None,
    against_run: Path | None,
    run_file: Path | None,
    *,
    skip_unknown: bool,
) -> None:
    """
    Measure how well the queries of JUDGMENTS are answered: MRR@10, nDCG@10, Recall@100, success@1 and success@10.

    JUDGMENTS is a folder with the files queries… and qrels…, or the file of qrels alone, in TREC's form or JSON Lines.
    With --against… the same queries are answered in another way too, and compared one by one.
    """
    side = _Side(terminal, generation, Mode(mode))
    other = _other(side, against, against_settings, against_mode)
    if other and against_run:
        raise click.UsageError("--against-run is compared with alone: leave out the other --against… options")
    answers = side.answers()
    try:
        judged = known_to(answers, read_judgments(judgments, queries), skip_unknown=skip_unknown)
        evaluation = evaluated(side.label, run_of(answers, judged, side.mode), judged)
    finally:
        answers.live.close()
    if run_file:
        write_run(evaluation.run, run_file, "telusur")
    compared = evaluated(against_run.name, read_run(against_run), judged) if against_run else _compared(other, judged)
    verdict = Verdict(judged, evaluation, compared)
    terminal.show(verdict_document(verdict), verdict_text(verdict))


def _other(side: _Side, generation: str | None, file: Path | None, mode: str | None) -> _Side | None:
    """Return *side* in the other way that is asked for, None where none is."""
    if not (generation or file or mode):
        return None
    other = replace(side, generation=generation or side.generation, mode=Mode(mode or side.mode))
    if file is None:
        return other
    document = {name: dict(values) for name, values in settings.load(file).items()}
    document["index"]["path"] = str(side.console.index.path)
    return replace(other, console=Console(document, side.console.as_json), settings=file.name)


def _compared(other: _Side | None, judgments: Judgments) -> Evaluation | None:
    if other is None:
        return None
    answers = other.answers()
    try:
        return evaluated(other.label, run_of(answers, judgments, other.mode), judgments)
    finally:
        answers.live.close()
