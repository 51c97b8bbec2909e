"""What the main job promises, on real articles; they are no part of the repository and may not be here."""

import gzip
from itertools import islice
from pathlib import Path

import pytest

from indexer.analysis import Analyzer
from indexer.building.reindex import reindex
from indexer.settings import IndexSettings
from search.answers import Answers
from search.live import LiveIndex
from search.questions import Question

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
LIMIT = 2_000

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"put the measuring data into {DATA}")


@pytest.fixture(scope="module")
def answers(tmp_path_factory, analyzer, ranking, highlighting):
    folder = tmp_path_factory.mktemp("real")
    with gzip.open(DATA / "articles.jsonl.gz", "rt", encoding="utf-8") as source:
        (folder / "articles.jsonl").write_text("".join(islice(source, LIMIT)), encoding="utf-8")
    settings = IndexSettings(folder / "index", "whoosh", 1, 1)
    outcome = reindex([str(DATA / "seed-article.txt"), str(folder / "articles.jsonl")], settings, Analyzer())
    assert (outcome.generation.manifest.articles, outcome.generation.manifest.rejected) == (LIMIT + 1, 0)
    live = LiveIndex(settings.path, ranking, analyzer)
    yield Answers(live, highlighting)
    live.close()


@pytest.mark.parametrize("query", ["kawin anak Kalsel", "DPPPAKB", "DP3AKB", "lembaga perempuan Kalimantan Selatan"])
def test_the_seed_article_comes_first(answers, query):
    first = answers.search(Question(text=query, page=1, per_page=10)).hits[0]

    assert first.hit.article.author == "Sultan"
    assert first.hit.article.reading_minutes == 3
    assert first.hit.article.source == "diskominfomc.kalselprov.go.id"
    assert first.hit.article.credit == "MC Kalsel/scw"


def test_the_marks_stand_on_the_whole_affixed_word(answers):
    first = answers.search(Question(text="kawin anak Kalsel", page=1, per_page=10)).hits[0]

    assert any("<mark>perkawinan</mark> <mark>anak</mark>" in passage.html for passage in first.body)
