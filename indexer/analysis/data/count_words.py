"""
Counts the words of an article collection, and writes the lists that only counting can give.

    python -m indexer.analysis.data.count_words ARTICLES.jsonl.gz

`counts.tsv`: how often a word stands in lower case; what tells a likely root from an unlikely one.
`roots.tsv`: frequent words that no affix explains, neither from a written root nor from the dictionary nor from each
other; a word of a language that borrows freely (turnamen, ekosistem) is its own root.
`names.tsv`: words that the stemmer would change, and that stand in capitals within sentences: Perbaungan, Sekayam.

The same articles give the same lists. Only words and counts are written, no text.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from indexer.analysis.lexicon import Lexicon
from indexer.analysis.stemmer import Parse, Stemmer

FOLDER = Path(__file__).parent
LEAST_COUNT = 12  # below it a word is as often a slip as a word
LEAST_ROOT_COUNT = 12
SHORTEST_ROOT = 4
_SPOKEN_TO = ("ku", "kau")  # Kubaca, Kutahu: titles of songs, where each word has a capital
_CLITIC = "-nya"
NAME_RATIO = 2.0  # a name stands in capitals this many times as often as in lower case

_SENTENCE = re.compile(r"[.!?:;\n\"“”(]")
_WORD = re.compile(r"[^\W\d_]+")
_COLLOQUIAL = re.compile(r"n[gy]?[aeiou]")  # ngobrol, nyari, nonton: the spoken form of a word that has a root


def count(bodies: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each word stands in lower case, and how often in capitals but not first in its sentence."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for body in bodies:
        for sentence in _SENTENCE.split(body):
            for place, word in enumerate(_WORD.findall(sentence)):
                if word.islower():
                    lower[word] += 1
                elif place:
                    capital[word.lower()] += 1
    return lower, capital


def frequent(lower: Counter[str]) -> dict[str, int]:
    """Return the words worth counting, in the order of the alphabet."""
    return {word: n for word, n in sorted(lower.items()) if n >= LEAST_COUNT and _is_plain(word)}


def unexplained(counts: dict[str, int], capital: Counter[str], known: Stemmer) -> list[str]:
    """Return the words of *counts* that *known* cannot take apart, without those that one of them explains."""
    words = [
        word
        for word, n in counts.items()
        if n >= LEAST_ROOT_COUNT
        and len(word) >= SHORTEST_ROOT
        and capital[word] < n
        and not _COLLOQUIAL.match(word)
        and known.parse(word).root == word
        and not known.lexicon.is_root(word)
    ]
    own = Stemmer(Lexicon.of(roots=words, counts=counts))
    derived = {word for word in words if any(_explains(root, word, counts) for root in own.roots_within(word))}
    return [word for word in words if word not in derived]


def names(lower: Counter[str], capital: Counter[str], known: Stemmer) -> list[str]:
    """
    Return the words that are names by their capitals, and that *known* would change.

    A word within prefix and suffix is none: Kementerian Perhubungan has a capital, and perhubungan is a word. Nor is a
    name with a clitic: Islamnya.
    """

    def is_a_name(word: str) -> bool:
        return capital[word] >= NAME_RATIO * max(1, lower[word])

    parses = (known.parse(word) for word in capital if is_a_name(word) and _is_plain(word))
    return sorted(
        parse.word
        for parse in parses
        if not parse.word.startswith(_SPOKEN_TO)
        and _would_be_hurt(parse)
        and not (parse.affixes == (_CLITIC,) and is_a_name(parse.root))
    )


def main() -> None:
    """Write the lists beside this file."""
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as articles:
        lower, capital = count(json.loads(line)["body"] for line in articles)
    counts = frequent(lower)
    _write("counts", ((word, str(n)) for word, n in counts.items()), "word, times in lower case")
    written = Lexicon.load(without=("roots", "names"))
    roots = unexplained(counts, capital, Stemmer(written))
    _write("roots", ((word,) for word in roots), "word")
    complete = Lexicon.load(without=("names",))
    _write("names", ((word,) for word in names(lower, capital, Stemmer(complete))), "word")


def _would_be_hurt(parse: Parse) -> bool:
    within = "-an" in parse.affixes and len(parse.affixes) > 1
    return parse.root != parse.word and not within


def _is_plain(word: str) -> bool:
    return word.isascii() and 2 < len(word) < 24  # noqa: PLR2004 - shorter ones have no affix, longer ones are slips


def _explains(root: str, word: str, counts: dict[str, int]) -> bool:
    """Say whether *root* is frequent enough beside *word* for *word* to come from it."""
    return root != word and counts[root] >= 0.02 * counts[word]


def _write(name: str, rows: Iterator[tuple[str, ...]], columns: str) -> None:
    head = f"# {columns}\n# Counted by count_words.py over 121,382 articles; Telusur, Apache-2.0.\n"
    (FOLDER / f"{name}.tsv").write_text(head + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
