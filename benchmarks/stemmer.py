"""
Which stemmer is right, and how fast: ours, simplemma's and Snowball's on the same words.

    pip install simplemma snowballstemmer
    python benchmarks/stemmer.py LEXICA [--errors]

LEXICA is a folder with `stem_gold_ud.tsv` (form, lemma, count, ambiguous) and `regions.tsv` (kode, nama, level).
Ambiguous rows are left out. The last two columns leave out the rows of `stemmer_gold_doubts.tsv` too, where the gold
set is wrong. A word with a hyphen is taken as our analyzer takes it: as a doubled word where it is one.
"""

import csv
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import simplemma
import snowballstemmer

from indexer.analysis.reduplication import reduplicated
from indexer.analysis.stemmer import default_stemmer

Stem = Callable[[str], str]
_WORD = re.compile(r"[a-z]+")
_KINDS = {"kabupaten", "kota", "provinsi"}


def ours(word: str) -> str:
    """Return the stem of *word* as the analyzer finds it."""
    first, hyphen, second = word.partition("-")
    return (hyphen and reduplicated(first, second)) or default_stemmer().stem(word)


def gold(path: Path) -> list[tuple[str, str]]:
    """Return the unambiguous forms with their lemmas."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["ambiguous"] == "0"]
    assert len(rows) > 4_000, "the gold set is not the one that the figures are about"
    return [(row["form"], row["lemma"]) for row in rows]


def place_words(path: Path) -> list[str]:
    """Return the words of all names of provinces, regencies, cities and districts, repetitions included."""
    with path.open(encoding="utf-8") as file:
        names = [row["nama"].lower() for row in csv.DictReader(file, delimiter="\t")]
    words = [word for name in names for word in _WORD.findall(name) if word not in _KINDS]
    assert len(words) > 10_000, "the list of places is not the one that the figures are about"
    return words


def doubts() -> set[str]:
    """Return the forms about which the gold set is wrong."""
    lines = Path(__file__).with_name("stemmer_gold_doubts.tsv").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0] for line in lines if not line.startswith("#")}


def share(hits: Iterable[bool]) -> float:
    """Return how many of *hits* are true, from 0 to 1."""
    listed = list(hits)
    return sum(listed) / len(listed)


def conflation(stem: Stem, pairs: list[tuple[str, str]]) -> tuple[float, float]:
    """Return Paice's under- and over-stemming indexes over the groups of forms that share a lemma."""
    groups: dict[str, list[str]] = defaultdict(list)
    for form, lemma in pairs:
        groups[lemma].append(stem(form))
    desired = missed = 0
    for stems in groups.values():
        for one, other in combinations(stems, 2):
            desired += 1
            missed += one != other
    by_stem: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for lemma, stems in groups.items():
        for found in stems:
            by_stem[found][lemma] += 1
    wrong = sum(one * other for lemmas in by_stem.values() for one, other in combinations(lemmas.values(), 2))
    total = len(pairs) * (len(pairs) - 1) // 2 - desired
    return missed / desired, wrong / total


def words_a_second(stem: Stem, words: list[str]) -> float:
    """Return how many of *words* are stemmed in a second."""
    started = time.perf_counter()
    for word in words:
        stem(word)
    return len(words) / (time.perf_counter() - started)


def main() -> None:
    """Print one row of figures for each stemmer."""
    folder = Path(sys.argv[1])
    pairs, places = gold(folder / "stem_gold_ud.tsv"), place_words(folder / "regions.tsv")
    inflected = [(form, lemma) for form, lemma in pairs if form != lemma]
    plain = [form for form, lemma in pairs if form == lemma]
    snowball = snowballstemmer.stemmer("indonesian")
    stemmers: dict[str, Stem] = {
        "telusur": ours,
        "simplemma": lambda word: simplemma.lemmatize(word, lang="id").lower(),
        "snowball": snowball.stemWord,
    }
    vocabulary = sorted({form for form, _ in pairs} | set(places))
    sure = doubts()
    print("stemmer\tinflected\tkept\tplaces changed\tunder\tover\tcold words/s\tinflected, sure\tkept, sure")
    for name, stem in stemmers.items():
        assert stem("rumah") == "rumah"
        right, kept = share(stem(f) == lemma for f, lemma in inflected), share(stem(f) == f for f in plain)
        changed = share(stem(word) != word for word in places)
        under, over = conflation(stem, pairs)
        speed = words_a_second(stem, vocabulary)
        sure_right = share(stem(f) == lemma for f, lemma in inflected if f not in sure)
        sure_kept = share(stem(f) == f for f in plain if f not in sure)
        print(
            f"{name}\t{right:.4f}\t{kept:.4f}\t{changed:.4f}\t{under:.4f}\t{over:.2e}\t{speed:,.0f}\t{sure_right:.4f}\t{sure_kept:.4f}"
        )
    if "--errors" in sys.argv:
        print("inflected:", *(f"{f}>{lemma}:{ours(f)}" for f, lemma in inflected if ours(f) != lemma))
        print("kept:", *(f"{f}:{ours(f)}" for f in plain if ours(f) != f))
        print("places:", *sorted({f"{word}:{ours(word)}" for word in places if ours(word) != word}))


if __name__ == "__main__":
    main()
