"""No answer takes longer than one may."""

import time
from types import SimpleNamespace

import pytest

from search.deadline import checkpoint, deadline
from search.engines.whoosh.searcher import SegmentSearcher
from search.errors import DeadlinePassed
from search.passages.highlight import Highlighter
from search.questions import Question
from tests.building import in_body

PASSED = {"deadline": 1e-9}


def test_work_is_ended_when_its_time_is_over():
    with deadline(60):
        checkpoint()
        with pytest.raises(DeadlinePassed), deadline(-1):
            checkpoint()
        checkpoint()
    checkpoint()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/search?q=padi", None),
        ("GET", "/v1/articles/1/highlight?q=padi", None),
        ("POST", "/v1/highlight", {"q": "padi", "text": "padi"}),
        ("POST", "/v1/analyze", {"text": "padi"}),
    ],
)
def test_an_answer_that_is_late_says_so_and_when_to_try_again(client_over, method, path, body):
    client = client_over(in_body("padi", "1"), service=PASSED, headers={"Accept-Language": "en"})
    answer = client.simulate_request(method, path, json=body)

    assert (answer.status_code, answer.json["type"]) == (503, "urn:telusur:problem:deadline-passed")
    assert answer.headers["Retry-After"] == "2"


def test_a_page_that_is_late_says_so(client_over):
    page = client_over(in_body("padi", "1"), service=PASSED).simulate_get("/cari?q=padi")

    assert page.status_code == 503


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/search?q=padi", None),
        ("GET", "/cari?q=padi", None),
        ("POST", "/v1/highlight", {"q": "padi", "texts": ["padi", "padi"]}),
    ],
)
def test_what_passes_while_hits_are_marked_is_late_as_a_whole(client_over, monkeypatch, method, path, body):
    marked = []
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + 1000 * len(marked))
    monkeypatch.setattr("search.deadline.time", later)
    for name in ("passages", "whole"):
        monkeypatch.setattr(Highlighter, name, counted(getattr(Highlighter, name), marked))
    client = client_over(in_body("padi", "1"), in_body("padi", "2"))
    answer = client.simulate_request(method, path, json=body)

    assert len(marked) == 1
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    marked.clear()
    assert "telusur_deadlines_total 1.0" in client.simulate_get("/metrics").text


def test_health_has_no_deadline_and_the_figures_count_the_late(client_over):
    client = client_over(in_body("padi", "1"), service=PASSED)
    client.simulate_get("/v1/search?q=padi")

    assert client.simulate_get("/healthz").status_code == 200
    assert "telusur_deadlines_total 1.0" in client.simulate_get("/metrics").text


@pytest.mark.parametrize("query", ["padi gandum", '"padi gandum"', "pa* ga*", "p*di", "padu~", "-padi"])
def test_between_two_leaves_one_looks_at_the_time(answers_over, monkeypatch, query):
    answers = answers_over(in_body("padi gandum", "1"))
    looked = []
    monkeypatch.setattr("search.engines.whoosh.searcher.checkpoint", lambda: looked.append(1))
    answers.search(Question(text=query, page=1, per_page=10))

    assert looked


def test_scores_are_explained_of_ten_hits_and_each_leaf_is_read_once(client_over, monkeypatch):
    client = client_over(*(in_body("padi gandum", str(number)) for number in range(30)))

    client.simulate_get("/v1/search?q=padi+gandum")  # what is remembered of its words is read here
    read = []
    monkeypatch.setattr(SegmentSearcher, "matches", counted(SegmentSearcher.matches, read))
    hits = client.simulate_get("/v1/search?q=padi+gandum&explain=true&per_page=30").json["hits"]
    many = len(read)
    client.simulate_get("/v1/search?q=padi+gandum&explain=true&per_page=1")

    assert ["explanation" in hit for hit in hits] == [True] * 10 + [False] * 20
    assert many == len(read) - many


def counted(function, calls):
    def call(*arguments, **options):
        calls.append(arguments)
        return function(*arguments, **options)

    return call
