"""
Hints: letters of which any word holds some that is read as a certain term.

Affixes are written around a root, and a prefix takes at most its first letter: who looks for *tulis* need read no word
without *tulis* or *enulis* in it. What cannot be seen in a word's letters comes from the lists: its other spellings,
and exceptions. So a text can be searched for terms without reading its words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from indexer.analysis import spelling
from indexer.analysis.affixes import PREFIXES
from indexer.analysis.characters import MAX_TERM
from indexer.analysis.data import rows
from indexer.analysis.sightings import SHORT

_RUN = re.compile("[a-z0-9]+")
_CACHED = 1 << 12  # terms: those of some hundred queries
_NASAL = tuple({(prefix.surface[1:], prefix.restored, prefix.before) for prefix in PREFIXES if prefix.restored})


class Hints:
    """What words must hold to be read as a term, by the lists and by *exceptions* (words, and their roots)."""

    def __init__(self, exceptions: Mapping[str, str]) -> None:
        """Know also the words of *exceptions*."""
        self._irregular = _irregular(exceptions)
        self.of = lru_cache(_CACHED)(self._of)
        """
        Return the hints to a stem or exact form; none where that is not of the letters a to z.

        >>> sorted(Hints({}).of("tulis"))
        ['enulis', 'tulis']
        """

    def _of(self, term: str) -> frozenset[str]:
        if not term.isascii():
            return frozenset()
        letters = max(_RUN.findall(term), key=len, default="")  # of anak-anak one half: it is written anak2 too
        found = {*_looks(letters), *self._irregular.get(term, ())}
        return frozenset(hint[:MAX_TERM] for hint in (*found, *_spelled_otherwise(found)))

    @staticmethod
    def within(letters: str) -> frozenset[str]:
        """Return the hints to all exact forms that have *letters* in them."""
        return frozenset({letters, *_spelled_otherwise([letters])})


def _looks(letters: str) -> Iterator[str]:
    """Yield what is to be seen of the root *letters* in a word."""
    if letters:
        yield letters
        for surface, taken, before in _NASAL:
            if letters[0] == taken and letters[1:2] and letters[1] in before:
                yield surface + letters[1:]
        if len(letters) <= SHORT:  # which is seen alone, and behind a prefix
            yield from (prefix.surface + letters for prefix in PREFIXES if letters[0] in prefix.before)


def _spelled_otherwise(found: Iterable[str]) -> Iterator[str]:
    """Yield what is to be seen of *found* in other spellings."""
    for letters in found:
        for form in _forms_of(letters):
            yield from _looks(form)
        if "ny" in letters:
            old = letters.replace("ny", "nj")
            yield from (old, old.replace("y", "j"))


def _forms_of(letters: str) -> Iterator[str]:
    """Yield the non-standard forms of the standard ones that have *letters* in them."""
    lines = _standard_forms()
    place = lines.find(letters)
    while place >= 0:
        start, end = lines.rfind("\n", 0, place) + 1, lines.index("\n", place)
        yield from _non_standard()[lines[start:end]]
        place = lines.find(letters, end)


@cache
def _standard_forms() -> str:
    """Return the standard forms, a line for each, in which all that have some letters are found at once."""
    return "".join(f"{right}\n" for right in _non_standard())


@cache
def _non_standard() -> Mapping[str, list[str]]:
    """Return the non-standard forms by their standard one."""
    forms: dict[str, list[str]] = defaultdict(list)
    for form, right in spelling.written_forms().items():
        forms[right].append(form)
    return dict(forms)


def _irregular(exceptions: Mapping[str, str]) -> Mapping[str, set[str]]:
    """Return the words that show nothing of a term that they are read as, by this term."""
    words: dict[str, set[str]] = defaultdict(set)
    parts = {row[0]: row[1].split() for row in rows("compounds")}
    read_as = [(word, spelling.standard(root)) for word, root in exceptions.items()]
    read_as += [(word, part) for word, root in read_as for part in parts.get(root, ())]
    read_as += [(whole, part) for whole, own in parts.items() for part in own]
    for word, term in read_as:
        if not any(look in word for look in _looks(term)):
            words[term] |= set(_looks(word))
    return dict(words)
