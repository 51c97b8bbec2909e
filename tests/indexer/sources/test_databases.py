import socket
import sqlite3
import tracemalloc
from contextlib import closing
from urllib.parse import quote_plus

import pytest
from sqlalchemy import create_engine

from indexer import sources
from indexer.errors import SourceUnavailable
from indexer.sources.databases import connectable
from indexer.sources.records import Broken, Found
from tests import databases

ROWS = 1_200
CREATE = "CREATE TABLE berita (id INTEGER, judul TEXT, isi TEXT, penulis TEXT, terbit TIMESTAMP)"
FILL = (
    "INSERT INTO berita VALUES ({0}, 'Berita {0}', '<p>Isi & berita.</p><p>Alinea {0}</p>', 'Rina', '2025-08-14 09:30')"
)
MAPPED = "&title=judul&body=isi&author=penulis&published=terbit"
GIVING_UP = {
    "sqlite": "CASE WHEN id = 700 THEN json('{') ELSE judul END",
    "postgresql": "CASE WHEN id = 700 THEN (1 / (id - 700))::text ELSE judul END",
    "mariadb": "CASE WHEN id = 700 THEN (SELECT judul FROM berita) ELSE judul END",
}
LARGE = {
    "sqlite": "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n LIMIT 5000)"
    " SELECT id, 'A' AS title, printf('%.20000c', 'x') AS body FROM n",
    "postgresql": "SELECT n AS id, 'A' AS title, repeat('x', 20000) AS body FROM generate_series(1, 5000) n",
    "mariadb": "SELECT seq AS id, 'A' AS title, repeat('x', 20000) AS body FROM seq_1_to_5000",
}
"""A hundred megabytes."""


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory):
    path = tmp_path_factory.mktemp("sqlite") / "portal berita.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(CREATE)
        for number in range(1, ROWS + 1):
            connection.execute(FILL.format(number))
        connection.commit()
    return f"sqlite:///{path}?"


@pytest.fixture(scope="module")
def postgresql():
    with databases.postgresql() as address:
        yield filled(address)


@pytest.fixture(scope="module")
def mariadb():
    with databases.mariadb() as address:
        yield filled(address)


def filled(address: str) -> str:
    """Return the *address* of a database that now holds the articles, ready for what is asked of it."""
    engine = create_engine(connectable(address))
    with engine.begin() as connection:
        connection.exec_driver_sql(CREATE)
        for number in range(1, ROWS + 1):
            connection.exec_driver_sql(FILL.format(number))
    engine.dispose()
    return f"{address}&"


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def kind(request) -> str:
    return request.param


@pytest.fixture
def database(request, kind) -> str:
    return request.getfixturevalue(kind)


def read(source: str) -> list[Found | Broken]:
    return list(sources.read(source))


def query(database: str, statement: str) -> str:
    return f"{database}query={quote_plus(statement)}"


def test_a_row_of_a_table_gives_the_fields_that_its_columns_are_said_to_be(database):
    found = read(f"{database}table=berita{MAPPED}")
    record = dict(found[6].record)

    assert len(found) == ROWS
    assert found[6].place.endswith(", row 7")
    assert str(record.pop("published")).startswith("2025-08-14 09:30:00")
    assert record == {"id": "7", "title": "Berita 7", "body": "Isi & berita.\nAlinea 7", "author": "Rina"}


def test_columns_that_are_known_by_their_names_need_not_be_named(database):
    found = read(f"{database}table=berita")

    assert (found[6].record["title"], found[6].record["author"]) == ("Berita 7", "Rina")
    assert str(found[6].record["published"]).startswith("2025-08-14 09:30:00")


def test_a_query_names_its_columns_itself(database):
    statement = (
        "SELECT id, judul AS title, isi AS body FROM berita WHERE judul LIKE '%erita 7_' AND '10:30 :x' = '10:30 :x'"
    )

    assert [found.record["id"] for found in read(query(database, statement))] == [str(n) for n in range(70, 80)]


def test_the_rows_are_never_all_in_memory(kind, database):
    tracemalloc.start()
    count = sum(isinstance(item, Found) for item in sources.read(query(database, LARGE[kind])))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 5_000
    assert peak < 50_000_000


def test_a_run_that_is_given_up_ends_in_peace(database):
    rows = sources.read(f"{database}table=berita{MAPPED}")

    assert next(rows).record["id"] == "1"
    rows.close()


def test_where_the_database_gives_up_the_rows_before_are_kept(kind, database):
    *found, report = read(query(database, f"SELECT id, {GIVING_UP[kind]} AS title, isi AS body FROM berita"))  # noqa: S608

    assert all(isinstance(item, Found) for item in found)
    assert report.place.endswith(f", row {len(found) + 1}")
    assert "the database gave up here (" in report.reason


@pytest.mark.parametrize("statement", ["DELETE FROM berita", "INSERT INTO berita (id) VALUES (0)", "DROP TABLE berita"])
def test_nothing_is_written(database, statement):
    with pytest.raises(SourceUnavailable, match="cannot be read"):
        read(query(database, statement))

    assert len(read(f"{database}table=berita{MAPPED}")) == ROWS


