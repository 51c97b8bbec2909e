"""
Which column of a table, of a database or of an object of JSON is which field of an article.

Names count in any case, whatever stands between their words: ``Isi Berita``, ``isi_berita``, ``isiBerita``. Where
several columns fit a field, the earlier name here goes before the later one, and a row takes the first that it has
something in.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import isnan
from textwrap import fill

from indexer.errors import SourceUnavailable
from indexer.sources.decoding import decode
from indexer.sources.markup import is_html, text_of, text_of_post
from indexer.sources.records import Found

NAMES: Mapping[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "id": "id article_id id_artikel id_berita news_id post_id",
        "title": "title judul judul_berita judul_artikel headline news_title article_title post_title news_headline",
        "body": "body isi isi_berita isi_artikel konten_berita konten_artikel konten berita artikel naskah narasi"
        " isi_lengkap teks_berita content full_content news_content article_content post_content body_text full_text"
        " text teks article"
        " description deskripsi ringkasan summary",
        "url": "url link tautan link_berita link_artikel link_judul url_berita url_artikel alamat"
        " permalink news_url article_url href source_url",
        "author": "author penulis nama_penulis reporter wartawan jurnalis pengarang authors creator byline",
        "source": "source sumber sumber_berita media portal situs website publisher penerbit",
        "category": "category kategori kategori_berita kanal rubrik section topik",
        "tags": "tags tag keywords keyword kata_kunci",
        "published": "published date tanggal tgl tanggal_publikasi tgl_publikasi tanggal_terbit tgl_terbit"
        " tanggal_posting tanggal_rilis"
        " tanggal_berita published_at published_date published_time publish_date publication_date pubdate"
        " post_date waktu waktu_publikasi waktu_terbit terbit datetime timestamp created_at",
        "language": "language lang",
        "credit": "credit kredit",
        "reading_minutes": "reading_minutes",
    }.items()
}
"""The names that each field may have; the first is its own."""

_NEEDED = ("title", "body")
_SHOWN = 30  # columns in a message

Columns = Mapping[str, Sequence[str]]
"""The columns of each field, the best first."""


def plain(column: str) -> str:
    """Return the name of a *column* as it is looked up."""
    return "".join(filter(str.isalnum, column)).lower()


_FIELDS = {plain(name): field for field, names in NAMES.items() for name in names}
_RANKS = {plain(name): rank for names in NAMES.values() for rank, name in enumerate(names)}


def described(width: int = 78) -> str:
    """Return the names as a reader of the help should see them, in lines of *width* characters at most."""
    lines = [f"{field}: {', '.join(names[1:])}" for field, names in NAMES.items() if len(names) > 1]
    return "\n".join(fill(line, width, initial_indent="  ", subsequent_indent="      ") for line in lines)


def columns_of(given: Iterable[str], said: Mapping[str, str] | None = None) -> Columns:
    """
    Return which of the columns *given* are which fields; what is *said* of a field goes before its names.

    >>> columns_of(["No", " Judul Berita", "ISI", "isi_berita"])
    {'title': [' Judul Berita'], 'body': ['ISI', 'isi_berita']}
    """
    found = _known(tuple(given))
    stated = {field: [column] for field, column in (said or {}).items()}
    return {field: columns for field, columns in {**found, **stated}.items() if columns}


@lru_cache(maxsize=64)  # in JSON Lines each line has names of its own, which are those of the line before
def _known(given: tuple[str, ...]) -> dict[str, list[str]]:
    ranked = sorted(((plain(column), column) for column in given), key=lambda each: _RANKS.get(each[0], 0))
    return {field: [column for name, column in ranked if _FIELDS.get(name) == field] for field in NAMES}


def missing(columns: Columns, given: Sequence[str]) -> str:
    """Return which field none of the columns *given* is, as the middle of a message; empty if none is missing."""
    for field, (column, *_) in columns.items():
        if column not in given:
            return f"no column {column!r} for {field!r}; the columns are {_listed(given)}"
    lacking = [field for field in _NEEDED if field not in columns]
    if not lacking:
        return ""
    return f"no column for {' and '.join(map(repr, lacking))}; the columns are {_listed(given)}"


def fits(columns: Columns) -> bool:
    """Return whether any column is one that an article needs."""
    return any(field in columns for field in _NEEDED)


def said_in(options: Mapping[str, str]) -> dict[str, str]:
    """
    Return of the *options* of a source which column each field is said to be.

    Raises:
        SourceUnavailable: one of them names no field.
    """
    for name in options:
        if name not in NAMES:
            raise SourceUnavailable(f"{name!r} is no field of an article: the fields are {', '.join(NAMES)}")
    return dict(options)


def found(place: str, row: Mapping[str, object], columns: Columns, read: int = 0) -> Found:
    """Return the record of a *row* that has these *columns*: text without HTML, numbers as text, a date as it is."""
    record = {field: _first(field, row, names) for field, names in columns.items()}
    for field, as_text in (("title", text_of), ("body", text_of_post)):
        if isinstance(text := record.get(field), str) and is_html(text):
            record[field] = as_text(text)
    return Found(place, record, read=read)


def _first(field: str, row: Mapping[str, object], names: Sequence[str]) -> object:
    for name in names:
        value = _value(field, row.get(name))
        if value not in (None, ""):
            return value
    return None


def _value(field: str, value: object) -> object:
    """Return *value* as an article takes it: numbers as text, but where a number is asked for."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bytes | bytearray | memoryview):
        return decode(bytes(value)).strip()
    if isinstance(value, float) and isnan(value):  # what pandas writes where there is nothing
        return None
    if isinstance(value, list) and field != "tags" and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    if value is None or isinstance(value, date | list | dict | bool) or field == "reading_minutes":
        return value
    return str(value)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name.strip() or "(no name)" for name in names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown
