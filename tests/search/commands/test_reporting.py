"""The command that says what readers asked: tables, JSON, CSV, and how to delete it all."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from search.commands.telusur import main
from tests.asked import click, logged, rows, search
from tests.building import in_body, publish

LISTS = {"by_day", "top", "missed", "unclicked", "corrections", "synonyms", "names"}


@pytest.fixture
def telusur(index):
    def run(*arguments: str):
        return CliRunner().invoke(main, [*arguments, "--index", str(index.path)])

    return run


@pytest.fixture
def log(index):
    logged(
        index.path,
        search("pilkada [bold]", hits=0),
        search("pemilihan kepala daerah"),
        search("=padi"),
        search("=padi"),
        search("sultonah prabowo makan", hits=0),
        search("keungan", corrected="keuangan", is_corrected=True),
        click("pemilihan kepala daerah", ago=55),
        search("besok", ago=-900),
    )


@pytest.mark.usefixtures("log")
def test_a_table_shows_each_list_and_what_it_leaves_out(telusur):
    shown = telusur("report").stdout

    assert "6 searches in 30 days, 2 without hits." in shown
    assert "1 entries are dated later than now" in shown
    for said in (
        "by day",
        "most asked",
        "pilkada [bold]",
        "that were taken",
        "may mean the same",
        "sultonah",
    ):
        assert said in shown


@pytest.mark.usefixtures("log")
def test_json_and_csv_hold_the_same(telusur):
    document = json.loads(telusur("report", "--json").stdout)
    table = list(csv.DictReader(io.StringIO(telusur("report", "--csv").stdout)))

    assert document.keys() == {"days", "searches", "without_hits", "has_clicks", "ahead", *LISTS}
    assert [row["word"] for row in document["names"]] == ["bold", "sultonah"]
    assert document["synonyms"][0] == {
        "query": "pilkada [bold]",
        "found_by": "pemilihan kepala daerah",
        "times": 1,
        "callers": 1,
    }
    for name in LISTS:
        assert len([row for row in table if row["list"] == name]) == len(document[name])


@pytest.mark.usefixtures("log")
def test_a_query_is_no_formula_in_a_spreadsheet(telusur):
    table = csv.DictReader(io.StringIO(telusur("report", "--csv").stdout))

    assert [row["searches"] for row in table if (row["list"], row["query"]) == ("top", "'=padi")] == ["2"]


@pytest.mark.usefixtures("log")
def test_all_is_deleted_when_asked_to(telusur, index):
    assert telusur("report", "--forget").stdout == "8 entries are deleted.\n"
    assert rows(index.path, "select * from searches") == []
    assert "0 searches" in telusur("report").stdout


def test_without_a_log_the_remedy_is_named(telusur):
    shown = telusur("report")

    assert shown.exit_code == 1 and "[query_log] enabled = true" in shown.stderr


@pytest.mark.usefixtures("log")
def test_two_forms_at_once_are_refused(telusur):
    assert telusur("report", "--csv", "--json").exit_code == 2


def test_what_many_asked_is_suggested_in_the_terminal_as_by_the_service(telusur, index, monkeypatch):
    publish(index, in_body("padi", "1"))
    monkeypatch.setenv("TELUSUR_QUERY_LOG_ENABLED", "true")
    logged(index.path, *(search("panen padi", by=number) for number in range(3)))
    offered = json.loads(telusur("suggest", "pan", "--json").stdout)["suggestions"]

    assert [(one["text"], one["kind"], one["count"]) for one in offered] == [("panen padi", "query", 1)]
