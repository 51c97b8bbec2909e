"""What a query may cost at most, and that it says what it let go."""

import pytest

from indexer.analysis import Analyzer
from search.query import Alike, AnyOf, Except, Expansions, Phrase, leaves, parse, within_budget
from search.query.budget import MOST_PATTERNS, MOST_PHRASES, MOST_TERMS
from search.questions import Mode, Question
from tests.building import article

WORDS = [f"{first}xq{second}z" for first in "abcdefghij" for second in "klmnopqrst"]


def kept(text, holding=lambda term: len(term.text), expansions=None):
    return within_budget(parse(text, Analyzer(), expansions, require_all=False), holding)


def test_a_query_within_the_budget_stays_as_it_is():
    text = 'banjir -riau "kabut asap" OR hujan'

    assert kept(text) == (parse(text, Analyzer(), require_all=False), ())


def test_of_too_many_words_those_that_tell_least_are_dropped_and_named():
    frequent, rare = WORDS[:50], WORDS[50:100]
    tree, dropped = kept(" ".join(frequent + rare), lambda term: 900 if term.text in frequent else 3)

    assert len({leaf.text for leaf in leaves(tree)}) == MOST_TERMS
    assert set(dropped) < set(frequent) and len(dropped) == 100 - MOST_TERMS


def test_what_no_article_holds_goes_before_what_all_hold():
    _, dropped = kept(" ".join(WORDS), lambda term: 0 if term.text < "f" else 900)

    assert len(dropped) == len(WORDS) - MOST_TERMS
    assert set(dropped) < {word for word in WORDS if word < "f"}


@pytest.mark.parametrize(
    ("text", "kind", "most"),
    [
        (" ".join(f"-{word}*" for word in WORDS), "prefix", MOST_PATTERNS),
        (" ".join(f'judul:"{word} satu"' for word in WORDS), "phrase", MOST_PHRASES),
    ],
)
def test_patterns_and_phrases_are_few(text, kind, most):
    tree, dropped = within_budget(parse(text, Analyzer()), lambda _: 1)
    dear = tree.excluded.nodes if isinstance(tree, Except) else tree.nodes

    assert len(dear) == most, kind
    assert len(dropped) == len(WORDS) - most


def test_where_every_word_is_a_short_form_all_together_stay_within_the_budget():
    expansions = Expansions([(word, "satu dua tiga") for word in WORDS], Analyzer())
    tree, dropped = kept(" ".join(WORDS), expansions=expansions)
    phrases = [leaf for leaf in leaves(tree) if isinstance(leaf, Phrase)]

    assert isinstance(tree, AnyOf) and dropped
    assert len(set(phrases)) <= MOST_PHRASES
    assert len([node for node in tree.nodes if not isinstance(node, Alike)]) <= MOST_TERMS


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    "text",
    ["yang di dan apa", "-banjir -riau", " ".join(WORDS * 10), "banjir tahun:2018 tahun:2020", "banjir " * 2_000, '""'],
)
def test_any_query_has_an_answer_at_bounded_cost(answers_over, mode, text):
    answers = answers_over(article("1", body="Banjir di Riau."), article("2", body="Panen."))
    answer = answers.search(Question(text=text, page=1, per_page=10, mode=mode))

    assert len(answer.hits) == min(10, answer.page.total)
    assert len(answer.terms) <= MOST_TERMS


@pytest.fixture
def wide(answers_over):
    """Return what answers from articles of which 4 hold "kapal", 3 "kapur", 2 "kapas", and one each of these alone."""
    counted = {"kapal": 4, "kapur": 3, "kapas": 2, "kapak": 1}
    rows = [(word, number) for word, count in counted.items() for number in range(count)]
    return answers_over(*(article(f"{word}-{number}", "Warta", f"Ada {word} di sana.") for word, number in rows))


def found(answers, text, **asked):
    answer = answers.search(Question(text=text, page=1, per_page=20, mode=Mode.ALL, **asked))
    assert answer.page.total == len(answer.hits)
    return {shown.hit.article.id[:5] for shown in answer.hits}, answer.cut


@pytest.mark.parametrize("text", ["kap*", "k*p*", "kapa~2"])
@pytest.mark.parametrize(
    ("bound", "kept"),
    [
        (("MOST_WORDS", 4), {"kapal", "kapur", "kapas", "kapak"}),
        (("MOST_WORDS", 2), {"kapal", "kapur"}),
        (("READ_ANYHOW", 10), {"kapal", "kapur", "kapas", "kapak"}),
        (("READ_ANYHOW", 9), {"kapal", "kapur", "kapas"}),
        (("READ_ANYHOW", 6), {"kapal"}),
    ],
)
def test_of_what_stands_for_many_words_the_commonest_are_looked_for(wide, monkeypatch, text, bound, kept):
    name, most = bound
    monkeypatch.setattr("search.engines.whoosh.expanding.MOST_READ", 0)
    monkeypatch.setattr(f"search.engines.whoosh.expanding.{name}", most)

    assert found(wide, text) == (kept, () if len(kept) == 4 else (text,))


def test_what_is_excluded_is_cut_too_and_the_answer_says_so(wide, monkeypatch):
    monkeypatch.setattr("search.engines.whoosh.expanding.MOST_WORDS", 1)

    assert found(wide, "sana -kap*") == ({"kapur", "kapas", "kapak"}, ("kap*",))


def test_the_words_of_a_title_are_cut_as_well(answers_over, monkeypatch):
    answers = answers_over(article("kapal-1", "Kapal"), article("kapal-2", "Kapal"), article("kapur-1", "Kapur"))
    monkeypatch.setattr("search.engines.whoosh.expanding.MOST_WORDS", 1)

    assert found(answers, "judul:kap*") == ({"kapal"}, ("kap*",))


def test_a_larger_index_lets_a_word_stand_for_more(wide, monkeypatch):
    monkeypatch.setattr("search.engines.whoosh.expanding.READ_ANYHOW", 0)
    monkeypatch.setattr("search.engines.whoosh.expanding.MOST_READ", 0.9)  # times ten articles

    assert found(wide, "kap*") == ({"kapal", "kapur", "kapas"}, ("kap*",))
