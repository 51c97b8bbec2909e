"""`telusur evaluate`: what it prints, what it compares with, and what it refuses."""

import json

import pytest
from click.testing import CliRunner

from indexer import generations
from search.commands.telusur import main
from tests.building import article, publish

RICE = (article("a", title="Panen padi"), article("b", body="Padi dan jagung."), article("c", title="Harga cabai"))


@pytest.fixture
def judgments(tmp_path):
    folder = tmp_path / "judgments"
    folder.mkdir()
    (folder / "queries.tsv").write_text("q1\tpanen padi\nq2\tharga [cabai] rawit\n", encoding="utf-8")
    (folder / "qrels.tsv").write_text("q1\ta\t1\nq1\tb\t1\nq2\tc\t1\n", encoding="utf-8")
    return folder


@pytest.fixture
def evaluate(index, judgments):
    """Return what evaluates the index, with these options, and gives the result of the command."""

    def run(*options: str):
        return CliRunner().invoke(main, ["evaluate", str(judgments), "--index", str(index.path), *options])

    return run


def test_each_measure_is_shown_with_its_interval(evaluate, index):
    publish(index, *RICE)
    result = evaluate()

    assert result.exit_code == 0
    assert "2 queries" in result.stdout and "live auto" in result.stdout
    assert "MRR@10      1.0000     1.0000 1.0000" in result.stdout


def test_two_modes_are_compared_query_by_query(evaluate, index):
    publish(index, *RICE)
    text = evaluate("--mode", "any", "--against-mode", "all").stdout
    document = json.loads(evaluate("--mode", "any", "--against-mode", "all", "--json").stdout)

    assert "most won by nDCG@10" in text and "q2 harga [cabai] rawit" in text
    assert document["against"]["label"] == "live all"
    assert document["gains"]["Recall@100"] == {
        "value": 0.75,
        "low": 0.5,
        "high": 1.0,
        "wins": 2,
        "losses": 0,
        "ties": 0,
    }


def test_two_generations_are_compared(evaluate, index):
    before = publish(index, *RICE).generation.name
    publish(index, *RICE[:2], article("c", title="Hujan"))
    document = json.loads(evaluate("--against", before, "--skip-unknown", "--json").stdout)

    assert document["against"]["label"] == f"{before} auto"
    assert document["gains"]["MRR@10"]["losses"] == 1
    assert before in {generation.name for generation in generations.complete(index.path)}


def test_two_settings_are_compared(evaluate, index, tmp_path):
    publish(index, *RICE, article("long", body="Padi " * 3 + "hujan " * 60), article("short", body="Panen."))
    (tmp_path / "other.toml").write_text("[ranking]\nb = 0.0\n", encoding="utf-8")
    document = json.loads(
        evaluate("--mode", "any", "--against-settings", str(tmp_path / "other.toml"), "--json").stdout
    )

    assert document["against"]["label"] == "live any other.toml"
    assert document["gains"].keys() == document["measures"].keys()


def test_what_was_found_can_be_written_and_compared_with(evaluate, index, tmp_path):
    publish(index, *RICE)
    run = tmp_path / "found.run"
    evaluate("--run", str(run))
    document = json.loads(evaluate("--against-run", str(run), "--json").stdout)

    assert run.read_text(encoding="utf-8").startswith("q1 Q0 a 1 100 telusur\n")
    assert all(gain["ties"] == 2 for gain in document["gains"].values())


def test_what_cannot_be_measured_ends_with_an_error(evaluate, index, judgments):
    assert evaluate().exit_code == 1  # there is no index
    publish(index, article("other"))

    assert evaluate().exit_code == 2 and "--skip-unknown" in evaluate().stderr
    assert evaluate("--against-run", "x", "--against-mode", "any").exit_code == 2
    (judgments / "qrels.tsv").write_text("q1 a\n", encoding="utf-8")
    assert (broken := evaluate()).exit_code == 2 and "qrels.tsv:1: " in broken.stderr
