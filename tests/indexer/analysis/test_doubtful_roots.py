from indexer.analysis.data import doubtful_roots
from indexer.analysis.data.doubtful_roots import doubts
from indexer.analysis.lexicon import Lexicon
from indexer.analysis.stemmer import Stemmer


def found(counts: dict[str, int], *roots: str) -> list[tuple[str, str, str]]:
    """Return what is doubtful of *roots* and of the words of *counts*: the kind, the word, the other root."""
    stemmer = Stemmer(Lexicon.of(roots=roots, counts=counts))
    return [(doubt.kind, doubt.word, doubt.other) for doubt in doubts(stemmer)]


def test_a_root_that_an_affix_parts_from_a_root_with_a_family_is_doubtful():
    counts = {"lukisan": 90, "lukis": 5, "pelukis": 20, "melukis": 30}

    assert found(counts, "lukis", "lukisan") == [("derived", "lukisan", "lukis")]


def test_a_root_without_a_family_is_no_reason_to_doubt():
    assert found({"durian": 90, "duri": 5}, "duri", "durian") == []


def test_a_verb_whose_sound_may_be_of_the_prefix_or_the_root_is_doubtful():
    assert found({"mengemas": 30, "emas": 900}, "emas", "kemas") == [("swallowed", "mengemas", "kemas")]


def test_a_passive_that_is_met_with_tells():
    counts = {"mengemas": 30, "emas": 900, "dikemas": 40}

    assert found(counts, "emas", "kemas") == []


def test_the_lists_are_printed_one_doubt_a_line(capsys):
    doubtful_roots.main()

    assert "derived\tadalah\t164686\tada\t51559\t-lah\n" in capsys.readouterr().out