@pytest.mark.parametrize(
    ("selection", "complaint"),
    [
        ("table=tak_ada", "tak_ada"),
        (
            "query=SELECT id, terbit FROM berita",
            "gives no column for 'title' and 'body'; the columns are id, terbit: name them with &title=COLUMN",
        ),
        ("table=berita&title=judul&body=teks", "gives no column 'teks' for 'body'; the columns are id, judul, isi"),
        ("query=SELEKT", "SELEKT"),
    ],
)
def test_what_the_database_does_not_have_stops_the_run(database, selection, complaint):
    with pytest.raises(SourceUnavailable, match=complaint):
        read(f"{database}{selection}")


def test_a_table_is_named_as_it_is_written(database):
    with pytest.raises(SourceUnavailable, match=r"no such table|does not exist|doesn't exist"):
        read(f"{database}table={quote_plus('berita; DROP TABLE berita')}")

    assert len(read(f"{database}table=berita{MAPPED}")) == ROWS


def test_a_table_of_another_schema_is_read(postgresql):
    found = read(f"{postgresql}table=information_schema.tables&title=table_name&body=table_schema")

    assert any(item.record["title"] == "berita" for item in found)


def small(tmp_path, *row: object) -> list[Found | Broken]:
    """Return what is read from a database with the one *row* of id, title, body, category, reading_minutes, date."""
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (id, title, body, category, reading_minutes, date)")
        connection.execute("INSERT INTO a VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.commit()
    return read(f"sqlite:///{path}?table=a")


def test_numbers_and_bytes_become_the_text_that_an_article_has(tmp_path):
    (found,) = small(tmp_path, 1.5, b"Judul", "Isi < 3 & <i", 7, 4, None)

    assert dict(found.record) == {
        "id": "1.5",
        "title": "Judul",
        "body": "Isi < 3 & <i",
        "category": "7",
        "reading_minutes": 4,
        "published": None,
    }


def test_text_that_is_not_utf_8_is_read(tmp_path):
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (id TEXT, title TEXT, body TEXT)")
        connection.execute("INSERT INTO a VALUES ('1', 'Judul', CAST(? AS TEXT))", ("“Isi”".encode("cp1252"),))
        connection.commit()

    assert read(f"sqlite:///{path}?table=a")[0].record["body"] == "“Isi”"


def test_shortcodes_and_comments_of_a_wordpress_table_are_dropped(tmp_path):
    content = "<!-- wp:paragraph --><p>Isi</p><!-- /wp:paragraph -->[gallery ids='1']"

    assert small(tmp_path, 1, "A", content, None, None, None)[0].record["body"] == "Isi"


def test_text_that_is_quoted_as_in_html_is_read_without_any_tag_too(tmp_path):
    (found,) = small(tmp_path, 1, "Harga &amp; stok", "Harga &amp; stok &lt; 3, R&D", None, None, None)

    assert (found.record["title"], found.record["body"]) == ("Harga & stok", "Harga & stok < 3, R&D")


def test_a_date_as_a_portal_writes_it_is_read(tmp_path):
    (found,) = small(tmp_path, 1, "A", "Isi", None, None, "Kamis, 14 Agustus 2025 | 09:30 WITA")

    assert found.record["published"].isoformat() == "2025-08-14T09:30:00+08:00"


@pytest.mark.parametrize("date", ["kemarin", "0000-00-00 00:00:00"])
def test_a_row_with_a_wrong_date_is_an_article_without_one(tmp_path, date):
    (found,) = small(tmp_path, 1, "A", "Isi", None, None, date)

    assert (found.record["published"], found.remark) == (None, f"'published' is {date!r}, which is no date")


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("sqlite:///gone.db?table=a", "there is no SQLite database 'gone.db': write sqlite:///PATH"),
        ("sqlite://?table=a", "there is no SQLite database ''"),
        ("mysql://a:rahasia@host/b", r"mysql://a:\*\*\*@host/b needs one of \?table=NAME and \?query=SELECT"),
        ("mysql://host/b?table=a&query=b", "needs one of"),
        ("postgresql:host", "is no address of a database"),
        ("postgresql://a:b:c@host:x/b?table=a", "is no address of a database"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_before_any_work(source, complaint):
    with pytest.raises(SourceUnavailable, match=complaint) as caught:
        sources.check(source)

    assert "rahasia" not in str(caught.value)


def test_a_query_may_be_longer_than_the_name_of_any_file():
    sources.check(query("mysql://host/b?", "SELECT judul, isi " * 1_000))


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "mysql", "mariadb", "postgresql+pg8000"])
def test_a_database_that_takes_no_connection_stops_the_run(scheme):
    with closing(socket.socket()) as closed:
        closed.bind(("127.0.0.1", 0))
        source = f"{scheme}://a:rahasia@127.0.0.1:{closed.getsockname()[1]}/b?table=a"
        sources.check(source)

        with pytest.raises(SourceUnavailable, match="cannot be read") as caught:
            read(source)
    assert "rahasia" not in str(caught.value)


@pytest.mark.parametrize(
    ("missing", "complaint"),
    [("sqlalchemy", "databases need sqlalchemy"), ("pymysql", "mysql databases need pymysql")],
)
def test_without_the_library_the_remedy_is_named(monkeypatch, missing, complaint):
    monkeypatch.setattr("indexer.sources.extras.find_spec", lambda library: None if library == missing else True)

    with pytest.raises(SourceUnavailable, match=rf"{complaint}: pip install 'telusur\[sql\]'"):
        sources.check("mysql://host/b?table=a")
