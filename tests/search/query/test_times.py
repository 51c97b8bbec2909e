"""What a query says of time decides whether the new is preferred, or what is of another time, or neither."""

from datetime import UTC, datetime, timedelta

import pytest

from indexer.article import WIB
from search.query import Moment, Newness, times_of

NOW = datetime(2026, 8, 14, 9, tzinfo=WIB)
MOMENT = Moment(NOW, NOW - timedelta(days=1))
NEWNESS = Newness(weight=0.1, days=30)


def preferred(text, moment=MOMENT, newness=NEWNESS):
    return times_of(text, moment, newness).timeliness


@pytest.mark.parametrize("text", ["banjir jakarta", "kpk", "banjir di jakarta dan bekasi", "kategori:ekonomi kpk"])
def test_short_queries_prefer_the_new(text):
    found = preferred(text)

    assert (found.text, found.half_life, found.weight) == ("2026-08-13..2026-08-14", 30 * 86_400, 0.1)


def test_longer_queries_keep_the_new_new_for_longer():
    assert preferred("harga cabai rawit merah naik").half_life == 12 * 30 * 86_400


@pytest.mark.parametrize(
    "text",
    [
        '"banjir jakarta"',
        "siapa presiden indonesia",
        "di mana danau toba",
        "pemilu 2019",
        "tahun:2019 banjir",
        "yang di",
        "",
        "presiden joko widodo meresmikan jalan tol baru di provinsi sulawesi utara",
    ],
)
def test_what_asks_for_one_thing_does_not(text):
    assert preferred(text) is None


def test_nothing_is_preferred_where_it_is_turned_off_or_nothing_has_a_date():
    assert preferred("banjir", newness=Newness(0.0, 30)) is None
    assert preferred("banjir", Moment(NOW, None)) is None
    assert preferred("banjir kemarin", newness=Newness(0.0, 30)) is not None


def test_an_article_of_the_future_makes_nothing_old():
    found = preferred("banjir", Moment(NOW, NOW + timedelta(days=4000)))

    assert found.text == "2026-08-14..2026-08-14"


def test_the_new_is_what_is_newest_in_an_archive():
    found = preferred("banjir", Moment(NOW, datetime(2019, 9, 30, tzinfo=UTC)))

    assert found.share(int(datetime(2019, 9, 30, tzinfo=UTC).timestamp())) == 1


def test_a_time_that_is_said_is_set_aside_and_preferred():
    found = times_of("banjir kemarin jakarta", MOMENT, NEWNESS)

    assert (found.text, found.essence, found.said) == ("banjir jakarta", "banjir jakarta", "kemarin")
    assert found.timeliness.text == "2026-08-13..2026-08-13"


def test_a_date_that_articles_may_hold_is_set_aside_where_all_words_are_asked_for():
    found = times_of("harga cabai Agustus 2019", MOMENT, NEWNESS)

    assert (found.text, found.essence, found.written) == (found.whole, "harga cabai", "Agustus 2019")


def test_what_happened_before_there_were_portals_are_words_like_any_other():
    found = times_of("proklamasi 17 Agustus 1945", MOMENT, NEWNESS)

    assert (found.essence, found.timeliness) == (found.whole, None)


def test_words_in_quotes_name_no_time():
    found = times_of('lagu "hari ini"', MOMENT, NEWNESS)

    assert (found.essence, found.timeliness) == (found.whole, None)


@pytest.mark.parametrize("text", ["UU No 1 Tahun 2023", "perda nomor 3 thn 2017", "uu no. 12a tahun 2011"])
def test_the_name_of_a_law_names_no_time(text):
    found = times_of(text, MOMENT, NEWNESS)

    assert (found.essence, found.timeliness) == (found.whole, None)


@pytest.mark.parametrize(("zone", "hour"), [("", 0), (" WIB", 0), (" wita", -1), (" WIT", -2)])
def test_a_day_begins_where_the_reader_says(zone, hour):
    found = times_of(f"gempa hari ini{zone}", MOMENT, NEWNESS)

    assert datetime.fromtimestamp(found.timeliness.since, WIB) == datetime(2026, 8, 14, tzinfo=WIB) + timedelta(
        hours=hour
    )
    assert found.text == "gempa"


def test_it_is_tomorrow_in_the_east_before_it_is_in_the_west():
    late = Moment(datetime(2026, 8, 14, 23, tzinfo=WIB), None)

    assert preferred("gempa kemarin", late).text == "2026-08-13..2026-08-13"
    assert datetime.fromtimestamp(preferred("gempa kemarin WIT", late).until, WIB) == datetime(
        2026, 8, 14, 22, tzinfo=WIB
    )


def test_a_zone_without_a_time_is_a_word():
    assert times_of("zona waktu wib", MOMENT, NEWNESS).text == "zona waktu wib"
