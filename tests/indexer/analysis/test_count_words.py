import gzip
import json
from collections import Counter

from indexer.analysis.data import count_words
from indexer.analysis.lexicon import Lexicon
from indexer.analysis.stemmer import Stemmer

BODY = (
    "Turnamen besar di Pelabuhanratu. Turnamen itu, kata panitia turnamen, ramai di Pelabuhanratu sejak turnamen lalu."
)


def test_words_are_counted_by_how_they_are_written_within_sentences():
    lower, capital = count_words.count([BODY])

    assert lower["turnamen"] == 2
    assert capital["turnamen"] == 0
    assert capital["pelabuhanratu"] == 2


def test_a_frequent_word_that_nothing_explains_is_its_own_root():
    counts = {"turnamen": 50, "turnamennya": 20, "perkawinan": 40, "kawin": 30, "nonton": 30, "xyzw": 1}
    known = Stemmer(Lexicon(written=frozenset(("kawin",))))

    assert count_words.unexplained(counts, Counter(), known) == ["turnamen"]


def test_a_name_is_what_stands_in_capitals_and_would_be_changed():
    known = Stemmer(Lexicon(written=frozenset(("kayam", "labuh", "bukit"))))
    lower, capital = count_words.count(["Di Sekayam dan di Bukit ada Perlabuhan. Di Sekayam dan Perlabuhan."])

    assert count_words.names(lower, capital, known) == ["sekayam"]


def test_a_name_with_a_clitic_is_no_name_of_its_own():
    known = Stemmer(Lexicon(written=frozenset(("islam", "labuh"))))
    lower, capital = count_words.count(["Di Islamnya dan di Islamnya ada Islam dan Islam dan Labuhnya dan Labuhnya."])

    assert count_words.names(lower, capital, known) == ["labuhnya"]


def test_the_lists_are_written_with_their_origin(tmp_path, monkeypatch):
    monkeypatch.setattr(count_words, "FOLDER", tmp_path)
    articles = tmp_path / "articles.jsonl.gz"
    articles.write_bytes(gzip.compress((json.dumps({"body": "kata zyxwv " * 20}) + "\n").encode()))
    monkeypatch.setattr("sys.argv", ["count_words", str(articles)])

    count_words.main()

    lists = {name: (tmp_path / f"{name}.tsv").read_text(encoding="utf-8") for name in ("counts", "roots", "names")}
    assert all(text.startswith("# word") and "Apache-2.0" in text for text in lists.values())
    assert "zyxwv\t20\n" in lists["counts"]
    assert "zyxwv\n" in lists["roots"]
