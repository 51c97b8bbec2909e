from collections import Counter
from pathlib import Path

import pytest

from indexer import sources
from indexer.article import Article
from indexer.sources.records import Found

SAMPLES = Path(__file__).parent.parent.parent / "indexer" / "samples"
FOUND = list(sources.read(str(SAMPLES)))
ARTICLES = [Article.from_record(item.record) for item in FOUND if isinstance(item, Found)]


def test_all_samples_are_articles():
    assert len(ARTICLES) == len(FOUND) >= 80
    assert len({article.id for article in ARTICLES}) == len({article.title for article in ARTICLES}) == len(ARTICLES)


def test_the_samples_come_in_all_forms():
    forms = Counter(Path(item.place.rpartition(":")[0] or item.place).suffix for item in FOUND)

    assert forms.keys() == {".txt", ".jsonl", ".csv"}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.title)
def test_every_sample_is_a_short_article(article):
    assert 80 <= len(article.body.split()) <= 300
    assert article.source.endswith(".example")
    assert "Menit Baca" not in article.body
    assert "Bagikan" not in article.body


def test_the_samples_vary():
    for field, least in (("author", 40), ("source", 25), ("category", 10), ("published", 40)):
        assert len({getattr(article, field) for article in ARTICLES}) >= least
