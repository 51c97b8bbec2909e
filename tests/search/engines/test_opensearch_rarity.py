"""A query is read with few requests to the cluster, and as it would be with one for each word."""

import pytest

from indexer import schema
from indexer.analysis import Analyzer
from search.engines.opensearch.matching import holds
from search.engines.opensearch.rarity import Rarity
from search.query import Term, parse

ANALYZER = Analyzer()
HELD = {"undang-undang": 90, "undang": 70, "cipta": 40, "kerja": 400, "tiktok": 3, "tik": 9, "tok": 9, "rumah": 0}


class Counted:
    """Counts what it is asked: a leaf is held by as many articles as the rarest of its words, which are in `HELD`."""

    def __init__(self):
        self.requests = []

    def totals(self, queries):
        if queries:
            self.requests.append(queries)
        return [min((HELD.get(word, 1) for word in self._words(query)), default=0) for query in queries]

    def _words(self, query):
        ((kind, asked),) = query.items()
        ((_, told),) = asked.items()
        return (told["query"] if kind == "match_phrase" else told["value"]).split()


@pytest.mark.parametrize(
    "text",
    [
        "undang undang cipta kerja",
        "tiktok rumahsakit kerja sama",
        "pasal 5 uu no 11 tahun 2020",
        "",
        '"cipta kerja" -tok',
    ],
)
@pytest.mark.parametrize("require_all", [True, False])
def test_reading_asks_for_many_words_at_a_time_and_makes_the_same(text, require_all):
    one_by_one, together = Counted(), Counted()
    expected = parse(text, ANALYZER, vocabulary=Rarity(one_by_one, 1_000), require_all=require_all)
    rarity = Rarity(together, 1_000)

    def read(words):
        return parse(text, ANALYZER, vocabulary=words, require_all=require_all)

    assert rarity.reading(read) == expected
    assert len(together.requests) <= min(3, len(one_by_one.requests))
    assert rarity.reading(read) == expected and len(together.requests) <= 3


def test_what_a_reading_never_stops_asking_for_is_asked_of_the_cluster_at_last():
    asked, counted = iter(range(100)), Counted()

    def read(words):
        return words.holding(Term(schema.STEM, f"kata{next(asked)}"))

    assert Rarity(counted, 10).reading(read) == 1
    assert len(counted.requests) == 7 and holds(Term(schema.STEM, "kata6")) in counted.requests[-1]
