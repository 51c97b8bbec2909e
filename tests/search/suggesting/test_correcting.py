import pytest

from search.questions import Mode, Question
from tests.building import article

WORDS = ("menteri keuangan", "presiden jokowi", "provinsi", "zaman", "tuhan", "akhirnya", "massa", "tanggung jawab")


@pytest.fixture
def answers(answers_over):
    """Return what answers over articles of which ten have each of `WORDS`, and one some others."""
    known = (article(f"{word}-{n}", body=f"Kabar {word} hari ini.") for word in WORDS for n in range(10))
    rare = ("Kabar Nglegok di DP3AKB.", "Tulisan tentang jokowii saja.")
    return answers_over(*known, *(article(f"rare-{n}", body=body) for n, body in enumerate(rare)))


def answer_to(answers, text, **more):
    return answers.search(Question(text=text, page=1, per_page=5, **more))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("keungan", "keuangan"),
        ("menteri keungan", "menteri keuangan"),
        ("mentri keungan", "menteri keuangan"),
        ("Mentri KEUNGAN", "Menteri KEUNGAN"),
        ("presidn jokowy", "presiden jokowi"),
        ("propinsy", "provinsi"),
        ("jaman", None),
        ("samann", "zaman"),
        ("tuhn", "tuhan"),
        ("akirnya", "akhirnya"),
        ("masa", "massa"),
        ("judul:kabr", "judul:kabar"),
    ],
)
def test_misspelt_words_are_corrected(answers, typed, meant):
    assert answer_to(answers, typed).corrected == meant


@pytest.mark.parametrize(
    "typed",
    [
        "menteri keuangan",
        "nglegok",
        "dp3akb",
        "DPPAKB",
        "12345",
        "pre siden",
        "tanggungjawab",
        "tanggung jawab",
        '"keungan"',
        "keungan*",
        "-keungan",
        "penulis:keungan",
        "yg",
        "kata kunci lain",
        "x",
        "x" * 1000,
        "😀",
        "مرحبا",
        "",
    ],
)
def test_what_is_right_or_like_nothing_is_left_as_it_is(answers, typed):
    assert answer_to(answers, typed).corrected is None


def test_a_query_without_hits_is_answered_as_it_may_have_been_meant(answers):
    answer = answer_to(answers, "keungan")

    assert (answer.question.text, answer.corrected, answer.is_corrected) == ("keungan", "keuangan", True)
    assert answer.page.total == 10
    assert "<mark>keuangan</mark>" in answer.hits[0].body[0].html
    assert answers.ids(Question(text="keungan", page=1, per_page=5)) == tuple(
        hit.article.id for hit in answer.page.hits
    )


def test_a_query_with_hits_is_answered_as_it_is_and_the_other_offered(answers):
    answer = answer_to(answers, "menteri keungan")

    assert (answer.corrected, answer.is_corrected, answer.page.total) == ("menteri keuangan", False, 10)


def test_nobody_is_corrected_who_does_not_want_to_be(answers):
    answer = answer_to(answers, "keungan", correct=False)

    assert (answer.corrected, answer.is_corrected, answer.page.total) == ("keuangan", False, 0)


def test_of_two_corrections_the_one_is_taken_that_is_found_with_the_other_words(answers_over):
    many = [article(f"m-{n}", body="Kabar merah.") for n in range(30)]
    few = [article(f"f-{n}", body="Harga murah.") for n in range(10)]
    answers = answers_over(*many, *few)

    assert answer_to(answers, "mrah", mode=Mode.ALL).corrected == "merah"
    assert answer_to(answers, "harga mrah", mode=Mode.ALL).corrected == "harga murah"


def test_a_word_that_a_title_has_is_no_mistake(answers_over):
    answers = answers_over(
        article("1", title="Kisah Anies"), *(article(f"k-{n}", body="Kabar aneh, abis.") for n in range(30))
    )

    assert answer_to(answers, "anies").corrected is None
