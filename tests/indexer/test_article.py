from datetime import UTC, datetime

import pytest

from indexer.article import Article
from indexer.errors import ArticleRejected

RECORD = {"id": "7", "title": "Judul", "body": "Isi berita."}


def test_only_title_and_body_are_required():
    article = Article.from_record({"title": "Judul", "body": "Isi."})

    assert (article.title, article.body, article.language) == ("Judul", "Isi.", "unknown")


def test_every_field_is_taken():
    article = Article.from_record(
        {
            **RECORD,
            "url": "https://a.example/1",
            "author": "Rina",
            "source": "a.example",
            "category": "Ekonomi",
            "tags": ["padi", " sawah "],
            "published": "2025-01-12T10:30:00+08:00",
            "reading_minutes": "3",
            "credit": "MC/ri",
            "language": "ID",
        }
    )

    assert article.tags == ("padi", "sawah")
    assert article.published == datetime(2025, 1, 12, 2, 30, tzinfo=UTC)
    assert (article.reading_minutes, article.language, article.credit) == (3, "id", "MC/ri")


def test_a_date_without_zone_is_western_indonesian_time():
    article = Article.from_record({**RECORD, "date": "2025-01-12"})

    assert article.published == datetime(2025, 1, 11, 17, tzinfo=UTC)


def test_a_made_id_depends_on_the_url_alone_where_there_is_one():
    first = Article.from_record({"title": "A", "body": "a", "url": "https://a.example/1"})
    edited = Article.from_record({"title": "B", "body": "b", "url": "https://a.example/1"})
    other = Article.from_record({"title": "A", "body": "a", "url": "https://a.example/2"})

    assert first.id == edited.id != other.id


def test_a_made_id_depends_on_title_and_body_where_there_is_no_url():
    first = Article.from_record({"title": "A", "body": "a"})

    assert first.id == Article.from_record({"title": "A", "body": "a"}).id
    assert first.id != Article.from_record({"title": "A", "body": "b"}).id


def test_a_number_will_do_as_id():
    assert Article.from_record({**RECORD, "id": 42}).id == "42"


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("title", "", "'title' is missing or empty"),
        ("title", None, "'title' is missing or empty"),
        ("body", "   ", "'body' is missing or empty"),
        ("title", ["x"], "'title' is ['x'] (list); it must be text"),
        ("id", True, "'id' is True (bool); it must be text"),
        ("body", "x" * 2_000_001, "'body' has 2,000,001 characters; 2,000,000 are allowed"),
        ("author", "x" * 1_001, "'author' has 1,001 characters; 1,000 are allowed"),
        ("body", "a\0b", "'body' has a control character (U+0000) at 1"),
        ("title", "a\ud800", "'title' has half a character (U+D800) at 1"),
        ("published", "2025-13-45", "'published' is '2025-13-45' (str); it must be a date such as"),
        ("published", 20250112, "'published' is 20250112 (int)"),
        ("published", "0001-01-01", "'published' is '0001-01-01'"),
        ("reading_minutes", -1, "'reading_minutes' is -1"),
        ("reading_minutes", "lima", "'reading_minutes' is 'lima'"),
        ("reading_minutes", "9" * 5_000, "'reading_minutes' is '9999"),
        ("tags", 5, "'tags' is 5"),
        ("tags", ["x"] * 101, "'tags' has 101 entries"),
        ("tags", ["\ud800"], "'tags' has half a character"),
    ],
)
def test_a_bad_value_is_named_with_the_remedy(field, value, complaint):
    with pytest.raises(ArticleRejected) as caught:
        Article.from_record({**RECORD, field: value})

    assert complaint in str(caught.value)


@pytest.mark.parametrize(("given", "tags"), [("padi, sawah", ("padi", "sawah")), (None, ()), ("", ()), ([], ())])
def test_tags_may_be_one_text(given, tags):
    assert Article.from_record({**RECORD, "tags": given}).tags == tags


def test_a_date_may_be_a_value_of_its_own_type():
    moment = datetime(2025, 1, 12, 10, tzinfo=UTC)

    assert Article.from_record({**RECORD, "published": moment}).published == moment
    assert (
        Article.from_record({**RECORD, "published": moment.date()}).published.isoformat() == "2025-01-12T00:00:00+07:00"
    )
