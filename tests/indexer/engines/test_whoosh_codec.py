"""A segment gives back what was put in, whoever wrote or merged it, and says which of its files is damaged."""

from collections import defaultdict

import pytest
from whoosh.index import open_dir

from indexer import schema
from indexer.engines import open_writer
from indexer.engines.whoosh.codec.codec import ArrayCodec
from indexer.engines.whoosh.codec.found import postings_of
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.engines.whoosh.schema import whoosh_schema
from indexer.errors import IndexUnavailable
from tests.building import article, in_body

ARTICLES = [
    article(
        "1", title="Perkawinan anak di Kalsel", body="Kawin, mengawini, dan perkawinan: COVID-19 pada 12 Januari 2025."
    ),
    article("2", body="anak " * 300 + "anak-anaknya 24,5 persen", author="Rina Lestari", tags=["padi", "sawah"]),
    article("3", body="Mengawini; DP3AKB; " + "padi " * 70),
    *(in_body("kawin", f"kawin-{n}") for n in range(80)),
]


@pytest.fixture
def folder(tmp_path, analyzer):
    writer = open_writer("whoosh", tmp_path, analyzer)
    for given in ARTICLES:
        writer.add(given)
    assert writer.finish() == len(ARTICLES)
    return tmp_path


def opened(folder) -> OpenSegment:
    (manifest,) = folder.glob("*.manifest")
    return OpenSegment(folder, manifest.stem)


def analysed(articles, analyzer) -> dict:
    """Return the weight and the positions of every term in every document."""
    found = defaultdict(lambda: defaultdict(list))
    for document, given in enumerate(articles):
        for field, postings in schema.postings(given, analyzer).items():
            for term, position, weight in postings:
                found[field, term.encode()][document].append((position, weight))
    return found


def assert_holds(segment, articles, analyzer) -> None:
    for (field, term), documents in analysed(articles, analyzer).items():
        found = postings_of(segment, field, term)
        assert found.documents.tolist() == sorted(documents), (field, term)
        for place, document in enumerate(sorted(documents)):
            assert found.weights[place] == sum(weight for _, weight in documents[document]), (field, term)
            assert sorted(found.positions(place)) == sorted(place for place, _ in documents[document]), (field, term)


def test_a_segment_holds_what_the_analysis_found(folder, analyzer):
    segment = opened(folder)

    assert_holds(segment, ARTICLES, analyzer)
    segment.check_all()


def test_an_article_that_comes_again_takes_the_place_of_the_one_before(tmp_path, analyzer):
    writer = open_writer("whoosh", tmp_path, analyzer)
    again = [*ARTICLES[1:], article("1", body="Sama sekali lain, tetapi kawin juga.")]

    assert [writer.add(given) for given in (ARTICLES[0], *again)] == [False] * len(ARTICLES) + [True]
    assert writer.finish() == len(ARTICLES)
    assert_holds(opened(tmp_path), again, analyzer)


def test_whooshs_own_writer_deletes_and_merges(folder, analyzer):
    index = open_dir(str(folder), schema=whoosh_schema())
    writer = index.writer(codec=ArrayCodec())
    writer.delete_by_term(schema.ID, "2")
    writer.commit(optimize=True)

    with index.reader() as reader:
        assert reader.doc_count() == reader.doc_count_all() == len(ARTICLES) - 1
    assert_holds(opened(folder), [given for given in ARTICLES if given.id != "2"], analyzer)


@pytest.mark.parametrize("ending", ["terms", "forms", "postings", "columns", "stored", "manifest"])
def test_a_damaged_file_is_named(folder, ending):
    (path,) = folder.glob(f"*.{ending}")
    content = path.read_bytes()
    flipped = bytearray(content)
    flipped[len(content) // 3] ^= 1

    for damaged in (bytes(flipped), content[:-1]):
        path.write_bytes(damaged)
        with pytest.raises(IndexUnavailable, match=rf"\.{ending} is damaged"):
            opened(folder).check_all()
    if ending != "manifest":
        path.unlink()
        with pytest.raises(IndexUnavailable, match="it is missing"):
            opened(folder)


def test_a_newer_format_asks_for_the_program_that_wrote_it(folder, monkeypatch):
    monkeypatch.setattr("indexer.engines.whoosh.codec.manifest.FORMAT", 0)

    with pytest.raises(IndexUnavailable, match="use the program that wrote it"):
        opened(folder)
