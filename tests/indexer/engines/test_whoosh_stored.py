"""Stored documents come back one by one, with a phrasebook or without, and from merged segments too."""

import json

import pytest

from indexer.engines.whoosh.codec.files import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.stored import BlockPacker, StoredDocuments, repacked, write_stored

BODY = "Kegiatan %d berlangsung di aula kantor setempat, " + "padi " * 200
DOCUMENTS = [json.dumps({"body": BODY % number}).encode() for number in range(5000)]


def packed(documents, phrases=None):
    packer = BlockPacker(phrases)
    for document in documents:
        packer.add(document)
    return packer.finish()


def stored(folder, blocks) -> StoredDocuments:
    file = ArrayFileWriter(folder / "stored")
    write_stored(file, blocks)
    return StoredDocuments(ArrayFile(folder / "stored", file.finish()))


@pytest.mark.parametrize("count", [0, 1, 50, 5000])
def test_documents_come_back_as_they_were(tmp_path, count):
    found = stored(tmp_path, packed(DOCUMENTS[:count]))

    assert list(found.documents()) == DOCUMENTS[:count]
    assert [found[number] for number in range(0, count, 700)] == DOCUMENTS[:count:700]


def test_many_documents_are_packed_with_the_phrases_that_they_share():
    blocks = packed(DOCUMENTS)

    assert len({block.phrases for block in blocks}) == 1
    assert b"aula kantor setempat" in blocks[0].phrases
    assert packed(DOCUMENTS[:9], blocks[0].phrases)[0].phrases == blocks[0].phrases


def test_blocks_of_several_phrasebooks_stand_in_one_file(tmp_path):
    blocks = [*packed(DOCUMENTS), *packed(DOCUMENTS[:10]), *packed(DOCUMENTS[:10], b"berlangsung di aula")]
    found = stored(tmp_path, blocks)

    assert list(found.blocks()) == blocks
    assert list(found.documents()) == [*DOCUMENTS, *DOCUMENTS[:10], *DOCUMENTS[:10]]


def test_what_stays_of_some_blocks_is_packed_anew():
    blocks = repacked(packed(DOCUMENTS[:100]), [number % 3 == 0 for number in range(100)])

    assert [document for block in blocks for document in block.documents()] == DOCUMENTS[:100:3]
