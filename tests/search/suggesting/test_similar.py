"""Similar articles share the words that tell most, and are another text: held to a count article by article."""

from random import Random

import pytest

from indexer import schema
from indexer.analysis import function_words
from search.errors import ArticleNotFound
from search.suggesting import similar as module
from search.suggesting.similar import telling_words
from tests.building import article
from tests.releases import printed

SUBJECTS = {
    "panen": "padi sawah petani panen gabah irigasi bulog beras",
    "banjir": "banjir sungai luapan pengungsi tanggul hujan evakuasi posko",
    "bola": "gol pemain pelatih stadion liga wasit klub juara",
}


def told(subject: str, number: int, **fields):
    """Return an article on *subject* in sentences of its own."""
    random = Random(f"{subject}{number}")
    body = ". ".join(
        " ".join(random.choices([*SUBJECTS[subject].split(), "warga", "kota", "hari", "lalu"], k=8)) for _ in range(9)
    )
    return article(f"{subject}-{number}", title=f"Kabar {subject} {random.choice('abcdef')}", body=f"{body}.", **fields)


@pytest.fixture
def answers(answers_over):
    return answers_over(*(told(subject, number) for subject in SUBJECTS for number in range(8)))


def ids(hits) -> list[str]:
    return [hit.article.id for hit in hits]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_articles_on_the_same_subject_are_similar_and_the_article_itself_is_none_of_them(answers, subject):
    found = ids(answers.similar(f"{subject}-0", 5))

    assert len(found) == 5
    assert all(name.startswith(f"{subject}-") and name != f"{subject}-0" for name in found)


def test_the_most_similar_come_first_and_no_more_than_asked_for(answers):
    five = answers.similar("banjir-3", 5)

    assert [hit.score for hit in five] == sorted((hit.score for hit in five), reverse=True)
    assert ids(answers.similar("banjir-3", 2)) == ids(five)[:2]


def test_the_same_text_on_another_portal_is_not_similar(answers_over):
    release = told("panen", 0).body
    copies = [
        article("copy", title="Panen raya", body=release),
        article("cut", title="Kabar dari desa", body=f"TELUSUR, Kota. {release[:200]}"),
        article("longer", title="Petani gembira", body=f"{release} Baca juga kabar lain di portal ini."),
    ]
    answers = answers_over(*(told("panen", number) for number in range(8)), *copies)

    assert set(ids(answers.similar("panen-0", 20))) == {f"panen-{number}" for number in range(1, 8)}


@pytest.mark.parametrize("name", ["p0", "p3"])
def test_what_is_one_release_with_the_article_is_not_similar_whatever_it_shares(answers_over, monkeypatch, name):
    monkeypatch.setattr(module, "_SAME", 2)
    monkeypatch.setattr(module, "_LEAST", 0)
    monkeypatch.setattr(module, "WORDS", 100)
    answers = answers_over(*(printed(f"p{n}", f"{n}.example") for n in range(4)), article("other", body="Panen padi."))

    assert ids(answers.similar(name, 20)) == ["other"]


def test_of_several_copies_of_another_article_one_is_shown(answers_over):
    copy = article("copy", title="Panen raya", body=told("panen", 1).body)
    answers = answers_over(*(told("panen", number) for number in range(4)), copy)
    found = ids(answers.similar("panen-0", 20))

    assert len({"copy", "panen-1"} & set(found)) == 1


@pytest.mark.parametrize("body", ["Zzz.", "— 😀 …", "dan yang di ke dari", "unik tunggal"])
def test_an_article_that_shares_no_words_has_none(answers_over, body):
    assert answers_over(article("1", title="Xxx", body=body), told("bola", 1)).similar("1", 5) == []


def test_an_id_that_does_not_exist_is_named(answers):
    with pytest.raises(ArticleNotFound, match="'none'"):
        answers.similar("none", 5)


def test_the_words_that_tell_most_are_those_of_the_formula(answers, monkeypatch, analyzer):
    monkeypatch.setattr(module, "WORDS", 6)
    given = answers.article("banjir-2")
    with answers.live.open() as index:
        words = [term.text for term in telling_words(given, index.engine, analyzer)]

    assert words == naive(given, [told(s, n) for s in SUBJECTS for n in range(8)], analyzer)[:6]


def naive(given, held, analyzer) -> list[str]:
    """Return the words of *given* that others of *held* have, by their frequency in it times how few have them."""
    stems = [{posting.term for posting in schema.postings(one, analyzer)[schema.STEM]} for one in held]
    weights = {}
    for posting in schema.postings(given, analyzer)[schema.STEM]:
        weights[posting.term] = weights.get(posting.term, 0) + posting.weight

    def tells(word) -> float:
        holding = sum(word in own for own in stems)
        rarity = module.idf(len(held), holding)
        return rarity * weights[word] / (weights[word] + module._SATURATION)  # noqa: SLF001 - a setting of the formula

    shared = [word for word in weights if word not in function_words() and sum(word in own for own in stems) > 1]
    return sorted(shared, key=lambda word: (tells(word), word), reverse=True)
