"""Another index is tried on queries of a file, or on the latest that readers asked."""

import pytest

from indexer.errors import SourceUnavailable
from search.reviewing.queries import queries_of
from tests.asked import logged, search


def test_queries_come_from_a_file_or_from_the_log(tmp_path):
    (tmp_path / "queries.txt").write_text("padi\n\n jagung \n", encoding="utf-8")
    logged(tmp_path, search("beras"))

    assert queries_of(str(tmp_path / "queries.txt"), tmp_path) == ["padi", "jagung"]
    assert queries_of("last", tmp_path) == ["beras"]


def test_where_there_are_no_queries_the_remedy_is_named(tmp_path):
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    for source, remedy in (("last", "query_log"), ("gone.txt", "cannot be read"), ("empty.txt", "one a line")):
        with pytest.raises(SourceUnavailable, match=remedy):
            queries_of(source if source == "last" else str(tmp_path / source), tmp_path)
    logged(tmp_path)
    with pytest.raises(SourceUnavailable, match="no query is logged"):
        queries_of("last", tmp_path)
