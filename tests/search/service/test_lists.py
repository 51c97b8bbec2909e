"""Editors' lists that change while a real server runs, of which each process reads them for itself."""

import json
import time
from urllib.parse import quote_plus
from urllib.request import urlopen

import pytest

from tests.building import article, publish
from tests.running import LOG


@pytest.fixture
def lists(tmp_path, monkeypatch):
    """Return what writes a list that the servers read."""
    for name in ("synonyms", "pins", "hidden"):
        (tmp_path / f"{name}.txt").write_text("", encoding="utf-8")
        monkeypatch.setenv(f"TELUSUR_LISTS_{name.upper()}", str(tmp_path / f"{name}.txt"))
    return lambda name, content: (tmp_path / f"{name}.txt").write_text(content, encoding="utf-8")


def found(address, query):
    with urlopen(f"{address}/v1/search?q={quote_plus(query)}", timeout=60) as answer:  # noqa: S310 - our own
        return [hit["id"] for hit in json.load(answer)["hits"]]


def wait_for(ids, address, query):
    """Ask until the answer has *ids* several times in a row, whichever process answers."""
    deadline, right = time.monotonic() + 60, 0
    while right < 8:
        right = right + 1 if found(address, query) == ids else 0
        assert time.monotonic() < deadline, (found(address, query), ids)
        time.sleep(0.05)


def test_a_running_server_answers_by_lists_that_were_changed(serve, index, lists):
    publish(index, article("desa", body="Desa itu terendam."), article("kampung", body="Kampung itu terendam."))
    lists("synonyms", "oops\n")
    address, _ = serve("serve", "--workers", "2")
    wait_for(["desa"], address, "desa")

    lists("synonyms", "desa = kampung\n")
    wait_for(["desa", "kampung"], address, "desa")
    lists("pins", "desa = kampung\n")
    wait_for(["kampung", "desa"], address, "desa")
    lists("hidden", "desa\n")
    wait_for(["kampung"], address, "desa")

    log = (index.path.parent / LOG).read_text(encoding="utf-8")
    assert "synonyms.txt, line 1: 'oops' has nothing on one side of =" in log
