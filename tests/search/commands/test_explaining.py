"""The command ``telusur explain``, over a real index and real lists."""

import json

import pytest
from click.testing import CliRunner

from search.commands.telusur import main
from tests.building import article, publish
from tests.releases import printed

ARTICLES = [
    article(
        "satu", title="Panen padi raya", body="Petani memanen padi di Kalimantan Selatan. Padi kering.", author="Dewi"
    ),
    article("dua", body="Panen jagung di desa.", source="portal-b", published="2026-02-01"),
    article("tiga", body="Sawah di kampung itu dikeringkan."),
    *(article(f"lain-{n}", body="Rapat di balai kota.") for n in range(5)),
]


@pytest.fixture
def explain(index, tmp_path, monkeypatch):
    """Return what explains an article of the index in a language, by lists, and gives what was printed."""
    publish(index, *ARTICLES)
    for name, content in {"synonyms": "desa = kampung", "pins": "jagung = tiga", "hidden": "lain-0"}.items():
        (tmp_path / f"{name}.txt").write_text(content, encoding="utf-8")
        monkeypatch.setenv(f"TELUSUR_LISTS_{name.upper()}", str(tmp_path / f"{name}.txt"))
    monkeypatch.setenv("COLUMNS", "120")
    return lambda *words: CliRunner().invoke(main, ["explain", *words, "--index", str(index.path)])


