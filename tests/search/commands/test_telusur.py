import json
import os
import pty
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.commands.telusur import main
from tests.building import article, publish, record


@pytest.fixture
def telusur(index):
    """Return what runs the command over the index and gives its result."""
    return lambda *arguments: CliRunner().invoke(main, [*arguments, "--index", str(index.path)])


@pytest.fixture
def source(tmp_path) -> str:
    lines = [json.dumps(record(article(name, title=f"Panen {name}"))) for name in ("padi", "jagung")]
    (tmp_path / "good.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return str(tmp_path / "good.jsonl")


def test_the_command_is_installed():
    (command,) = entry_points(group="console_scripts", name="telusur")

    assert command.load() is main


def test_reindex_says_what_is_live(telusur, source):
    result = telusur("reindex", source)

    assert result.exit_code == 0
    assert "2 articles are live in generation" in result.stdout


def test_reindex_ends_with_3_where_records_were_rejected_or_replaced(telusur, source, tmp_path):
    (tmp_path / "bad.jsonl").write_text("oops", encoding="utf-8")
    result = telusur("reindex", source, source, str(tmp_path / "bad.jsonl"))

    assert result.exit_code == 3
    assert "2 records had the id of an earlier one" in result.stdout
    ledger = result.stdout.rpartition("rejected; ")[2].partition(" says")[0]
    assert "the line is no JSON" in Path(ledger).read_text(encoding="utf-8")


def test_reindex_and_status_speak_json(telusur, source):
    built = json.loads(telusur("reindex", source, "--json").stdout)
    status = json.loads(telusur("status", "--json").stdout)

    assert built["articles"] == 2
    assert status["live"] == built["generation"]
    assert [old["articles"] for old in status["generations"]] == [2]


def test_status_marks_the_live_generation(telusur, source):
    telusur("reindex", source)
    telusur("reindex", source)
    lines = telusur("status").stdout.splitlines()

    assert [line[:3] for line in lines[1:3]] == ["  2", "* 2"]


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["reindex", "gone.jsonl"], 2, "the source 'gone.jsonl' does not exist"),
        (["reindex"], 2, "Missing argument"),
        (["reindx"], 2, "No such command"),
        (["status"], 1, "there is no index at"),
        (["search", "padi"], 1, "there is no index at"),
        (["search", "padi", "--sort", "terbaru"], 2, "'terbaru' is not one of"),
        (["status", "--config", "gone.toml"], 2, "gone.toml cannot be read"),
        (["serve", "--port", "99999"], 2, "99999 is not in the range"),
        (["serve", "--host", "256.1.1.1"], 1, "cannot be listened on"),
    ],
)
def test_wrong_usage_and_failures_are_one_line_and_a_code(telusur, arguments, code, complaint):
    result = telusur(*arguments)

    assert result.exit_code == code
    assert complaint in result.stderr
    assert "Traceback" not in result.stderr


def test_an_interrupt_is_one_line(telusur, source, monkeypatch):
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("search.commands.reindexing.rebuild", interrupt)
    result = telusur("reindex", source)

    assert (result.exit_code, result.stderr) == (1, "telusur: interrupted; the live index is as it was\n")


def test_search_prints_hits_with_their_facts(telusur, index):
    publish(
        index, article("1", title="Panen [padi]", body="Panen padi.", author="Rina", source="a.example"), article("2")
    )
    result = telusur("search", "padi")

    assert result.exit_code == 0
    assert "1 articles" in result.stdout
    assert "1. Panen [padi]" in result.stdout
    assert "a.example · Rina · 1" in result.stdout


def test_search_says_that_it_was_relaxed(telusur, index):
    publish(index, article("1", body="Panen padi."))

    assert "Some results may lack: zaitun." in telusur("search", "padi", "zaitun").stdout
    assert "0 articles" in telusur("search", "padi", "zaitun", "--mode", "all").stdout


def test_search_says_that_a_sign_stands_for_too_much(telusur, index, monkeypatch):
    monkeypatch.setattr("search.engines.whoosh.expanding.MOST_WORDS", 1)
    publish(index, article("1", body="Panen padi. Panen paria."))

    assert "only the commonest words were looked for of: p*a*." in telusur("search", "p*a*").stdout


def test_search_and_analyze_give_the_documents_of_the_service(telusur, index):
    publish(index, article("1", body="Panen padi."))

    assert json.loads(telusur("search", "padi", "--json").stdout)["hits"][0]["id"] == "1"
    assert json.loads(telusur("analyze", "padi", "--json").stdout)["tokens"][0]["stems"] == ["padi"]


def test_analyze_shows_every_word_with_its_stem(telusur):
    lines = telusur("analyze", "Perkawinan", "anak-anak").stdout.splitlines()

    assert lines[1].split()[:4] == ["0", "Perkawinan", "perkawinan", "kawin"]
    assert "affixes" in " ".join(lines)
    assert any(line.split()[:4] == ["1", "anak-anak", "anak-anak", "anak"] for line in lines)


def test_the_environment_names_the_index(index, monkeypatch):
    publish(index, article("1"))
    monkeypatch.setenv("TELUSUR_INDEX_PATH", str(index.path))

    assert CliRunner().invoke(main, ["status"]).exit_code == 0


def test_progress_is_shown_on_a_terminal_and_only_there(index, source):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "search", "reindex", source, "--index", str(index.path)]
    run = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=theirs, check=True, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)

    assert "records" in shown
    assert b"a second" not in run.stdout


def test_articles_are_added_and_deleted_in_the_live_index(telusur, source, tmp_path):
    telusur("reindex", source)
    new = tmp_path / "baru.jsonl"
    new.write_text('{"id": "baru", "title": "Panen kedelai", "body": "Melimpah."}\n{"title": "x"}\n', encoding="utf-8")
    added = telusur("add", str(new), "--json")

    assert added.exit_code == 3 and json.loads(added.stdout)["added"] == 1
    assert "'body' is missing" in added.stdout
    assert json.loads(telusur("search", "kedelai", "--json").stdout)["total"] == 1

    assert telusur("delete", "baru").exit_code == 0
    assert json.loads(telusur("search", "kedelai", "--json").stdout)["total"] == 0


def test_keys_are_made_listed_and_taken_back(telusur):
    made = json.loads(telusur("keys", "create", "redaksi", "--json").stdout)

    assert made["key"].startswith("telusur_")
    assert "redaksi" in telusur("keys", "list").stdout and made["key"] not in telusur("keys", "list").stdout
    assert telusur("keys", "revoke", "redaksi").exit_code == 0
    assert telusur("keys", "revoke", "redaksi").exit_code == 2
