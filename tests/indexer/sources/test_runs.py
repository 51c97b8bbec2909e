"""Whole runs over sources of several kinds: what goes on, what stops, and what the ledger says."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.building.reindex import reindex
from indexer.errors import SourceUnavailable
from search.live import LiveIndex
from tests.building import article, publish
from tests.exports import item, write_export
from tests.pages import page
from tests.serving import Reply, dies

FEED = """<rss><channel><item><title>Kabar baru</title><link>https://kabar.example/2025/berita-1/</link>
<guid>https://kabar.example/?p=1</guid><description>Isi baru</description><pubDate>{date}</pubDate></item></channel>
</rss>"""


@pytest.fixture
def run(index, analyzer, fetch):
    return lambda *names: reindex(names, index, analyzer, fetch=replace(fetch, retries=0))


def ledger(outcome) -> list[dict[str, str]]:
    return [json.loads(line) for line in outcome.ledger.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def stored(index, analyzer, ranking):
    return lambda name: _stored(LiveIndex(index.path, ranking, analyzer), name)


def _stored(live, name):
    with live.open() as opened:
        found = opened.engine.article(name)
    live.close()
    return found


def test_of_one_article_in_two_sources_the_last_is_kept_and_counted(run, stored, tmp_path, site):
    export = write_export(tmp_path / "a.xml", [item(1), item(2)])
    manifest = run(str(export), f"rss+{site.says('/feed', Reply(FEED.format(date='')))}").generation.manifest

    assert (manifest.articles, manifest.duplicates, manifest.rejected) == (2, 1, 0)
    assert stored("kabar.example-1").body == "Isi baru"


def test_an_article_without_its_wrong_date_is_accepted_and_stands_in_the_ledger(run, site):
    outcome = run(f"rss+{site.says('/feed', Reply(FEED.format(date='kemarin')))}")

    assert (outcome.generation.manifest.articles, outcome.generation.manifest.rejected) == (1, 0)
    assert ledger(outcome) == [
        {
            "place": f"{site.address}/feed, entry 1",
            "id": "kabar.example-1",
            "remark": "'published' is 'kemarin', which is no date",
        }
    ]


def test_a_page_that_dies_in_the_middle_is_in_the_ledger_and_the_run_goes_on(run, site):
    site.says("/sitemap.xml", Reply("<urlset><url><loc>/a</loc></url><url><loc>/b</loc></url></urlset>"))
    site.says("/a", dies(b"HTTP/1.0 200 OK\r\nContent-Length: 99\r\n\r\n<html>"))
    site.says("/b", Reply(page()))
    outcome = run(f"sitemap+{site.address}/sitemap.xml")

    assert (outcome.generation.manifest.articles, outcome.generation.manifest.rejected) == (1, 1)
    assert [row["place"] for row in ledger(outcome)] == [f"{site.address}/a"]


def test_a_source_that_cannot_be_reached_stops_the_run_and_the_live_index_stays(run, index, site):
    live = publish(index, article("1")).generation

    with pytest.raises(SourceUnavailable, match="/feed answers 404"):
        run(f"rss+{site.address}/feed")
    assert generations.live(index.path, schema.fingerprint(Analyzer())) == live


def test_a_run_that_may_not_fetch_says_so_before_any_work(index, analyzer):
    with pytest.raises(SourceUnavailable, match="must be fetched, and this run fetches nothing"):
        reindex(["https://kabar.example/"], index, analyzer)

    assert not index.path.exists()


def test_the_command_fetches_as_the_settings_say(index, site, tmp_path):
    site.says("/panen", Reply(page()))
    command = [sys.executable, "-m", "search", "reindex", "--index", str(index.path), f"{site.address}/panen"]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    environment = {**os.environ, "TELUSUR_FETCH_ALLOW_PRIVATE": "true", "TELUSUR_FETCH_CACHE": str(tmp_path / "cache")}
    allowed = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    assert (refused.returncode, "an address that is not public" in refused.stderr) == (2, True)
    assert (allowed.returncode, allowed.stderr) == (0, "")
