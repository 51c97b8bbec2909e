import pytest

from search.engines import open_engine
from search.results import Known
from search.suggesting.completing import Kind, suggestions
from search.suggesting.past_queries import PastQueries
from tests.building import article, publish

TITLES = (
    "Kebijakan baru pemerintah",
    "Harga beras naik",
    "Undang-Undang Desa disahkan",
    "Jum’at berkah di Café Ånström",
    "Menteri keuangan bicara",
)


@pytest.fixture
def offering(index, ranking):
    articles = (article(f"{n}", title=title, body=f"{title}. Isu-isu.") for n, title in enumerate(TITLES))
    engine = open_engine(publish(index, *articles).generation, ranking)
    yield engine.offering
    engine.close()


def offered(offering, text, limit=8):
    return [(one.kind, one.marked.text) for one in suggestions(text, offering, limit)]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("kebij", 0),
        ("KÉBIJ", 0),
        ("kebjia", 0),
        ("harga ber", 1),
        ("HARGA  ber", 1),
        ("harga bears", 1),
        ("beras har", 1),
        ("undang-und", 2),
        ("undang und", 2),
        ("undang-", 2),
        ("jumat ber", 3),
        ("jum'at", 3),
        ("cafe anst", 3),
        ("mentri keu", 4),
        ("menteri keaun", 4),
        ("“Menteri keu", 4),
    ],
)
def test_a_title_is_offered_for_what_was_typed_of_it(offering, typed, title):
    assert (Kind.TITLE, TITLES[title]) in offered(offering, typed)


@pytest.mark.parametrize(
    ("typed", "term"),
    [("kebij", "kebijakan"), ("isu-i", "isu-isu"), ("harga ber", "harga beras"), ("pemern", "pemerintah")],
)
def test_words_are_offered_before_titles(offering, typed, term):
    assert offered(offering, typed)[0] == (Kind.TERM, term)


@pytest.mark.parametrize("typed", ["", " ", "kebx", "x" * 1000, "😀", "مرحبا", "-", "\x00", "١٢", "\ud800"])
def test_what_begins_nothing_is_no_error(offering, typed):
    assert offered(offering, typed) == []


def test_one_letter_offers_words_alone(offering):
    assert {kind for kind, _ in offered(offering, "b")} == {Kind.TERM}


def test_wrong_letters_are_allowed_for_after_four(offering):
    assert offered(offering, "kebx") == []
    assert (Kind.TERM, "kebijakan") in offered(offering, "kebxj")


def test_what_was_typed_is_not_offered_as_a_word_but_as_a_title(offering):
    assert (Kind.TERM, "beras") not in offered(offering, "beras")
    assert (Kind.TITLE, TITLES[1]) in offered(offering, TITLES[1])


def test_no_more_are_offered_than_asked_for_and_none_twice(offering):
    found = offered(offering, "ber", limit=3)

    assert len(found) == len(set(found)) == 3


def test_what_was_typed_is_marked_and_the_rest_escaped(index, ranking):
    engine = open_engine(publish(index, article("1", title="Undang-Undang & aturan <b")).generation, ranking)
    (title,) = [one for one in suggestions("undang und", engine.offering, 8) if one.kind is Kind.TITLE]
    engine.close()

    assert title.marked.html == "<mark>Undang</mark>-<mark>Undang</mark> &amp; aturan &lt;b"
    assert title.count == 1


ASKED = ("harga beras hari ini", "kebijakan pangan", "beras", "café ånström", "undang-undang desa", "beras bulog")
PAST = PastQueries(tuple(Known(text, 7 - number) for number, text in enumerate(ASKED)))


def asked_for(offering, text, limit=8):
    return [one.marked.text for one in suggestions(text, offering, limit, PAST) if one.kind is Kind.QUERY]


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("h", "harga beras hari ini"),
        ("HARGA  ber", "harga beras hari ini"),
        ("harga bears", "harga beras hari ini"),
        ("hari ini ber", "harga beras hari ini"),
        ("kebij", "kebijakan pangan"),
        ("kebjia", "kebijakan pangan"),
        ("pang", "kebijakan pangan"),
        ("CAFE anst", "café ånström"),
        ("undang-und", "undang-undang desa"),
    ],
)
def test_what_others_asked_is_offered_first_for_what_was_typed_of_it(offering, typed, query):
    assert query in asked_for(offering, typed)
    assert suggestions(typed, offering, 8, PAST)[0].kind is Kind.QUERY


def test_what_begins_so_comes_before_what_holds_it_and_what_is_typed_is_not_offered(offering):
    assert asked_for(offering, "ber") == ["beras", "beras bulog"]
    assert asked_for(offering, "beras") == ["beras bulog", "harga beras hari ini"]


def test_queries_take_the_places_of_words_not_of_titles(offering):
    def titles(past):
        return [one for one in suggestions("ber", offering, 5, past) if one.kind is Kind.TITLE]

    assert titles(PAST) == titles(PastQueries())
    assert len(suggestions("ber", offering, 1, PAST)) == 1


@pytest.mark.parametrize("typed", ["", " ", "x" * 1000, "😀", "\x00", "zzz"])
def test_nothing_of_others_is_offered_for_what_begins_nothing(offering, typed):
    assert asked_for(offering, typed) == []


def test_a_query_is_marked_and_says_how_many_articles_it_finds(offering):
    first = suggestions("harga ber", offering, 8, PAST)[0]

    assert first.marked.html == "<mark>harga</mark> <mark>ber</mark>as hari ini" and first.count == 7
