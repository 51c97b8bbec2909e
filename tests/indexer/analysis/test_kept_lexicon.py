"""A lexicon that is kept as a file says what the lists say, or is passed over."""

import pickle

import pytest

from indexer.analysis import Analyzer
from indexer.analysis.kept_lexicon import keep, kept
from indexer.analysis.lexicon import Lexicon

OF_ONE_ROOT = Lexicon.of(roots=["padi"])


@pytest.fixture
def file(tmp_path):
    return tmp_path / "lexicon.txt"


@pytest.mark.parametrize("lexicon", [Lexicon.load(), OF_ONE_ROOT, Lexicon()], ids=["project's", "small", "empty"])
def test_what_is_kept_is_read_again(lexicon, file):
    keep(lexicon, "1", file)

    assert kept("1", file) == lexicon


def test_what_is_missing_or_of_another_fingerprint_is_passed_over(file):
    assert kept("1", file) is None

    keep(OF_ONE_ROOT, "1", file)
    assert kept("2", file) is None


def test_no_damage_is_read(file):
    keep(OF_ONE_ROOT, "1", file)
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert kept("1", file) is None
        file.write_bytes(whole[:place])
        assert kept("1", file) is None


def test_an_analyzer_stems_by_the_lexicon_that_is_kept_and_so_does_its_copy_in_another_process(file):
    keep(Lexicon(names=frozenset(("perkawinan",))), Analyzer().fingerprint, file)
    analyzers = [Analyzer(), Analyzer(kept=file), pickle.loads(pickle.dumps(Analyzer(kept=file)))]  # noqa: S301 - our own

    assert [analyzer.analyze("perkawinan")[0].stems for analyzer in analyzers] == [
        ("kawin",),
        ("perkawinan",),
        ("perkawinan",),
    ]


def test_an_operators_exceptions_go_before_what_is_kept(file):
    Analyzer().keep_lexicon(file)

    assert Analyzer({"perkawinan": "nikah"}, kept=file).analyze("perkawinan")[0].stems == ("nikah",)


def test_without_what_should_be_kept_the_lists_are_read(file):
    assert Analyzer(kept=file).analyze("perkawinan")[0].stems == ("kawin",)
