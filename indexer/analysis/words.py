"""Single words: the folded surface -> the exact form and the stems, with what was done and why."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from indexer.analysis import acronyms, spelling
from indexer.analysis.data import rows
from indexer.analysis.fingerprint import fingerprint
from indexer.analysis.kept_lexicon import kept
from indexer.analysis.lexicon import Lexicon
from indexer.analysis.stemmer import Stemmer, default_stemmer

CACHED_STEMS = 1 << 14
"""Words whose roots are remembered: halves of doubled words, of which each is asked for three times, and of queries."""

_PLURAL_2 = re.compile(r"([a-z]{3,})2")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to a word: its *name*, what came out, and why."""

    name: str
    result: str
    reason: str


class Reading(NamedTuple):
    """What a word is found by; see `indexer.analysis.tokens.Token`."""

    exact: str
    stems: tuple[str, ...]


class WordReader:
    """Reads single folded words; safe to share between threads."""

    def __init__(self, exceptions: Mapping[str, str], lexicon: Lexicon | None, file: Path | None = None) -> None:
        """Read by *lexicon*, or by the project's own, kept in *file*, and by *exceptions*, which go before it."""
        self._exceptions = exceptions
        self._lexicon, self._file = lexicon, file

    @cached_property
    def stemmer(self) -> Stemmer:
        """The stemmer; made with the first word, for the lexicon takes a fifth of a second to load."""
        lexicon = self._lexicon or (kept(fingerprint({}), self._file) if self._file else None)
        if not lexicon and not self._exceptions:
            return default_stemmer()
        return Stemmer(lexicon or default_stemmer().lexicon, self._exceptions)

    @cached_property
    def stem(self) -> Callable[[str], str]:
        """Return the root of a word, as the stemmer does; remembered, for the halves of doubled words come again."""
        return lru_cache(maxsize=CACHED_STEMS)(self.stemmer.stem)

    def read(self, word: str) -> Reading:
        """Return what the folded *word* is found by."""
        if word.isalpha():
            exact = self.spelled(word)
            return Reading(exact, self._stems(exact))
        if doubled := _PLURAL_2.fullmatch(word):
            single = self.read(doubled[1])
            return Reading(f"{single.exact}-{single.exact}", single.stems)
        if letters := acronyms.written_out(word):
            return Reading(word, (letters,) if acronyms.is_certain(word) else (word, letters))
        return Reading(word, (word,))

    def _stems(self, word: str) -> tuple[str, ...]:
        found = self.stemmer.stems(word)
        root = spelling.standard(found[0])
        parts = _parts().get(root, ())
        if len(found) == 1 and not parts:  # as nearly all are
            return (root,)
        return tuple(dict.fromkeys((root, *map(spelling.standard, found[1:]), *parts)))

    def spelled(self, word: str) -> str:
        """Return the folded *word* in the standard spelling of today."""
        return spelling.modern(spelling.standard(word), self.stemmer.lexicon.is_known, self.is_written)

    def is_written(self, word: str) -> bool:
        """Say whether the folded *word* has a root, or is one that is written down; names are none."""
        root = self.stem(word)
        return root != word or root in self.stemmer.lexicon.written

    def steps(self, word: str) -> Iterator[Step]:
        """Yield what `read` does to the folded *word*, step by step; what changes nothing is left out."""
        if doubled := _PLURAL_2.fullmatch(word):
            yield Step("doubled", doubled[1], "a 2 doubles the word before it")
            word = doubled[1]
        if not word.isalpha():
            if letters := acronyms.written_out(word):
                yield Step("acronym", letters, "a digit repeats the letter before it")
            return
        if (standard := spelling.standard(word)) != word:
            yield Step("spelling", standard, "the list of non-standard spellings")
        if (today := self.spelled(word)) != standard:
            yield Step("spelling", today, "letters of before 1972, and today's form is known")
        yield from self._stemming(today)

    def _stemming(self, word: str) -> Iterator[Step]:
        parse = self.stemmer.parse(word)
        if self._stems(word) != (word,):
            taken = " ".join(parse.affixes)
            yield Step("stem", ", ".join(self._stems(word)), f"{parse.because}{': ' if taken else ''}{taken}")
        else:
            yield Step("kept", word, parse.because)


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    """Return the words that are written together, with those that they are made of."""
    return {row[0]: tuple(row[1].split()) for row in rows("compounds")}
