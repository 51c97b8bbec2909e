"""Pinned and hidden articles, as answers over HTTP show them."""

import pytest

from indexer.changes.queue import ChangeQueue
from search.curating.hiding import MOST_HIDDEN, read_hidden
from search.curating.lists import Draft, Listed, read_list
from search.curating.pins import MOST_PINNED, read_pins
from tests.building import apply_changes, article, record
from tests.releases import printed

ARTICLES = [
    *(article(f"banjir-{n}", body="Banjir melanda. " * (n + 1), source=f"portal-{n % 2}") for n in range(7)),
    article("posko", body="Posko dibuka untuk warga.", source="portal-0", published="2020-01-01"),
    article("peta", body="Peta rawan.", source="portal-1"),
]


def asked(client, query="banjir", **more):
    return client.simulate_get("/v1/search", params={"q": query, **more}).json


def ids(answer):
    return [hit["id"] for hit in answer["hits"]]


def test_pinned_articles_come_first_in_their_order_and_are_not_repeated(client_of):
    client = client_of(*ARTICLES, pins="banjir = posko, banjir-3, peta, none")
    plain = ids(asked(client_of(*ARTICLES, pins=""), per_page=20))
    client = client_of(*ARTICLES, pins="banjir = posko, banjir-3, peta, none")
    answer = asked(client, per_page=20)

    assert ids(answer) == ["posko", "banjir-3", "peta", *(one for one in plain if one != "banjir-3")]
    assert [hit["pinned"] for hit in answer["hits"]] == [True] * 3 + [False] * 6
    assert answer["total"] == 9


