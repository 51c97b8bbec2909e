"""Documents are made many at a time, and kept on disk until they are sent."""

import pytest

from indexer.engines.opensearch import parts
from indexer.engines.opensearch.documents import Documents, encode
from indexer.engines.opensearch.parts import DocumentWriter
from tests.building import article


@pytest.mark.parametrize("count", [1, 3, 4, 6, 7])
def test_a_part_has_the_documents_of_its_articles_however_many_are_made_at_once(tmp_path, analyzer, monkeypatch, count):
    monkeypatch.setattr(parts, "_AT_ONCE", 3)
    articles = [
        article(str(n), title=f"Panen {n}", body="Padi, jagung dan ubi. " * (n % 3) or "…", tags=[])
        for n in range(count)
    ]
    writer, documents = DocumentWriter(tmp_path, analyzer), Documents(analyzer)
    for one in articles:
        writer.add(one)

    assert list(writer.write("1.part").documents()) == [(one.id, encode(documents.of(one))) for one in articles]


def test_no_articles_are_no_documents(analyzer):
    assert list(Documents(analyzer).of_all([])) == []