def as_json(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def parts(result):
    return [
        (part["typed"], part["text"], part["reason"], part["in_title"], part["in_body"])
        for part in as_json(result)["parts"]
        if part["typed"]
    ]


def test_the_parts_of_a_score_are_told_and_add_up(explain):
    found = as_json(explain("satu", "memanen", "padi", "--json"))

    assert (found["found"], found["place"], found["total"]) == (True, 1, 1)
    assert [(p["typed"], p["text"], p["reason"], p["in_title"], p["in_body"]) for p in found["parts"][:4]] == [
        ("memanen", "panen", "stem", 1, 1),
        ("memanen", "memanen", "exact", 0, 1),
        ("padi", "padi", "stem", 1, 2),
        ("padi", "padi", "exact", 1, 2),
    ]
    assert {"near", "order", "early", "date"} == {p["reason"] for p in found["parts"][4:]}
    assert sum(p["score"] for p in found["parts"]) == pytest.approx(found["score"], abs=1e-3)


def test_what_the_answer_scores_is_what_is_explained(explain, index):
    searched = json.loads(CliRunner().invoke(main, ["search", "panen", "--json", "--index", str(index.path)]).stdout)

    for hit in searched["hits"]:
        assert as_json(explain(hit["id"], "panen", "--json"))["score"] == pytest.approx(hit["score"], abs=1e-3)


@pytest.mark.parametrize(
    ("article_id", "query", "part"),
    [
        ("satu", "kalsel", ("kalsel", "kalimantan selatan", "short_form", 0, 1)),
        ("tiga", "desa", ("desa", "kampung", "synonym", 0, 1)),
        ("satu", '"padi kering"', ("padi kering", "padi kering", "phrase", 0, 1)),
        ("satu", "petn*", None),
        ("satu", "peta*", ("peta*", "peta", "pattern", 0, 1)),
        ("satu", "padu~", ("padu~", "padu", "correction", 1, 2)),
        ("satu", "judul:panen", ("panen", "panen", "field", 1, None)),
        ("satu", "penulis:dewi", ("dewi", "dewi", "field", None, None)),
    ],
)
def test_each_part_says_as_what_it_was_read(explain, article_id, query, part):
    found = [one for one in parts(explain(article_id, query, "--json")) if one[2] != "lacking"]

    assert found[:1] == ([part] if part else [])


@pytest.mark.parametrize(
    ("words", "facts", "sentence"),
    [
        (("satu", "padi"), {"found": True}, "Found: place 1 of 1 articles."),
        (("satu", "padi -kering"), {"excluded": ["kering"]}, "It holds words that the query excludes: kering."),
        (("satu", "padi -(kering OR rob)"), {"excluded": ["kering"]}, "that the query excludes: kering."),
        (
            ("satu", "padi jagung", "--mode", "all"),
            {"lacking": ["jagung"]},
            "It lacks words that must be found: jagung.",
        ),
        (
            ("satu", "panen jagung"),
            {"found": False, "lacking": ["jagung"]},
            "It lacks words that must be found: jagung.",
        ),
        (("dua", "panen padi jagung"), {"found": True, "lacking": ["padi"]}, "are enough. Not in this one: padi."),
        (("satu", "padi", "--only", "source=portal-b"), {"filtered": ["source"]}, "Filters leave it out: source."),
        (("dua", "panen", "--from", "2026-03-01"), {"filtered": ["published"]}, "Filters leave it out: published."),
        (("dua", "panen", "--only", "source=portal-b", "--to", "2026-03-01"), {"found": True}, "Found: place 1"),
        (("lain-0", "rapat"), {"found": False, "hidden": True}, "It is hidden by the list lists.hidden"),
        (("tiga", "jagung"), {"found": True, "pinned": True, "place": 1}, "It is pinned to this query"),
        (("lain-1", "rapar"), {"found": True}, "The query finds nothing; what was looked for is: rapat."),
        (("satu", " ".join(f"kata{n}" for n in range(80)), "padi"), {"found": True}, "Words that were not looked for"),
        (("satu", "yang"), {"found": False}, "It lacks words that must be found: yang."),
        (("satu", ""), {"found": True, "total": 7}, "of 7 articles."),
        (("satu", "!!"), {"found": False, "total": 0}, "Not found."),
    ],
)
def test_it_is_said_what_speaks_for_an_article_and_what_against(explain, words, facts, sentence):
    found = as_json(explain(*words, "--lang", "en", "--json"))

    assert facts.items() <= found.items()
    assert sentence in " ".join(found["sentences"])


def test_a_table_says_the_same(explain):
    lines = explain("satu", "memanen padi", "--lang", "en").stdout.splitlines()

    assert lines[:3] == ["Panen padi raya satu", "memanen padi", "Found: place 1 of 1 articles."]
    assert lines[4].split() == ["typed", "read", "as", "why", "title", "body", "score"]
    assert lines[5].split()[:-1] == ["memanen", "panen", "same", "root", "1", "1"]
    assert lines[-1].split()[0] == "sum"


def test_it_speaks_indonesian_where_that_is_asked_for_or_the_environment_does(explain, monkeypatch):
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    by_environment = explain("tiga", "jagung").stdout

    assert "Ditemukan: peringkat 1 dari 2 artikel." in by_environment and "disematkan" in by_environment
    assert explain("tiga", "jagung", "--lang", "id").stdout == by_environment
    assert "Found: place 1 of 2" in explain("tiga", "jagung", "--lang", "en").stdout


def test_what_cannot_be_explained_is_said(explain):
    assert "no article has the id 'nol'" in explain("nol", "padi").stderr
    assert explain("nol", "padi").exit_code == 1
    assert "--only 'warna=biru' is no filter" in explain("satu", "padi", "--only", "warna=biru").stderr
    assert explain("satu", "padi", "--only", "warna=biru").exit_code == 2


@pytest.mark.usefixtures("explain")
def test_status_names_bad_lines_and_those_lists_that_cannot_be_read(index, tmp_path):
    (tmp_path / "synonyms.txt").write_text("desa = kampung\npadi = padi\n", encoding="utf-8")
    (tmp_path / "hidden.txt").unlink()
    said = CliRunner().invoke(main, ["status", "--index", str(index.path)]).stdout
    document = json.loads(CliRunner().invoke(main, ["status", "--json", "--index", str(index.path)]).stdout)["lists"]

    assert "lists: synonyms 1, pins 1, hidden 0" in said
    assert "synonyms.txt, line 2: 'padi' is the same word as 'padi' for a search: take one of them out" in said
    assert "hidden.txt cannot be read (No such file or directory)" in said
    assert document["synonyms"]["wrong"] == [
        {
            "line": 2,
            "value": "padi",
            "wrong": "is the same word as 'padi' for a search",
            "remedy": "take one of them out",
        }
    ]
    assert document["hidden"]["trouble"] and not document["pins"]["trouble"]


def test_another_article_of_the_release_is_named_that_is_shown_instead(index):
    publish(index, *(printed(name, f"portal-{name}.id") for name in "ab"))
    command = ["explain", "b", "panen padi", "--index", str(index.path), "--lang", "en", "--json"]
    found = as_json(CliRunner().invoke(main, command))

    assert (found["found"], found["instead"], found["total"]) == (False, "a", 1)
    assert "The same release is shown as another article: a." in found["sentences"]
    assert found["parts"] and as_json(CliRunner().invoke(main, [*command, "--all"]))["found"]
