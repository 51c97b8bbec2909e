"""Benchmarks run, over the articles that come with Telusur, and refuse to time an engine that counts wrong."""

import doctest
import json
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks import corpus, judged, report, turns
from benchmarks.counting import RULES
from benchmarks.engines import opensearch, opensearch_node
from benchmarks.engines.figures import LATE, Row
from benchmarks.engines.worker import in_time
from benchmarks.hit_counts import checked
from benchmarks.judged import records
from benchmarks.questions import KINDS, SHARES, Question, questions
from benchmarks.rounds import Timings
from indexer.language import language
from tests import nodes
from tests.browsing import program

pytestmark = pytest.mark.long

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "indexer" / "samples" / "kabar-nusantara.jsonl"
FOLDER, CLUSTER = "in a folder", "in a cluster"
KINDS_OF = {(kind, engine) for kind in KINDS for engine in ("telusur", "whoosh", "fts5")}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run a script over the sample articles, and return what it recorded."""
    out = tmp_path_factory.mktemp("benchmarks")

    def recorded(name, *options, peers="fts5", home=out):
        arguments = [ARTICLES, home / name, "--runs", out, "--peers", peers, "--require", "--questions", "25", *options]
        subprocess.run(
            [sys.executable, ROOT / "benchmarks" / f"{name}.py", *arguments], check=True, capture_output=True
        )
        assert (out / f"{name}.md").read_text(encoding="utf-8").startswith(("# How ", "# What "))
        return json.loads((out / f"{name}.json").read_text(encoding="utf-8"))

    return recorded


def rows(recorded, number=0):
    return recorded["tables"][number]["rows"]


def test_searching_reports_every_kind_and_engine(run):
    recorded = run("searching", peers="whoosh,fts5")

    assert {(kind, engine) for kind, engine, *_ in rows(recorded)} == KINDS_OF
    assert recorded["versions"].keys() == {"telusur", "whoosh", "fts5"}
    assert all(len(answers) > 20 for answers in recorded["raw"].values())


def test_page_reports_how_soon_results_and_suggestions_are_seen(run):
    recorded = run("page", "--titles", "3", "--chromium", program(), peers="")

    assert [name for name, *_ in rows(recorded)] == ["painted, ms", "bytes"]
    assert all(0 < size <= 30_000 for _, size in recorded["raw"]["pages"])
    assert len(recorded["raw"]["typed"]) > 20 and any(count for _, count in recorded["raw"]["typed"])


def test_load_reports_what_a_server_stands_up_to(run):
    found = rows(run("load", "--seconds", "0.5", peers=""))

    assert len(found) == 16 and all(failed == 0 for _, _, _, failed, *_ in found)
    assert all(answers > 0 for name, answers, *_ in found if name.endswith(("a second", "it can take")))


def test_over_http_reports_every_kind_of_question_and_every_server(run, judgments):
    few = ("--warm", "10", "--fresh", "10", "--again", "5", "--seconds", "0.3", "--rounds", "1", "--asked", "40")
    recorded = run("over_http", "--judgments", judgments, "--typed", "3", *few)
    first, again, processors, rates, memory, starting, counts = (rows(recorded, number) for number in range(7))
    everyone = [f"{name}, {workers}" for workers in ("1 worker", "2 workers") for name in ("telusur", "fts5")]

    assert [row[:2] for row in first] == [row[:2] for row in again]
    assert [tuple(row[:2]) for row in first] == [
        (kind, name) for kind in (*KINDS, "questions", "titles", "all") for name in ("telusur", "fts5")
    ]
    assert [row[0] for row in processors] == ["telusur", "fts5"]
    assert [[row[0] for row in table] for table in (rates, memory, starting)] == [everyone] * 3
    assert all(row[1] > 0 and row[4] > 0 for row in rates)
    assert all(one == other for kind, one, other in counts if kind.startswith("prefix"))
    assert recorded["raw"]["times"].keys() == {"telusur", "fts5"}


def test_indexing_reports_speed_size_and_memory(run):
    as_given = ["telusur, language given, 1", "telusur, language given, 2"]

    assert [row[0] for row in rows(run("indexing", "--jobs", "1,2"))] == [
        *("telusur, 1", "telusur, 2"),
        *as_given,
        "fts5, 1",
    ]


def test_articles_as_they_come_say_all_but_their_language(tmp_path):
    record = {"id": "1", "title": "Panen raya", "body": "Padi.\nJagung.", "date": "2026-11-01", "language": "id"}
    (tmp_path / "articles.jsonl").write_text(json.dumps(record), encoding="utf-8")

    made = corpus.as_they_come(tmp_path / "articles.jsonl", tmp_path / "corpus", None)

    assert list(made.records()) == [{name: value for name, value in record.items() if name != "language"}]
    assert list(made.documents()) == [corpus.Document("1", "Panen raya", "Padi. Jagung.")]


def test_answering_reports_the_whole_and_its_parts(run):
    recorded = run("answering", "--rounds", "1")

    assert [row[0] for row in rows(recorded, 1)] == [*KINDS, "all"]


def test_opening_reports_every_size(run):
    recorded = run("opening", "--sizes", "20,32", "--processes", "1")

    assert [row[:2] for row in rows(recorded)] == [[20, "telusur"], [20, "fts5"], [32, "telusur"], [32, "fts5"]]
    assert [row[0] for row in rows(recorded, 1)] == [20, 32]
    assert all(used > 0 for _, _, _, used, _ in rows(recorded, 1))


def test_memory_reports_a_server_after_its_questions(run):
    served = rows(run("memory", "--asked", "25"))[0]

    assert served[0] == "telusur serve, 32 articles" and served[1] == 25 and 0 < served[2] <= served[3]


def test_updating_reports_no_error_and_every_change(run):
    recorded = run("updating", "--changes", "2", "--rate", "20", peers="")

    assert [row[2] for row in rows(recorded)] == [0, 0, 0]
    assert [row[1] for row in rows(recorded, 1)] == [2, 2]


def test_growth_reports_sizes_beyond_the_articles(run):
    recorded = run("growth", "--sizes", "32,64", "--rounds", "1")

    assert [(articles, name) for articles, name, *_ in rows(recorded)] == [
        (32, "telusur"),
        (32, "fts5"),
        (64, "telusur"),
        (64, "fts5"),
    ]


def test_suggesting_reports_corrections_and_offers(run):
    recorded = run("suggesting", "--titles", "3", "--questions", "5", peers="")

    assert rows(recorded, 1)[-1][:3] == ["all", 3, 3]
    assert {row[0] for row in rows(recorded, 2)} <= {"dated", "undated"}
    assert [row[0] for row in rows(recorded, 4)] == ["words", "titles", "whole index"]


def test_syndication_reports_copies_groups_and_costs(run):
    recorded = run("syndication", "--originals", "20", "--copies", "6", "--show", "1", peers="")

    assert [row[:3] for row in rows(recorded)] == [
        [f"{name}{retitled}, {way}", 26, 6]
        for name in ("dated", "all")
        for retitled in ("", ", retitled")
        for way in ("at once", "live changes")
    ]
    assert all(row[5] == 0 for row in rows(recorded)), rows(recorded)
    assert all(row[3] == 6 for row in rows(recorded) if "retitled" not in row[0]), rows(recorded)
    assert {row[0] for row in rows(recorded, 2)} == {kind for kind, _ in KINDS_OF}


def test_browsing_reports_pages_by_number_and_by_cursor(run):
    recorded = run("browsing", "--questions", "5", peers="")

    assert [row[:2] for row in rows(recorded)] == [["5", 5]]
    assert [row[:2] for row in rows(recorded, 1)] == [["none", 5], ["all", 5]]
    assert [row[0] for row in rows(recorded, 2)][:3] == ["1, by number", "2, by number", "2, by cursor"]


@pytest.fixture
def texts(tmp_path):
    """Return a table of texts in two languages, one by its name and one by its code."""
    javanese = "Para warga ing desa iku lagi nandur pari, nanging akeh sing durung panen amarga banjir saka kali gedhe."
    english = "Farmers in the village harvested their rice early because rain is expected next week."
    lines = ["lang\tsplit\ttext", *[f"javanese\ttest\t{javanese}"] * 6, *[f"en\ttest\t{english}"] * 6]
    (tmp_path / "texts.tsv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "texts.tsv"


def told_languages(texts, out):
    """Run the benchmark of languages over the sample articles that are Indonesian, and *texts*."""
    found = [one for one in records(ARTICLES) if language(f"{one['title']}\n{one['body']}") == "id"]
    (out / "articles.jsonl").write_text("\n".join(map(json.dumps, found)), encoding="utf-8")
    arguments = [out / "articles.jsonl", texts, "--runs", out]
    return subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "languages.py", *arguments], check=False, capture_output=True, text=True
    )


def test_languages_reports_every_set_beside_langdetect(texts, tmp_path):
    told_languages(texts, tmp_path).check_returncode()
    recorded = json.loads((tmp_path / "languages.json").read_text(encoding="utf-8"))

    assert rows(recorded) == [
        ["articles", 29, 29, 29, 29, 0, 0, "29 → 29"],
        ["en", 6, 0, 6, 6, 0, 0, "0 → 0"],
        ["javanese", 6, 6, 0, 6, 6, 0, "6 → 0"],
    ]
    assert [row[:2] for row in rows(recorded, 1)] == [["en", 2], ["javanese", 2]]
    assert all(rate > 0 for rate in rows(recorded, 2)[0])


def test_languages_refuses_to_time_what_is_worse_than_langdetect(texts, tmp_path):
    texts.write_text(texts.read_text(encoding="utf-8").replace("javanese", "id"), encoding="utf-8")

    run = told_languages(texts, tmp_path)

    assert "AssertionError: id: 0 right, with langdetect alone 6" in run.stderr
    assert not (tmp_path / "languages.json").exists()


@pytest.fixture
def judgments(tmp_path):
    """Return a folder with two queries for sample articles, and one for a passage that lies beside them."""
    first, second = list(records(ARTICLES, 2))
    (tmp_path / "docs.jsonl").write_text('{"id": "p1", "text": "Zaitun dipanen di lereng."}\n', encoding="utf-8")
    asked = {"q1": first["title"], "q2": second["title"], "q3": "di mana zaitun dipanen?"}
    lines = [json.dumps({"id": query, "text": text}) for query, text in asked.items()]
    (tmp_path / "queries.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text(f"q1\t{first['id']}\t1\nq2\t{second['id']}\t1\nq3\tp1\t1\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def headlines(tmp_path):
    """Return the sample articles as headlines with a lead."""
    found = [{"id": f"h-{one['id']}", "title": one["title"], "lead": one["body"][:200]} for one in records(ARTICLES)]
    (tmp_path / "headlines.jsonl").write_text("\n".join(map(json.dumps, found)), encoding="utf-8")
    return tmp_path / "headlines.jsonl"


def test_relevance_reports_every_set_and_engine_beside_telusur(run, judgments, headlines):
    recorded = run("relevance", "--judgments", judgments, "--headlines", headlines, "--titles", "5")
    figures, gains = rows(recorded), rows(recorded, 1)

    assert [table["title"].split(":")[0] for table in recorded["tables"]] == [
        name for name in (judgments.name, "titles", "headlines") for _ in range(2)
    ]
    assert [row[:2] for row in figures] == [["telusur, any", 1], ["telusur, auto", 1], ["fts5", 1]]
    assert {row[0] for row in gains} == {"telusur, any; fts5", "telusur, auto; fts5"}
    assert recorded["raw"][judgments.name]["fts5"]["first right"] == [1, 1, 1]


def test_questions_as_typed_are_timed_in_both_modes(run, judgments):
    recorded = run("typed_questions", "--judgments", judgments)

    assert {(kind, name) for kind, name, *_ in rows(recorded)} == {
        (kind, name) for kind in ("questions", "titles") for name in ("telusur, any", "telusur, auto", "fts5")
    }


def test_versions_reports_searching_and_reindexing_beside_another(run, judgments):
    recorded = run("versions", "--judgments", judgments, "--before", Path(sys.executable).with_name("telusur"))

    searching, costs, reindexing = (table["rows"] for table in recorded["tables"])
    assert {(kind, version) for kind, version, *_ in searching} == {
        (kind, version) for kind in ("questions", "titles", "all") for version in ("before", "now")
    }
    assert [row[0] for row in costs] == [row[0] for row in reindexing] == ["before", "now"]
    assert reindexing[1][4] == pytest.approx(1, abs=0.01)


@pytest.mark.cluster
def test_on_a_cluster_reports_both_engines(run, judgments):
    if why := nodes.missing():
        pytest.skip(f"{why}: {nodes.FETCH}")
    options = ["--opensearch", nodes.HOME, "--java", nodes.java(), "--heap", "384m", "--warming", "2", "--jobs", "1"]
    with TemporaryDirectory() as home:
        Path(home).chmod(0o755)  # root's node runs as nobody, who must reach it
        recorded = run("on_a_cluster", "--judgments", judgments, *options, peers="opensearch", home=Path(home))

    building, first, again, quality = (table["rows"] for table in recorded["tables"])
    assert [row[0] for row in building] == ["in a cluster, cold, 1", "in a folder, 1", "in a cluster, 1"]
    assert all(row[0] == name for row, name in zip((*first, *again, *quality), (FOLDER, CLUSTER) * 3, strict=True))
    assert all(seconds > 0 for _, seconds, *_ in (*building, *first, *again))
    assert all(0 < measure <= 1 for _, *measures in quality for measure in measures)


def test_a_title_that_is_asked_is_not_indexed(tmp_path, headlines):
    titles, heads = judged.title_sets(ARTICLES, None, headlines, asked=5, out=tmp_path / "corpus")
    given = {one["id"]: one["title"] for one in records(titles.corpus.lines)}

    assert len(titles.judgments.queries) == len(heads.judgments.queries) == 5
    assert {given[query] for query in (*titles.judgments.queries, *heads.judgments.queries)} == {judged.UNTITLED}
    assert heads.judgments.grades == {query: {query: 1} for query in heads.judgments.queries}


def test_a_run_names_the_command_but_no_path_of_the_machine(run):
    recorded = run("indexing", "--jobs", "1", peers="")

    assert recorded["command"].startswith(".venv/bin/python benchmarks/indexing.py kabar-nusantara.jsonl indexing ")
    assert not any(str(ROOT) in text for text in (recorded["command"], *recorded["notes"]))
    assert recorded["machine"]["processor"] and recorded["date"]


def test_repeated_articles_have_ids_of_their_own_and_one_word_in_eight_changed():
    first, again = (list(islice(corpus.documents(ARTICLES, repeat=True), 64))[number] for number in (0, 32))
    changed = [
        (one, other)
        for one, other in zip(first.body.split(), again.body.split(), strict=True)
        if any(vowel in one.lower() for vowel in "aiueo")
        if one != other
    ]

    assert again.id == f"{first.id}-1"
    assert 1 / 12 < len(changed) / len(first.body.split()) <= 1 / 8 + 0.01


def test_the_questions_are_the_same_every_time():
    articles = list(corpus.documents(ARTICLES))

    asked = questions(articles, 32, total=550)

    assert asked == questions(articles, 32, total=550)
    assert {kind: sum(question.kind == kind for question in asked) for kind in KINDS} == SHARES


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("term", "Padi", True),
        ("and", "panen padi", True),
        ("and", "padi jagung", False),
        ("or", "padi jagung", True),
        ("phrase", "padi unggul", True),
        ("phrase", "unggul padi", False),
        ("phrase", "panen raya", False),  # its words stand in the title
        ("prefix", "ungg", True),
    ],
)
def test_articles_are_counted_by_reading_them(kind, text, found):
    rule = RULES["tantivy"]
    article = corpus.Document("1", "Panen raya", "Petani menanam padi unggul.")

    assert rule.matches(Question(kind, text), rule.read(article)) is found


class Miscounting:
    """An engine that finds one article more than there is."""

    def counts(self, asked):
        return [1] * len(asked)


def test_an_engine_that_counts_wrong_is_not_timed(tmp_path):
    articles = corpus.prepared(ARTICLES, tmp_path, None)

    with pytest.raises(AssertionError, match="fts5 counts otherwise"):
        checked(articles, [Question("term", "tidakada")], {"fts5": Miscounting()})


def test_a_question_that_takes_too_long_is_given_up():
    def sleep(*_):
        time.sleep(5)

    assert in_time(sleep, None, Question("term", "padi"), 10, seconds=0.01) == (10_000_000, 0, LATE)


def test_the_best_round_counts_question_by_question():
    asked = [Question("or", "padi"), Question("or", "jagung")]
    timings = Timings(asked, [[Row(3, 1, ()), Row(1, 1, ())], [Row(2, 0, ()), Row(7, 0, ())]])

    assert timings.first("or", lambda row: row.whole) == [4, 2]
    assert timings.best("or", lambda row: row.whole) == [2, 2]


@pytest.mark.parametrize("module", [report, turns, opensearch, opensearch_node], ids=lambda module: module.__name__)
def test_the_examples_hold(module):
    assert doctest.testmod(module).failed == 0
