"""Servers are timed only where every answer is good; what is asked, and what it took, is counted right."""

import os
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from benchmarks import command_line, corpus, crowds, turns
from benchmarks.cpu_use import cpu_seconds
from benchmarks.engines import servers
from benchmarks.engines.opensearch_node import Distribution
from benchmarks.engines.process import engines
from benchmarks.questions import Question
from benchmarks.wire import get

pytestmark = pytest.mark.long

ARTICLES = Path(__file__).parent.parent / "indexer" / "samples" / "kabar-nusantara.jsonl"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serve the sample articles by FTS5."""
    folder = tmp_path_factory.mktemp("served")
    _, fts5 = engines(["fts5"])
    fts5.build(corpus.prepared(ARTICLES, folder / "corpus", None), folder / "fts5")
    with servers.peer("fts5", folder / "fts5", 1) as server:
        yield server


def test_a_server_that_fails_is_not_timed(served):
    failing = replace(served, request=lambda _: get("/nowhere"))
    asked = [Question("term", "padi")]

    with pytest.raises(AssertionError, match=r"fts5 answers .* with 404"):
        turns.in_turns({"fts5": failing}, asked, {"fts5": 0.0})
    with pytest.raises(AssertionError, match=r"fts5 answers otherwise than with 200: \{404: 1\}"):
        crowds.once(failing, asked)


def test_an_answer_without_marks_is_not_timed(served):
    unmarked = replace(served, read=lambda body: served.read(body)._replace(marks=0))

    with pytest.raises(AssertionError, match="fts5 marks nothing"):
        turns.in_turns({"fts5": unmarked}, [Question("term", "padi")], {"fts5": 0.0})


def test_an_answer_that_changes_is_not_timed(served):
    totals = count()
    changing = replace(served, read=lambda body: served.read(body)._replace(total=10 + next(totals)))
    asked = [Question("or", "petani padi panen desa warga banjir sekolah")]

    with pytest.raises(AssertionError, match="now so, now so"):
        turns.first_and_again({"fts5": changing}, asked, {"fts5": 0.0})


def test_questions_are_asked_again_block_by_block(served, monkeypatch):
    monkeypatch.setattr(turns, "BLOCK", 2)
    asked = [Question("term", word) for word in ("padi", "petani", "panen", "desa", "warga")]

    first, again = turns.first_and_again({"fts5": served}, asked, {"fts5": 0.0})

    assert first["fts5"].questions == again["fts5"].questions == asked
    assert first["fts5"].found == again["fts5"].found == turns.found(served, asked)
    assert len(first["fts5"].times) == len(asked) and all(ms > 0 for ms in again["fts5"].times)


def test_what_is_asked_once_is_asked_once(served):
    answering = crowds.Answering()

    crowds.once(served, [Question("term", "padi")] * 20, answering)

    assert answering.answers == 20 and answering.seconds > 0


def test_the_processors_are_read_of_a_process_and_all_below_it():
    own, below = os.times()[:2], os.times()[2:4]

    assert cpu_seconds(os.getpid()) >= sum(own) + sum(below) - 0.02  # two clocks cut off to hundredths


@pytest.mark.parametrize(
    ("jar", "java", "reason"),
    [
        (False, "25.0.3", "--opensearch names no unpacked distribution"),
        (True, "17.0.15", "--java names no JDK of version 21 or later"),
        (True, "", "--java names no JDK of version 21 or later"),
        (True, "25.0.3", ""),
    ],
)
def test_it_is_said_why_opensearch_is_missing(tmp_path, jar, java, reason):
    (tmp_path / "lib").mkdir()
    if jar:
        (tmp_path / "lib" / "opensearch-3.8.0.jar").touch()
    (tmp_path / "release").write_text(f'JAVA_VERSION="{java}"\n' if java else "", encoding="utf-8")

    assert Distribution(tmp_path, tmp_path).missing() == reason


def test_opensearch_is_named_as_missing_where_it_is_asked_for():
    parser = command_line.with_opensearch(command_line.parser(""), ["fts5"])
    missing = {}

    assert command_line.distribution(parser.parse_args(["a", "b"]), missing) is None
    assert missing == {"opensearch": "--opensearch names no unpacked distribution"}
