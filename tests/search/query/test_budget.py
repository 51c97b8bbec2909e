"""What a query may cost at most, and that it says what it let go."""

import pytest

from indexer.analysis import Analyzer
from search.answers import Mode, Question
from search.query import Alike, AnyOf, Except, Expansions, Phrase, leaves, parse, within_budget
from search.query.budget import MOST_PATTERNS, MOST_PHRASES, MOST_TERMS
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
