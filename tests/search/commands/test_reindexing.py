"""The operator's commands: what they print, what they end with, and that they speak JSON."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import generations
from search.commands.telusur import main
from tests.asked import logged, search, texts
from tests.building import article, publish, record

SMALL = """
import runpy
from indexer.reading import batches
batches.MOST_RECORDS = 200
runpy.run_module("search", alter_sys=True)
"""


@pytest.fixture
def telusur(index, tmp_path):
    """Return what runs the command over the index, with settings of its own, and gives its result."""
    config = tmp_path / "telusur.toml"

    def run(*arguments: str, settings: str = ""):
        config.write_text(settings, encoding="utf-8")
        return CliRunner().invoke(main, [*arguments, "--index", str(index.path), "--config", str(config)])

    return run


@pytest.fixture
def source(tmp_path):
    """Return what writes articles on these subjects into a source."""

    def write(*subjects: str, name: str = "source.jsonl") -> str:
        lines = [json.dumps(record(article(subject, title=f"Panen {subject}"))) for subject in subjects]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
        return str(tmp_path / name)

    return write


def test_a_dry_run_counts_and_builds_nothing(telusur, source, tmp_path, index):
    Path(source("padi", name="bad.csv")).write_text("title\nJudul\n", encoding="utf-8")
    ledger = tmp_path / "ledger.jsonl"
    result = telusur("reindex", "--dry-run", source("padi", "padi"), str(tmp_path / "bad.csv"), "--ledger", str(ledger))

    assert result.exit_code == 3
    assert "2 records are articles, 1 are none. Nothing was built." in result.stdout
    assert "1 have the id of an earlier one" in result.stdout
    assert f"{tmp_path / 'bad.csv'}:1: " in result.stdout
    assert "body" in ledger.read_text(encoding="utf-8") and not index.path.exists()


def test_a_dry_run_speaks_json_and_ends_as_the_build_would(telusur, source, tmp_path):
    document = json.loads(telusur("reindex", "--dry-run", source("padi"), "--json").stdout)
    (tmp_path / "bad.jsonl").write_text("oops\n" * 12, encoding="utf-8")
    bad = telusur("reindex", "--dry-run", str(tmp_path / "bad.jsonl"))

    assert (document["accepted"], document["rejected"], document["first_rejects"]) == (1, 0, [])
    assert bad.exit_code == 1 and "and 2 more" in bad.stdout


def test_a_build_that_is_refused_says_why_and_how_to_publish_it(telusur, source, index):
    telusur("reindex", source("padi", "jagung"))
    result = telusur("reindex", source("padi"), settings="[publish]\ncanaries = ['zaitun']")
    refused = generations.complete(index.path)[-1]

    assert (result.exit_code, result.stdout) == (1, "")
    assert "it has 1 articles where the live index has 2, less than publish.min_ratio 0.8" in result.stderr
    assert "the canary 'zaitun' finds nothing" in result.stderr
    assert f"`telusur rollback {refused.name}`" in result.stderr
    assert f"{refused.name}          1 articles" in (status := telusur("status").stdout) and "refused: it has" in status


def test_force_publishes_and_says_so(telusur, source):
    telusur("reindex", source("padi", "jagung"))
    result = telusur("reindex", source("padi"), "--force")

    assert result.exit_code == 0
    assert "It was published with --force although it has 1 articles" in result.stdout


def test_a_diff_before_publishing_shows_what_readers_will_notice(telusur, source, tmp_path):
    telusur("reindex", source("padi", "jagung"))
    (tmp_path / "queries.txt").write_text("panen\nkelapa\n", encoding="utf-8")
    changed = source("padi", "kelapa")
    result = telusur("reindex", changed, "--diff", str(tmp_path / "queries.txt"))
    again = json.loads(telusur("reindex", changed, "--diff", str(tmp_path / "queries.txt"), "--json").stdout)

    assert "2 of 2 queries change" in result.stdout and "jagung Panen jagung" in result.stdout
    assert (again["diff"]["queries"], again["diff"]["overlap"]) == (2, 1)


def test_a_diff_can_refuse_and_is_shown_then_too(telusur, source, index):
    telusur("reindex", source("padi"))
    logged(index.path, search("padi"))
    arguments = ("reindex", source("jagung"), "--diff", "last")
    strict = "[publish]\nmin_overlap = 0.5"
    result = telusur(*arguments, settings=strict)
    document = json.loads(telusur(*arguments, "--json", settings=strict).stdout)

    assert result.exit_code == 1 and "the overlap of 0.00 is less" in result.stderr
    assert "1 of 1 queries change" in result.stdout
    assert document["refused"] and document["diff"]["differences"][0]["left"][0]["id"] == "padi"


def test_generations_are_compared_by_name(telusur, source, tmp_path, index):
    telusur("reindex", source("padi"))
    telusur("reindex", source("jagung"))
    first = generations.complete(index.path)[0].name
    (tmp_path / "queries.txt").write_text("padi", encoding="utf-8")
    arguments = ("diff", first, "live", "--queries", str(tmp_path / "queries.txt"))

    assert json.loads(telusur(*arguments, "--json").stdout)["differences"][0]["left"][0]["id"] == "padi"
    assert "1 of 1 queries change" in telusur(*arguments).stdout
    assert telusur("diff", "gone", "live").exit_code == 1
    assert telusur("diff", first, "live").exit_code == 2


def test_a_rollback_says_what_is_live(telusur, source, index):
    telusur("reindex", source("padi"))
    telusur("reindex", source("jagung"))
    first, second = (old.name for old in generations.complete(index.path))

    assert f"Generation {first} of" in telusur("rollback").stdout
    assert json.loads(telusur("rollback", second, "--json").stdout) == {
        "generation": second,
        "before": first,
        "applied": 0,
    }
    assert telusur("rollback", "gone").exit_code == 1


def test_verify_ends_with_1_and_names_file_and_remedy(telusur, source, index):
    telusur("reindex", source("padi"))
    clean = telusur("verify")
    path = next(index.path.glob("generations/*/engine/*.stored"))
    path.write_bytes(b"")
    result = telusur("verify")

    assert clean.exit_code == 0 and "nothing is wrong" in clean.stdout
    assert result.exit_code == 1
    assert f"{path}: is damaged (it has 0 bytes" in result.stdout and "Remedy: restore it" in result.stdout
    assert json.loads(telusur("verify", "--json").stdout)["findings"][0]["place"] == str(path)


def test_status_tells_all_of_an_index_of_another_analysis(telusur, source, tmp_path):
    (tmp_path / "exceptions.tsv").write_text("padi\tberas\n", encoding="utf-8")
    telusur("reindex", source("padi"))
    other = f"[analysis]\nexceptions = '{tmp_path / 'exceptions.tsv'}'"
    result = telusur("status", settings=other)

    assert result.exit_code == 0
    assert "this program cannot answer from it" in result.stdout and "languages: id 1" in result.stdout
    assert json.loads(telusur("status", "--json", settings=other).stdout)["usable"] is False


def test_a_change_of_the_analysis_is_told(telusur, source, tmp_path):
    (tmp_path / "exceptions.tsv").write_text("padi\tberas\n", encoding="utf-8")
    telusur("reindex", source("padi"))
    result = telusur("reindex", source("padi"), settings=f"[analysis]\nexceptions = '{tmp_path / 'exceptions.tsv'}'")

    assert "The analysis is another than before" in result.stdout


def test_status_names_what_waits_and_what_is_unfinished(telusur, source, index):
    telusur("reindex", *[source(*"abcdefg")])
    (index.path / "generations" / "29990101").mkdir()
    (index.path / "changes.db").write_bytes(b"no database" * 100)
    queue, unfinished, lists = telusur("status").stdout.splitlines()[-3:]

    assert re.fullmatch(r"  the queue cannot be read, 0 \(20\S+\) is the last that was", queue)
    assert unfinished.startswith("  29990101 is unfinished") and lists.startswith("  lists: ")


def test_events_go_to_standard_error_and_the_document_stays_one(telusur, source):
    result = telusur("reindex", source("padi"), "--json")

    assert json.loads(result.stdout)["articles"] == 1
    assert [json.loads(line)["stage"] for line in result.stderr.splitlines()] == ["writing", "checking"]
    assert telusur("reindex", source("padi"), "--json", "--quiet").stderr == ""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_same_command_goes_on_after_an_interruption(index, tmp_path, ending):
    lines = [json.dumps(record(article(str(n), body=f"Padi nomor {n}. " * 20))) for n in range(6_000)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-c", SMALL, "reindex", str(tmp_path / "many.jsonl"), "--index", str(index.path)]
    run = subprocess.Popen([*command, "--jobs", "1"], stderr=subprocess.PIPE, text=True)
    while len(list(index.path.glob("generations/*/parts/*.json"))) < 3 and run.poll() is None:
        time.sleep(0.005)
    run.send_signal(ending)
    errors = run.communicate()[1]
    again = subprocess.run(command, capture_output=True, text=True, check=True)

    assert run.returncode != 0 and "Traceback" not in errors
    assert "goes on where it was; --fresh begins anew." in again.stderr
    assert "6,000 articles are live" in again.stdout


def test_a_terminal_shows_the_stages_and_the_time(index, tmp_path):
    lines = [json.dumps(record(article(str(n), body=f"Padi nomor {n}. " * 40))) for n in range(4_000)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "search", "reindex", str(tmp_path / "many.jsonl"), "--index", str(index.path)]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    shown = _all_of(ours)

    assert run.wait() == 0
    assert "of about 4,000 records" in shown and "writing the index" in shown


def _all_of(terminal: int) -> str:
    """Return all that is written to *terminal* until its other end is closed."""
    parts = []
    try:
        while part := os.read(terminal, 65_536):
            parts.append(part)
    except OSError:  # how Linux tells that the other end is closed
        pass
    os.close(terminal)
    return b"".join(parts).decode(errors="replace")


def test_the_service_keeps_queries_where_a_setting_says_so(index, tmp_path):
    publish(index, article("1"))
    config = tmp_path / "telusur.toml"
    config.write_text("[service]\nport = 0\n[query_log]\nenabled = true", encoding="utf-8")
    command = [sys.executable, "-m", "search", "serve", "--config", str(config), "--index", str(index.path)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = run.stdout.readline().split()[-1].rstrip("/")
    fetched = subprocess.run(
        [sys.executable, "-c", f"import urllib.request as u; u.urlopen('{address}/v1/search?q=padi').read()"],
        check=True,
    )
    run.terminate()
    run.communicate()

    assert fetched.returncode == 0
    assert texts(index.path) == ["padi"]
