from datetime import UTC, date, datetime

import pytest

from indexer.article import Article
from indexer.sources.finishing import finished, mended
from indexer.sources.records import Broken, Found


def finish(**fields: object) -> Found:
    return finished(Found("a", {"title": "A", "body": "Isi", **fields}))


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Al-Qurâ€™an", "Al-Qur’an"),
        ("â€œPanenâ€\x9d rayaâ€”baik", "“Panen” raya—baik"),
        ("cafÃ© 30Â°C", "café 30°C"),
        ("“Panen” di Al-Qurâ€™an", "“Panen” di Al-Qur’an"),
    ],
)
def test_text_that_was_read_twice_is_mended(text, better):
    assert mended(text) == better


@pytest.mark.parametrize(
    "text",
    ["Al-Qur’an", "SÃO PAULO", "café é ß", "30°C ± 2", "â€œPanenâ€ raya", "Â", "naïve – façade", "القرآن", "日本"],
)
def test_text_of_which_not_every_sign_fits_is_left(text):
    assert mended(text) == text


def test_the_tags_are_mended_too_and_control_characters_dropped():
    record = finish(title="A\x00\x0b", tags=["Al-Qurâ€™an"], body="Isi\x1f\n dua").record

    assert (record["title"], record["tags"], record["body"]) == ("A", ["Al-Qur’an"], "Isi\n dua")


@pytest.mark.parametrize(
    ("value", "remark"),
    [
        ("kemarin", "'published' is 'kemarin', which is no date"),
        (20250814, "'published' is 20250814, which is no date"),
        (datetime(9999, 12, 31, tzinfo=UTC), ""),
        (date(1, 1, 1), "'published' is datetime.date(1, 1, 1), which is no date"),
        (date(2025, 8, 14), ""),
        (None, ""),
        ("  ", ""),
    ],
)
def test_a_date_that_is_none_costs_no_article(value, remark):
    found = finish(published=value)

    assert found.remark == remark
    Article.from_record(found.record)


def test_what_is_too_long_of_what_an_article_can_do_without_is_left_out():
    found = finish(author="x" * 1_001, url="https://kabar.example/" + "x" * 4_000)

    assert (found.record["author"], found.record["url"]) == ("", "")
    assert "'author' has 1,001 characters" in found.remark and "'url' has 4,022 characters" in found.remark


def test_an_address_that_is_none_is_left_out_with_a_remark():
    assert finish(url="//[x]/y").remark == "'url' is '//[x]/y', which is no address"


def test_remarks_of_the_source_are_kept():
    found = finished(Found("a", {"title": "A", "body": "Isi", "date": "kemarin"}, "satu", 7))

    assert (found.remark, found.read) == ("satu; 'date' is 'kemarin', which is no date", 7)


def test_what_is_broken_stays_so():
    assert finished(Broken("a", "b")) == Broken("a", "b")
