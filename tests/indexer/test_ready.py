"""What a generation keeps ready-made is what would be made; where it is not there, or of others, it is made."""

import pytest

from indexer import generations, ready
from indexer.analysis import Analyzer, read_short_form, short_forms
from indexer.generations import LEDGER
from tests.building import article, publish


@pytest.fixture
def generation(index):
    publish(index, article("1", body="Panen padi di Kalimantan Selatan."))
    (found,) = generations.complete(index.path)
    return found


def test_a_generation_keeps_what_a_reader_needs_first(index, generation):
    found = {path.name for path in generation.path.iterdir() if path.is_file()}

    assert {ready.LEXICON, ready.SHORT_FORMS, LEDGER} <= found & set(generation.manifest.files)
    assert generations.lexicon(index.path) == generation.path / ready.LEXICON


def test_short_forms_are_ready_as_they_would_be_read(generation):
    analyzer = Analyzer()

    assert generation.ready_short_forms(analyzer) == {pair: read_short_form(*pair, analyzer) for pair in short_forms()}


def test_what_another_analysis_read_is_not_ready(generation):
    assert generation.ready_short_forms(Analyzer({"padi": "beras"})) == {}


@pytest.mark.parametrize("content", [None, b"\xff", b"BPS\tbadan\n"])
def test_what_is_missing_or_damaged_is_not_ready(generation, content):
    file = generation.path / ready.SHORT_FORMS
    file.unlink() if content is None else file.write_bytes(content)

    assert generation.ready_short_forms(Analyzer()) == {}


def test_where_nothing_is_live_no_lexicon_is_kept(tmp_path):
    assert generations.lexicon(tmp_path) is None
