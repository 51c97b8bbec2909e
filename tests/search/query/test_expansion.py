"""Which words of a query are widened, and by what."""

import pytest

from indexer.analysis import Analyzer, read_short_form
from search.query import Alike, AnyOf, Expansions, Phrase, Term, parse, word_of
from search.query.expansion import SYNONYM_WEIGHT

PAIRS = (
    ("KPK", "komisi pemberantasan korupsi"),
    ("DP3AKB", "dinas perempuan"),
    ("APA", "american psychological association"),
    ("PBB", "perserikatan bangsa"),
    ("PBB", "partai bulan bintang"),
    ("PBB", "pajak bumi"),
    ("olahraga", "olah raga"),
)
DEFINED = ((read_short_form("GAS", "gerakan anak sehat", Analyzer()), 2),)
EXPANSIONS = Expansions(PAIRS, Analyzer(), DEFINED)


class Holding:
    """Words of an index in which so many articles hold "gas", of which two define it."""

    def __init__(self, articles: int) -> None:
        self._articles = articles

    def holding(self, leaf: Term | Phrase) -> int:
        return self._articles if leaf == Term("exact", "gas") else 0


def longs(query: str, articles: int = 101) -> list[str]:
    tree = parse(query, Analyzer(), EXPANSIONS, vocabulary=Holding(articles))
    nodes = tree.nodes if hasattr(tree, "nodes") else (tree,)
    return [other.text for node in nodes if isinstance(node, Alike) for other in node.others]


@pytest.mark.parametrize("query", ["KPK", "kpk", "Kpk", "dpppakb", "DP3AKB"])
def test_a_short_form_is_widened_however_it_is_written(query):
    assert len(longs(query)) == 1


@pytest.mark.parametrize("query", ["apa", "APA", "kpknya", "gasnya"])
def test_function_words_and_other_forms_of_a_stem_are_not_widened(query):
    assert longs(query) == []


def test_an_ordinary_word_is_widened_only_where_it_is_written_in_capitals():
    assert longs("harga gas naik") == longs("HARGA GAS NAIK LAGI") == longs("Gas naik") == []
    assert longs("relawan GAS") == longs("GAS") == longs("gas", articles=100) == ["gerak anak sehat"]


def test_of_many_long_forms_the_first_two_are_looked_for():
    assert longs("pbb") == ["serikat bangsa", "partai bulan bintang"]


def test_words_that_are_written_together_or_apart_are_the_same():
    together, apart = parse("olahraga", Analyzer(), EXPANSIONS), parse("olah raga", Analyzer(), EXPANSIONS)

    assert isinstance(together, Alike) and together.weight == 1.0
    assert isinstance(apart, Alike) and (apart.others, apart.weight) == ((Term("stem", "olahraga"),), 1.0)


def test_the_words_of_a_long_form_stay_what_they_are():
    tree = parse("komisi pemberantasan korupsi", Analyzer(), EXPANSIONS, require_all=False)

    assert isinstance(tree, Alike) and isinstance(tree.node, AnyOf) and all(map(word_of, tree.node.nodes))
    assert (tree.others, tree.weight) == ((Term("stem", "kpk"),), SYNONYM_WEIGHT)


def test_a_long_form_is_looked_for_as_a_phrase():
    tree = parse("kpk", Analyzer(), EXPANSIONS)

    assert isinstance(tree, Alike) and isinstance(tree.others[0], Phrase)
