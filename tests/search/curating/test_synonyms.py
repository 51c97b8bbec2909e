"""What an editor calls the same is found, in answers as they are given over HTTP."""

from dataclasses import replace

import pytest

from search.curating.lists import Listed, read_list
from search.curating.synonyms import MOST_OTHERS, read_synonyms
from search.query import NO_SYNONYMS, Expansions, parse
from tests.building import article

ARTICLES = [
    article("kawin", body="Mencegah perkawinan anak di desa."),
    article("dini", body="Pernikahan dini dilarang di kota."),
    article("kua", title="KUA dibuka", body="Kantor itu melayani warga."),
    article("kampung", body="Kampung itu terendam."),
]


def read(tmp_path, analyzer, content):
    file = tmp_path / "synonyms.txt"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_list(file, Listed(file, NO_SYNONYMS), lambda draft: read_synonyms(draft, analyzer))


def ids(client, query, **more):
    answer = client.simulate_get("/v1/search", params={"q": query, **more}).json
    return [hit["id"] for hit in answer["hits"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("desa", ["kawin", "kampung"]),
        ("kampung", ["kampung", "kawin"]),
        ("Kampungnya", ["kampung", "kawin"]),
        ("perkawinan anak", ["kawin", "dini"]),
        ("pernikahan dini", ["dini", "kawin"]),
        ("kawin anak desa", ["kawin"]),
        ("kantor urusan agama", ["kua"]),
        ("KUA", ["kua"]),
        ("anak", ["kawin"]),
    ],
)
def test_what_stands_in_one_line_is_found_whichever_is_asked_for(client_of, query, found):
    client = client_of(
        *ARTICLES, synonyms="desa = kampung\nperkawinan anak = pernikahan dini, kawin muda\nKUA = kantor urusan agama"
    )

    assert ids(client, query, mode="all") == found


def test_a_synonym_is_marked_and_explained(client_of):
    client = client_of(*ARTICLES, synonyms="kawin muda = pernikahan dini")
    (hit,) = client.simulate_get("/v1/search", params={"q": "kawin muda", "mode": "all", "explain": "true"}).json[
        "hits"
    ]

    assert hit["highlights"]["body"][0]["html"] == "<mark>Pernikahan dini</mark> dilarang di kota."
    assert [(part["typed"], part["text"], part["reason"]) for part in hit["explanation"] if part["typed"]] == [
        ("kawin muda", "nikah dini", "synonym")
    ]
    assert sum(part["score"] for part in hit["explanation"]) == pytest.approx(hit["score"], abs=1e-3)


def test_texts_are_marked_by_synonyms_too(client_of):
    client = client_of(*ARTICLES, synonyms="kawin = nikah")
    answer = client.simulate_post("/v1/highlight", json={"q": "kawin", "text": "Pernikahan anak"})

    assert answer.json["highlight"]["html"] == "<mark>Pernikahan</mark> anak"


def test_a_word_that_has_a_synonym_is_no_misspelling(client_of):
    articles = [article(f"{n}", body="Kabar desa ini.") for n in range(9)]
    params = {"q": "desq"}

    assert client_of(*articles).simulate_get("/v1/search", params=params).json["query"]["corrected"] == "desa"
    assert client_of(*articles, synonyms="desq = kampung").simulate_get("/v1/search", params=params).json["query"][
        "corrected"
    ] in (None, "")


def test_a_loop_says_no_more_than_its_lines(client_of):
    client = client_of(*ARTICLES, synonyms="desa = kampung\nkampung = kota\nkota = desa")

    assert [ids(client, query)[0] for query in ("desa", "kampung", "kota")] == ["kawin", "kampung", "dini"]
    assert {frozenset(ids(client, query)) for query in ("desa", "kampung", "kota")} == {
        frozenset(("kawin", "kampung", "dini"))
    }


def test_what_two_lines_say_is_not_passed_on(client_of):
    client = client_of(*ARTICLES, synonyms="desa = kampung\nkampung = kota")

    assert ids(client, "desa", mode="all") == ["kawin", "kampung"]


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        ("padi", (1, "padi"), "has nothing on one side of ="),
        ("padi =", (1, "padi ="), "has nothing on one side of ="),
        ("# padi\n\n= gabah", (3, "= gabah"), "has nothing on one side of ="),
        ("padi = , gabah", (1, "padi = , gabah"), "or beside a comma"),
        ("padi = !!", (1, "!!"), "has no letter or figure"),
        ("padi = yang", (1, "yang"), "is a function word"),
        ("padi = padi", (1, "padi"), "is the same word as 'padi'"),
        ("menikah = nikah", (1, "nikah"), "is the same word as 'menikah'"),
        (f"padi = {'satu ' * 11}", (1, ("satu " * 11).strip()), "has 11 words"),
        (f"padi = {', '.join('abcdefghij')}", (1, f"padi = {', '.join('abcdefghij')}"), "names 11 words"),
        (b"padi = gab\xffah", (1, "padi = gab\N{REPLACEMENT CHARACTER}ah"), "is not UTF-8"),
    ],
)
def test_a_bad_line_is_named_and_the_others_work(tmp_path, analyzer, content, place, said):
    good = b"desa = kampung"
    raw = content if isinstance(content, bytes) else content.encode()
    listed = read(tmp_path, analyzer, b"\xef\xbb\xbf" + raw + b"\r\n" + good)

    (bad,) = listed.wrong
    assert (bad.line, bad.value) == place and said in bad.wrong and bad.remedy
    assert str(tmp_path / "synonyms.txt") in str(bad) and f"line {place[0]}: " in str(bad)
    assert listed.value.of(("desa",)) == (("kampung",),) and listed.entries == 1


def test_the_rest_of_a_line_counts_that_has_a_bad_word(tmp_path, analyzer):
    listed = read(tmp_path, analyzer, "padi = yang, gabah, padi")

    assert listed.value.of(("padi",)) == (("gabah",),) and len(listed.wrong) == 2


def test_a_word_of_many_lines_has_so_many_synonyms_at_most(tmp_path, analyzer):
    listed = read(tmp_path, analyzer, "".join(f"padi = tanaman{n}x\n" for n in range(20)))

    assert len(listed.value.of(("padi",))) == MOST_OTHERS


class Counting(dict):
    """Counts how often it is asked."""

    asked = 0

    def get(self, key, default=None):
        self.asked += 1
        return super().get(key, default)


def test_a_hundred_thousand_lines_are_read_and_cost_a_query_no_more_than_one(tmp_path, analyzer):
    many = read(tmp_path, analyzer, "".join(f"kata{n}x = kata{n}y lain\n" for n in range(100_000)))
    few = read(tmp_path, analyzer, "padi = gabah kering\n")
    asked = []
    for listed in (few, many):
        others = Counting(listed.value.others)
        expansions = Expansions((), analyzer).with_synonyms(replace(listed.value, others=others))
        parse("banjir di desa kami semalam", analyzer, expansions)
        asked.append(others.asked)

    assert many.entries == 100_000 and not many.wrong
    assert many.value.of((analyzer.analyze("kata7x")[0].stems[0],))
    assert asked[0] == asked[1] > 0
