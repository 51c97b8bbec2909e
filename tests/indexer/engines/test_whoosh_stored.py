"""Stored documents come back one by one, with a phrasebook or without, and from merged segments too."""

import json
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from indexer.engines.whoosh.codec.files import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.phrasebook import phrasebook
from indexer.engines.whoosh.codec.stored import Packed, Packer, StoredDocuments, packed_alike, staying, write_stored
from indexer.errors import IndexUnavailable

WORDS = "padi sawah kantor warga desa pasar ikan rapat jalan guru".split()
BODY = "Kegiatan %d berlangsung di aula kantor setempat, %s"
DOCUMENTS = [
    json.dumps({"body": BODY % (number, " ".join(Random(number).choices(WORDS, k=200)))}).encode()
    for number in range(5000)
]


SHARED = phrasebook(DOCUMENTS)


def packed(documents, phrases=b""):
    return list(map(Packer(phrases).packed, documents))


def stored(folder, documents) -> StoredDocuments:
    file = ArrayFileWriter(folder / "stored")
    write_stored(file, documents)
    return StoredDocuments(ArrayFile(folder / "stored", file.finish()))


@pytest.mark.parametrize("count", [0, 1, 50, 5000])
@pytest.mark.parametrize("phrases", [b"", SHARED])
def test_documents_come_back_as_they_were(tmp_path, count, phrases):
    found = stored(tmp_path, packed(DOCUMENTS[:count], phrases))

    assert list(found.documents()) == DOCUMENTS[:count]
    assert [found[number] for number in range(0, count, 700)] == DOCUMENTS[:count:700]


def test_documents_take_less_space_with_the_phrases_that_they_share():
    assert b"aula kantor setempat" in SHARED
    assert len(packed(DOCUMENTS[:1], SHARED)[0].content) < len(packed(DOCUMENTS[:1])[0].content) * 0.8


def test_the_same_documents_make_the_same_phrases():
    assert phrasebook(DOCUMENTS) == SHARED != phrasebook(DOCUMENTS[:4500]) != b""
    assert 0 < len(phrasebook([document[:400] for document in DOCUMENTS[:2900]])) < len(SHARED)
    assert phrasebook(DOCUMENTS[:3]) == phrasebook([]) == b""


def test_documents_of_several_phrasebooks_stand_in_one_file(tmp_path):
    other = phrasebook(DOCUMENTS[:4500])
    documents = [*packed(DOCUMENTS, SHARED), *packed(DOCUMENTS[:10]), *packed(DOCUMENTS[:10], other)]
    found = stored(tmp_path, documents)

    assert list(found.packed()) == documents
    assert list(found.documents()) == [*DOCUMENTS, *DOCUMENTS[:10], *DOCUMENTS[:10]]
    assert found.commonest_phrases == SHARED


def test_of_some_documents_those_stay_that_are_to():
    many = packed(DOCUMENTS[:100])

    assert list(staying(many, [number % 3 == 0 for number in range(100)])) == many[::3]


def test_documents_that_were_packed_plainly_are_packed_like_others(tmp_path):
    alike = list(packed_alike([*packed(DOCUMENTS[:10]), *packed(DOCUMENTS[10:], SHARED)], SHARED))

    assert {own.phrases for own in alike} == {SHARED}
    assert list(stored(tmp_path, alike).documents()) == DOCUMENTS
    assert list(packed_alike(packed(DOCUMENTS[:10]), b"")) == packed(DOCUMENTS[:10])


def test_a_document_that_cannot_be_opened_is_an_error(tmp_path):
    found = stored(tmp_path, [Packed(b"no frame", b"")])

    with pytest.raises(IndexUnavailable, match="cannot be opened"):
        found[0]


def test_threads_open_documents_at_once(tmp_path):
    found = stored(tmp_path, packed(DOCUMENTS))

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(found.__getitem__, [*range(5000)] * 2)) == DOCUMENTS * 2
