"""What a query means beyond its letters: short forms, chat abbreviations, function words."""

import pytest

from search.questions import Question
from tests.building import article


def found(answers, text: str) -> list[str]:
    return [shown.hit.article.id for shown in answers.search(Question(text=text, page=1, per_page=10, mode="all")).hits]


@pytest.fixture
def answers(answers_over):
    return answers_over(
        article("short", body="Pemprov Kalsel dan Diskominfo bekerja sama dengan Polri."),
        article("long", body="Pemerintah Provinsi Kalimantan Selatan dan Dinas Komunikasi dan Informatika rapat."),
        article("other", body="Kalimantan bagian selatan dilanda banjir. Pemerintah membantu provinsi."),
        article("duty", body="Ia bertanggung jawab. Kepolisian Negara Republik Indonesia hadir."),
        article("duties", body="Pertanggungjawaban disampaikan pada hari ibu, tahun baru, dan bulan bahasa kami."),
        article("own", body="Forum Relawan Sungai Banua (FRSB) menanam bambu. Warga luar negeri yang tidak hamil."),
        article("mined", body="FRSB akan datang lagi, dr Sutomo dan SMA 1 juga, BCA pun."),
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kalsel", {"short", "long"}),
        ("Kalimantan Selatan", {"short", "long", "other"}),
        ('"Kalimantan Selatan"', {"long"}),
        ("kalimantan", {"long", "other"}),
        ("pemprov", {"short", "long"}),
        ("pemerintah provinsi kalimantan selatan", {"short", "long", "other"}),
        ("diskominfo", {"short", "long"}),
        ("dinas komunikasi dan informatika", {"short", "long"}),
        ("polri", {"short", "duty"}),
        ("kepolisian negara republik indonesia", {"short", "duty"}),
        ("tanggung jawab", {"duty", "duties"}),
        ("tanggungjawab", {"duty", "duties"}),
        ("pertanggungjawaban", {"duty", "duties"}),
        ("frsb", {"own", "mined"}),
        ("forum relawan sungai banua", {"own", "mined"}),
        ("hari ibu", {"duties"}),
        ("tahun baru", {"duties"}),
        ("bulan bahasa", {"duties"}),
        ("kami", {"duties"}),
        ("luar negeri", {"own"}),
        ("tidak hamil", {"own"}),
        ('"tidak hamil"', {"own"}),
        ('"hamil tidak"', set()),
        ("yang", {"own"}),
        ("apa yg dtg", set()),
        ("bambu yg ditanam utk apa", {"own"}),
        ("dr Sutomo", {"mined"}),
        ("BCA", {"mined"}),
        ("SMA 1", {"mined"}),
        ("tdk hamil", {"own"}),
    ],
)
def test_a_query_finds_what_its_writer_means(answers, query, expected):
    assert set(found(answers, query)) == expected


def test_both_forms_are_marked(answers):
    answer = answers.search(Question(text="kalsel", page=1, per_page=10))
    marked = {shown.hit.article.id: shown.body[0].html for shown in answer.hits}

    assert "<mark>Kalsel</mark>" in marked["short"]
    assert "<mark>Kalimantan Selatan</mark>" in marked["long"]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("undang-undang*", ["Undang-Undang", "undang-undangnya"]),
        ("undang-und*", ["Undang-Undang", "undang-undangnya"]),
        ("u*-undang", ["Undang-Undang"]),
        ("und?ng-und?ng", ["Undang-Undang"]),
        ("undang-undnag~2", ["Undang-Undang"]),
        ("sayur-mayor~", ["sayur-mayur"]),
        ("sayur-*", ["sayur-mayur"]),
        ("e-comm*", ["e-commerce"]),
    ],
)
def test_what_a_word_is_like_is_said_of_doubled_words_too(answers_over, query, marked):
    answers = answers_over(article("law", body="Undang-Undang Desa dan undang-undangnya, sayur-mayur, e-commerce."))

    (shown,) = answers.search(Question(text=query, page=1, per_page=10)).hits

    assert [shown.body[0].text[start:end] for start, end in shown.body[0].ranges] == marked
