"""What was judged is measured as trec_eval does, and two rankings are compared query by query."""

import sys

import pytest

from indexer.errors import SourceUnavailable
from search.errors import EvaluationUnavailable
from search.questions import Mode
from search.reviewing.evaluation import Verdict, evaluated, known_to, verdict_document
from search.reviewing.judgments import Judgments
from search.reviewing.measures import mean, measured
from search.reviewing.runs import read_run, run_of, write_run
from tests.building import article

JUDGMENTS = Judgments(
    "made",
    {"q1": "padi", "q2": "jagung"},
    {"q1": {"a": 3, "b": 1}, "q2": {"c": 1}},
    {"a": "f:1", "b": "f:2", "c": "f:3"},
)


def test_the_measures_are_those_of_trec_eval():
    found = measured(JUDGMENTS, {"q1": ["x", "b", "a"], "q2": [*map(str, range(10)), "c"]})

    assert found["MRR@10"] == {"q1": 0.5, "q2": 0}
    assert found["nDCG@10"] == {"q1": pytest.approx((1 * 0.6309 + 3 * 0.5) / (3 + 1 * 0.6309), abs=1e-3), "q2": 0}
    assert found["Recall@100"] == {"q1": 1, "q2": 1}
    assert (found["success@1"]["q1"], found["success@10"]["q1"], found["success@10"]["q2"]) == (0, 1, 0)


def test_a_query_that_finds_nothing_counts_nothing():
    found = measured(JUDGMENTS, {"q1": ["a"]})

    assert all(values["q2"] == 0 for values in found.values())


def test_an_interval_holds_the_mean_and_narrows_with_the_queries():
    few, many = mean([0.0, 1.0] * 10), mean([0.0, 1.0] * 1000)

    assert few.low < few.value == 0.5 < few.high
    assert few == mean([0.0, 1.0] * 10)
    assert many.high - many.low < few.high - few.low


def test_wins_and_losses_are_told_apart():
    before = evaluated("before", {"q1": ["a", "b"], "q2": ["x", "c"]}, JUDGMENTS)
    after = evaluated("after", {"q1": ["b", "a"], "q2": ["c"]}, JUDGMENTS)
    verdict = Verdict(JUDGMENTS, after, before)
    gain = verdict.gains()["nDCG@10"]
    document = verdict_document(verdict)

    assert (gain.wins, gain.losses, gain.ties) == (1, 1, 0)
    assert verdict.changed() == ["q1", "q2"]
    assert [(one["against_first_right"], one["first_right"]) for one in document["by_query"]] == [(1, 1), (2, 1)]
    assert document["gains"]["MRR@10"]["value"] == 0.25


def test_the_index_is_asked_as_over_http(answers_over):
    answers = answers_over(article("a", title="Panen padi"), article("b", body="Padi dan jagung."), article("c"))
    judgments = Judgments("made", {"q": "panen padi"}, {"q": {"a": 1}}, {"a": "f:1"})

    assert run_of(answers, judgments, Mode.ALL) == {"q": ("a",)}
    assert run_of(answers, judgments, Mode.ANY) == {"q": ("a", "b")}


def test_articles_that_the_index_lacks_are_named_or_left_out(answers_over):
    answers = answers_over(article("a"), article("b"))

    with pytest.raises(SourceUnavailable, match=r"f:3: the article 'c' is not in the index.* with --skip-unknown"):
        known_to(answers, JUDGMENTS, skip_unknown=False)

    left = known_to(answers, JUDGMENTS, skip_unknown=True)
    assert (left.grades, left.unjudged) == ({"q1": {"a": 3, "b": 1}}, 1)


def test_nothing_is_measured_where_the_index_lacks_all_of_them(answers_over):
    with pytest.raises(SourceUnavailable, match="is not in the index, nor are 2 others of 3"):
        known_to(answers_over(article("other")), JUDGMENTS, skip_unknown=True)


def test_a_run_is_read_as_it_was_written(tmp_path):
    run = {"q1": ("b", "a"), "q2": ("c",)}
    write_run(run, tmp_path / "run", "made")

    assert read_run(tmp_path / "run") == run


def test_a_run_is_ranked_by_its_scores(tmp_path):
    (tmp_path / "run").write_text("q Q0 low 1 0.5 x\nq Q0 high 2 1.5 x\n", encoding="utf-8")

    assert read_run(tmp_path / "run") == {"q": ("high", "low")}


@pytest.mark.parametrize("line", ["q Q0 a 1 best x", "q Q0 a 1"])
def test_a_line_that_is_none_of_a_run_is_named(tmp_path, line):
    (tmp_path / "run").write_text(f"q Q0 a 1 2.0 x\n{line}\n", encoding="utf-8")

    with pytest.raises(SourceUnavailable, match=r"run:2: .* is no line of a run: write query, Q0, article"):
        read_run(tmp_path / "run")


def test_a_run_that_cannot_be_read_or_written_says_so(tmp_path):
    with pytest.raises(SourceUnavailable, match="cannot be read"):
        read_run(tmp_path)
    with pytest.raises(SourceUnavailable, match="cannot be written to"):
        write_run({}, tmp_path, "made")


def test_without_the_library_the_command_that_installs_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "ir_measures", None)

    with pytest.raises(EvaluationUnavailable, match=r"pip install 'telusur\[evaluate\]'"):
        measured(JUDGMENTS, {})