@pytest.mark.parametrize("per_page", [1, 2, 3, 4, 5])
def test_pages_lose_and_repeat_nothing(client_of, per_page):
    client = client_of(*ARTICLES, pins="banjir = posko, banjir-3, peta")
    whole = asked(client, per_page=20)
    pages = [asked(client, per_page=per_page, page=page) for page in range(1, 9 // per_page + 2)]

    assert [one for page in pages for one in ids(page)] == ids(whole)
    assert {page["total"] for page in pages} == {9}


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("per_page", [1, 2, 3, 4, 5])
def test_cursors_lose_and_repeat_nothing(client_of, per_page, sort):
    client = client_of(*ARTICLES, pins="banjir = posko, banjir-3, peta")
    found, cursor = [], {}
    while cursor is not None:
        page = asked(client, per_page=per_page, sort=sort, **cursor)
        found += ids(page)
        cursor = {"cursor": page["next"]} if page["next"] else None

    assert found == ids(asked(client, per_page=20, sort=sort)) and len(found) == 9


@pytest.mark.parametrize(
    ("query", "is_pinned"),
    [
        ("kawin anak", True),
        ("Perkawinan  ANAK-anak?", True),
        ("apa itu kawin anak", True),
        ("anak kawin", False),
        ("kawin anak desa", False),
        ("kawin", False),
        ('"kawin anak"', False),
        ("kawin -anak", False),
        ("judul:kawin anak", False),
        ("kawin OR anak", False),
    ],
)
def test_a_query_is_known_by_its_words(client_of, query, is_pinned):
    client = client_of(*ARTICLES, article("x", body="Kawin, anak, desa."), pins="Kawin anak = posko")

    assert ("posko" in ids(asked(client, query))) is is_pinned


def test_filters_hold_for_pinned_articles_and_facets_count_them(client_of):
    client = client_of(*ARTICLES, pins="banjir = posko, peta")
    answer = asked(client, source="portal-1", facets="source")

    assert ids(answer)[0] == "peta" and "posko" not in ids(answer) and answer["total"] == 4
    counted = {one["value"]: one["count"] for one in asked(client, facets="source")["facets"]["source"]}
    assert counted == {"portal-0": 5, "portal-1": 4}


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_by_date_pinned_articles_stand_at_their_date(client_of, sort):
    client = client_of(*ARTICLES, pins="banjir = posko")
    answer = asked(client, sort=sort)

    assert answer["total"] == 8 and answer["hits"][0]["id"] == "posko" and answer["hits"][0]["pinned"]


def test_a_pinned_query_without_hits_is_not_corrected(client_of):
    client = client_of(*ARTICLES, pins="banjr = posko")
    answer = asked(client, "banjr")

    assert (ids(answer), answer["query"]["is_corrected"]) == (["posko"], False)


def test_a_pin_is_explained_beside_what_makes_up_the_score(client_of):
    client = client_of(*ARTICLES, pins="banjir melanda = peta, banjir-3")
    hits = asked(client, "banjir melanda", explain="true")["hits"]

    assert [hit["explanation"][0]["reason"] for hit in hits[:3]] == ["pin", "pin", "stem"]
    for hit in hits:
        assert sum(part["score"] for part in hit["explanation"]) == pytest.approx(hit["score"], abs=1e-3)
    assert hits[0]["score"] == 0 and {"near", "order"} & {part["reason"] for part in hits[1]["explanation"]}


def test_pins_of_one_segment_among_others_are_found(client_of, index):
    client = client_of(*ARTICLES, pins="banjir = baru, banjir-2")
    client.simulate_get("/v1/search", params={"q": "banjir"})
    ChangeQueue(index.path).add([("baru", record(article("baru", body="Air surut.")))], beyond=0)
    apply_changes(index)

    assert ids(asked(client))[:2] == ["baru", "banjir-2"]


def test_hidden_articles_are_in_no_search_count_or_suggestion(client_of):
    client = client_of(*ARTICLES, article("judul", title="Banjir bandang di Garut"), hidden="banjir-2\njudul\nnone\n")
    answer = asked(client, per_page=20, facets="source")

    assert "banjir-2" not in ids(answer) and answer["total"] == 6
    assert sum(one["count"] for one in answer["facets"]["source"]) == 6
    assert asked(client, "")["total"] == 8
    assert asked(client, "banjir bandang", mode="all")["total"] == 0
    suggested = client.simulate_get("/v1/suggest", params={"q": "banjir ban"}).json["suggestions"]
    assert not [one for one in suggested if one["kind"] == "title"]


def test_a_hidden_article_can_still_be_read(client_of):
    client = client_of(*ARTICLES, hidden="posko")

    assert client.simulate_get("/v1/articles/posko").status_code == 200


def test_what_is_hidden_is_not_pinned(client_of):
    client = client_of(*ARTICLES, pins="banjir = posko, peta", hidden="posko")

    assert ids(asked(client))[0] == "peta" and asked(client)["total"] == 8


@pytest.mark.parametrize(
    ("content", "value", "said"),
    [
        ("banjir", "banjir", "has nothing on one side of ="),
        ("banjir =", "banjir =", "has nothing on one side of ="),
        ('"banjir besar" = a', '"banjir besar"', "is no query of plain words"),
        ("!! = a", "!!", "is no query of plain words"),
        ("padi = a\nPadi = b", "Padi", "is the same query as in line 1"),
        ("banjir = a, b, a", "a", "is pinned twice"),
        ("banjir = a,, b", "", "is no id"),
        (f"banjir = {'x' * 513}", "x" * 513, "is no id"),
        (f"banjir = {', '.join(f'a{n}' for n in range(MOST_PINNED + 1))}", f"a{MOST_PINNED}", "is one of more than"),
    ],
)
def test_a_bad_line_is_named_and_the_others_work(tmp_path, analyzer, content, value, said):
    draft = Draft(tmp_path / "pins.txt", f"{content}\ndesa = c".encode())
    pins = read_pins(draft, analyzer)

    (bad,) = draft.wrong
    assert bad.value == value and said in bad.wrong and bad.remedy
    assert pins["desa",] == ("c",)


def test_an_id_may_hold_signs(tmp_path, analyzer):
    draft = Draft(tmp_path / "pins.txt", b'padi = https://x.id/?p=7&n=a#b, "a,b"')

    assert read_pins(draft, analyzer) == {("padi",): ("https://x.id/?p=7&n=a#b", "a,b")} and not draft.wrong


def test_too_long_and_too_many_hidden_ids_are_named(tmp_path):
    many = "".join(f"id-{n}\n" for n in range(MOST_HIDDEN))
    draft = Draft(tmp_path / "hidden.txt", f"{'x' * 513}\n# a\n{many}another\n".encode())

    assert len(read_hidden(draft)) == MOST_HIDDEN == draft.entries
    assert [bad.line for bad in draft.wrong] == [1, MOST_HIDDEN + 3]


def test_a_list_that_is_no_file_says_so(tmp_path):
    listed = read_list(tmp_path, Listed(tmp_path, frozenset()), read_hidden)

    assert "it is no file" in listed.trouble and listed.value == frozenset()


RELEASE = [
    *(printed(name, f"portal-{name}.id") for name in "abc"),
    article("lain", body="Panen padi di kampung sebelah."),
]


def test_a_pinned_article_stands_for_its_release(client_of):
    client = client_of(*RELEASE, pins="panen padi = c")
    answer = asked(client, "panen padi")

    assert (ids(answer), answer["total"]) == (["c", "lain"], 2)
    assert [hit["duplicates"] for hit in answer["hits"]] == [2, 0]
    assert asked(client, "panen padi", sort="newest")["total"] == 2
    every = asked(client, "panen padi", collapse="false")
    assert every["total"] == 4 and ids(every)[0] == "c" and sorted(ids(every)) == ["a", "b", "c", "lain"]


def test_another_article_stands_for_a_release_where_the_first_is_hidden(client_of):
    assert ids(asked(client_of(*RELEASE), "panen padi"))[0] == "a"

    client = client_of(*RELEASE, hidden="a")
    answer = asked(client, "panen padi")

    assert (ids(answer), answer["total"], answer["hits"][0]["duplicates"]) == (["b", "lain"], 2, 1)
    listed = client.simulate_get("/v1/articles/b/duplicates").json
    assert [one["id"] for one in listed["articles"]] == ["c"]


def test_a_page_says_which_hits_are_pinned(client_of):
    client = client_of(*ARTICLES, pins="banjir = posko, banjir-3, peta")
    page = client.simulate_get("/cari", params={"q": "banjir"}).text

    assert page.count("Pilihan redaksi") == 3
    assert "Pilihan redaksi" not in client.simulate_get("/cari", params={"q": "padi"}).text
