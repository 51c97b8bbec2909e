"""Judgments are read in the forms in which others write them, and what is wrong with them is said by line."""

import gzip

import pytest

from indexer.errors import SourceUnavailable
from search.reviewing.judgments import read_judgments

JSON = '{"id": "q1", "text": "panen padi"}\n{"id": "q2", "text": "harga cabai"}\n'
TABLE = "q1\tpanen padi\nq2\tharga cabai\n"
TOPICS = """<top>
<num> Number: q1
<title> panen
padi
<desc> Description: tentang panen
</top>
<top>
<num>q2</num><title>harga cabai</title>
</top>
"""
TREC = "q1 0 a 2\nq1 0 b 0\nq2 0 c 1\n"
THREE = "query-id\tcorpus-id\tscore\nq1\ta\t2\nq1\tb\t0\nq2\tc\t1\n"
LINES = "".join(
    f'{{"query_id": "{query}", "doc_id": "{article}", "relevance": {grade}}}\n'
    for query, article, grade in (("q1", "a", 2), ("q1", "b", 0), ("q2", "c", 1))
)


@pytest.fixture
def judged(tmp_path):
    """Return what writes queries and qrels into a folder, and reads them."""

    def read(queries: str, qrels: str):
        (tmp_path / "queries.txt").write_text(queries, encoding="utf-8")
        (tmp_path / "qrels.txt").write_text(qrels, encoding="utf-8")
        return read_judgments(tmp_path)

    return read


@pytest.mark.parametrize("queries", [JSON, TABLE, TOPICS], ids=["json", "table", "topics"])
@pytest.mark.parametrize("qrels", [TREC, THREE, LINES], ids=["trec", "three", "json"])
def test_every_form_says_the_same(judged, queries, qrels):
    found = judged(queries, qrels)

    assert found.queries == {"q1": "panen padi", "q2": "harga cabai"}
    assert found.grades == {"q1": {"a": 2, "b": 0}, "q2": {"c": 1}}


def test_packed_files_are_read_and_may_lie_apart(tmp_path):
    (tmp_path / "judged.gz").write_bytes(gzip.compress(TREC.encode()))
    (tmp_path / "asked.gz").write_bytes(gzip.compress(JSON.encode()))

    assert read_judgments(tmp_path / "judged.gz", tmp_path / "asked.gz").grades["q2"] == {"c": 1}


def test_queries_without_a_right_article_are_left_out_and_counted(judged):
    found = judged(JSON + '{"id": "q3", "text": "hujan"}', "q1 0 a 1\nq2 0 c 0\n")

    assert (list(found.queries), found.unjudged) == (["q1"], 2)


@pytest.mark.parametrize(
    ("queries", "qrels", "said"),
    [
        (JSON, "q1 0 a 2\nq9 0 b 1\n", r"qrels.txt:2: the query 'q9' is not in .*queries.txt: add its text"),
        (JSON, "", "qrels.txt holds no judgments: write query, article and grade"),
        (JSON, "query-id\tdoc-id\tgrade\n", "qrels.txt holds no judgments"),
        (JSON, "q1 0 a 0\n", "no article is judged with a grade above 0"),
        (JSON, "q1 0 a\n", "qrels.txt:1: 'q1 0 a' is no judgment: write"),
        (JSON, "q1 0 a 1\n\nq1 b x\n", "qrels.txt:3: 'q1 b x' is no judgment"),
        (JSON, "q1 0 a 1\nq1 0 a 2\n", "qrels.txt:2: 'a' has the grade 2 for 'q1', and before it 1: keep one"),
        (JSON, '{"query_id": "q1", "doc_id": "a"}', "qrels.txt:1: the line has no 'grade'"),
        (JSON, '{"query_id": "q1", "doc_id": "a", "grade": 1.5}', "qrels.txt:1: .* is no judgment"),
        ("", TREC, "queries.txt holds no queries"),
        ('{"id": "q1"', TREC, "queries.txt:1: the line is no valid JSON"),
        ('{"id": "q1", "text": ""}', TREC, "queries.txt:1: the line has no 'text'"),
        ("[1]", TREC, r"queries.txt:1: '\[1\]' is no query"),
        ("q1 panen", TREC, "queries.txt:1: 'q1 panen' is no query: write JSON, or an id, a tab, and the text"),
        (JSON + TABLE, TREC, "queries.txt:3: the query 'q1' stands in .* already"),
        ("<top>\n<num> 1\n</top>", TREC, "queries.txt:1: the topic has no <num> or no <title>"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_remedy(judged, queries, qrels, said):
    with pytest.raises(SourceUnavailable, match=said):
        judged(queries, qrels)


def test_a_folder_must_say_which_file_is_which(tmp_path):
    (tmp_path / "qrels.tsv").write_text(TREC, encoding="utf-8")

    with pytest.raises(SourceUnavailable, match="begins with queries or topics, and has none"):
        read_judgments(tmp_path)
    with pytest.raises(SourceUnavailable, match=r"nowhere.* cannot be read"):
        read_judgments(tmp_path / "nowhere", tmp_path / "qrels.tsv")
