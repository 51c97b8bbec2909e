"""The index is a Whoosh index like any other: Whoosh's own parser and searcher find in it what ours find."""

import pytest
from whoosh.index import open_dir
from whoosh.qparser import QueryParser

from indexer import schema
from indexer.engines.whoosh.schema import whoosh_schema
from tests.building import article, publish


@pytest.fixture
def searcher(index):
    generation = publish(
        index,
        article("1", title="Perkawinan anak", body="Mencegah perkawinan dini."),
        article("2", body="Anak-anak bermain; tidak ada yang kawin."),
        article("3", body="Petani panen."),
    ).generation
    with open_dir(str(generation.engine_folder), schema=whoosh_schema()).searcher() as searcher:
        yield searcher


@pytest.mark.parametrize(
    ("field", "query", "expected"),
    [
        (schema.STEM, "perkawinan", {"1", "2"}),
        (schema.EXACT, "perkawinan", {"1"}),
        (schema.STEM, "anak kawin", {"1", "2"}),
        (schema.STEM, "anak NOT dini", {"2"}),
        (schema.EXACT, '"perkawinan dini"', {"1"}),
        (schema.EXACT, '"anak mencegah"', set()),
        (schema.TITLE, "anak", {"1"}),
        (schema.EXACT, "pan*", {"3"}),
    ],
)
def test_whooshs_own_parser_reads_with_our_analyzer(searcher, field, query, expected):
    numbers = searcher.search(QueryParser(field, whoosh_schema()).parse(query)).docs()
    ids = searcher.reader().column_reader("id")

    assert {ids[number] for number in numbers} == expected
