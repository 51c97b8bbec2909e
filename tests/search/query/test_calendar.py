"""Words that name days are understood as an Indonesian reader means them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis.strategies import data, from_regex

from search.query.calendar import _may_name_days, _rules, days_named

TODAY = date(2026, 8, 14)  # a Friday

SPANS = [
    ("hari ini", "2026-08-14", "2026-08-14"),
    ("Malam Ini", "2026-08-14", "2026-08-14"),
    ("tadi pagi", "2026-08-14", "2026-08-14"),
    ("semalam", "2026-08-13", "2026-08-14"),
    ("kemarin", "2026-08-13", "2026-08-13"),
    ("kemarin sore", "2026-08-13", "2026-08-13"),
    ("kemarin lusa", "2026-08-12", "2026-08-12"),
    ("3 hari yang lalu", "2026-08-11", "2026-08-11"),
    ("dua  hari lalu", "2026-08-12", "2026-08-12"),
    ("pekan ini", "2026-08-10", "2026-08-16"),
    ("pekan lalu", "2026-08-03", "2026-08-09"),
    ("minggu lalu", "2026-08-03", "2026-08-09"),
    ("seminggu lalu", "2026-08-03", "2026-08-09"),
    ("bulan ini", "2026-08-01", "2026-08-31"),
    ("bulan lalu", "2026-07-01", "2026-07-31"),
    ("9 bulan lalu", "2025-11-01", "2025-11-30"),
    ("sebulan terakhir", "2026-07-01", "2026-08-14"),
    ("3 hari terakhir", "2026-08-11", "2026-08-14"),
    ("tahun ini", "2026-01-01", "2026-12-31"),
    ("tahun lalu", "2025-01-01", "2025-12-31"),
    ("sepuluh tahun yang lalu", "2016-01-01", "2016-12-31"),
    ("Jumat lalu", "2026-08-07", "2026-08-07"),
    ("hari Jumat ini", "2026-08-14", "2026-08-14"),
    ("Senin kemarin", "2026-08-10", "2026-08-10"),
    ("September lalu", "2025-09-01", "2025-09-30"),
    ("Agustus ini", "2026-08-01", "2026-08-31"),
    ("Agustus 2019", "2019-08-01", "2019-08-31"),
    ("bulan Feb 2020", "2020-02-01", "2020-02-29"),
    ("Desember 2019", "2019-12-01", "2019-12-31"),
    ("17 Agustus 2019", "2019-08-17", "2019-08-17"),
    ("17/8/2019", "2019-08-17", "2019-08-17"),
    ("2019-08-17", "2019-08-17", "2019-08-17"),
    ("tahun 2019", "2019-01-01", "2019-12-31"),
    ("yesterday", "2026-08-13", "2026-08-13"),
    ("last month", "2026-07-01", "2026-07-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), SPANS, ids=[text for text, *_ in SPANS])
def test_words_name_these_days(text, first, last):
    (found,) = days_named(f"banjir {text} jakarta", TODAY)

    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert f"banjir {text} jakarta"[found.start : found.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "17 Agustus",  # a holiday
        "pemilu 2019",
        "tahun",
        "minggu",
        "31/02/2019",
        "harian ini",
        "-kemarin",
        "judul:kemarin",
        "kemarin*",
        "tahun:2019",
        "99999 tahun lalu",
        "999 abad lalu",
    ],
)
def test_other_words_name_no_days(text):
    assert days_named(text, TODAY) == []


def test_several_times_are_told_apart_in_their_order():
    found = days_named("dari Juli 2019 sampai kemarin", TODAY)

    assert [days.is_written for days in found] == [True, False]


def test_the_new_year_and_the_leap_day_are_no_trouble():
    assert days_named("bulan lalu", date(2026, 1, 31))[0].first == date(2025, 12, 1)
    assert days_named("tahun lalu", date(2024, 2, 29))[0].last == date(2023, 12, 31)
    assert days_named("900 tahun lalu", date(2024, 2, 29))[0].first.year == 1124
    assert days_named("999 tahun lalu", date(900, 1, 1)) == []


@pytest.mark.parametrize("text", ["UU No 1 Tahun 2023", "nomor 1 tahun 2023", "perda 5 tahun 2019", "UU no.2 thn 2020"])
def test_the_year_of_a_law_is_no_time(text):
    assert days_named(text, date(2026, 8, 14)) == []


@pytest.mark.parametrize("rule", _rules(), ids=lambda rule: rule.pattern.pattern[30:60])
@given(data())
def test_what_a_rule_reads_is_told_from_what_none_does(rule, drawn):
    assert _may_name_days(drawn.draw(from_regex(rule.pattern)))
