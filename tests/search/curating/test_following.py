"""Lists that are changed while the service runs."""

import logging

import pytest

from tests.building import article

ARTICLES = [article("desa", body="Desa itu terendam."), article("kampung", body="Kampung itu terendam.")]


def asked(client, query="desa", **headers):
    return client.simulate_get("/v1/search", params={"q": query}, headers=headers)


def ids(client, query="desa"):
    return [hit["id"] for hit in asked(client, query).json["hits"]]


def test_a_list_is_read_again_when_it_was_changed(client_of, editor):
    client = client_of(*ARTICLES)
    found = [ids(client)]
    for lists in ({"synonyms": "desa = kampung"}, {"pins": "desa = kampung"}, {"hidden": "desa"}, {"hidden": ""}):
        editor.writes(**lists)
        found.append(ids(client))

    assert found == [["desa"], ["desa", "kampung"], ["kampung", "desa"], ["kampung"], ["kampung", "desa"]]


@pytest.mark.parametrize("lists", [{"synonyms": "desa = kampung"}, {"pins": "padi = desa"}, {"hidden": "kampung"}])
def test_an_answer_has_another_tag_when_a_list_was_changed(client_of, editor, lists):
    client = client_of(*ARTICLES)
    first = asked(client)
    assert asked(client, **{"If-None-Match": first.headers["ETag"]}).status_code == 304

    editor.writes(**lists)
    again = asked(client, **{"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200 and again.headers["ETag"] != first.headers["ETag"]


def test_files_are_looked_at_once_a_second(client_of, editor):
    client = client_of(*ARTICLES)
    (editor.folder / "hidden.txt").write_text("desa", encoding="utf-8")
    editor.waits(0.5)
    before = ids(client)
    editor.waits(0.5)

    assert (before, ids(client)) == (["desa"], [])


def test_what_a_list_said_stays_where_it_cannot_be_read(client_of, editor, caplog):
    client = client_of(*ARTICLES, hidden="desa", synonyms="padi = gabah")
    (editor.folder / "hidden.txt").unlink()
    editor.writes(synonyms="desa = kampung")

    assert ids(client) == ["kampung"]
    assert "hidden.txt cannot be read (No such file or directory)" in caplog.text

    editor.writes(hidden="")
    assert ids(client) == ["desa", "kampung"]


def test_bad_lines_are_logged_but_not_without_end(editor, caplog):
    editor.writes(synonyms="oops\n" * 50)
    with caplog.at_level(logging.WARNING):
        editor.follows()

    assert caplog.text.count("'oops' has nothing on one side of =") == 20
    assert "30 more lines are wrong" in caplog.text


def test_a_list_that_did_not_change_is_not_read_again(editor):
    editor.writes(synonyms="desa = kampung")
    following = editor.follows()
    before = following.current()
    editor.writes(pins="desa = kampung")

    assert following.current().synonyms is before.synonyms
    assert following.current().pins is not before.pins
