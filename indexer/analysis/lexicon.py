"""
The words that the language has: roots, exceptions, names, and how frequent each word is.

Every list is free for commercial use: written for Telusur, or counted over articles (`indexer.analysis.data`), and the
Indonesian dictionary of simplemma (MIT), which is asked and not copied.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from indexer.analysis.data import rows

SHORTEST_ROOT = 2


@dataclass(frozen=True, slots=True)
class Lexicon:
    """
    What the stemmer knows of words, all in lower case.

    *written* are roots that somebody wrote down or the dictionary has, *counted* those that counting found.
    *exceptions* maps a word to its root whatever the rules say. *names* are never changed. *counts* says how often a
    word stands in running text. *forms* maps an inflected form to the root that the dictionary gives.
    """

    written: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    exceptions: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, *, roots: Iterable[str], counts: Mapping[str, int] | None = None) -> "Lexicon":
        """Return a lexicon of *roots* alone."""
        return cls(counted=frozenset(roots), counts=counts or {})

    @classmethod
    def load(cls, *, without: tuple[str, ...] = ()) -> "Lexicon":
        """Return the lexicon of the project's lists, *without* those of these names."""

        def read(name: str) -> list[tuple[str, ...]]:
            return [] if name in without else rows(name)

        forms = _dictionary()
        return cls(
            written=_words_of([*read("written_roots"), *read("spelling"), *read("compounds")])
            | (frozenset(forms.values()) - _words_of(read("not_roots"))),
            counted=frozenset(row[0] for row in read("roots")),
            exceptions={word: row[1] for row in read("exceptions") for word in row[0].split()},
            names=_words_of([*read("names"), *read("places"), *read("institutions")]),
            counts={row[0]: int(row[1]) for row in read("counts")},
            forms=forms,
        )

    def is_root(self, word: str) -> bool:
        """Say whether *word* can be what is left when all affixes are off."""
        return word in self.written or word in self.counted

    def is_known(self, word: str) -> bool:
        """Say whether *word* is a root, a name, or a form that is met with."""
        return self.is_root(word) or word in self.names or word in self.counts


@cache
def _dictionary() -> Mapping[str, str]:
    """Return the plain lower-case words of simplemma's dictionary with the roots that it gives them."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory  # noqa: PLC0415 - slow

    entries = DefaultDictionaryFactory().get_dictionary("id").items()
    return {
        form: root
        for form, root in entries
        if form.isalpha() and form.islower() and root.isalpha() and root.islower() and len(root) >= SHORTEST_ROOT
    }


def _words_of(listed: list[tuple[str, ...]]) -> frozenset[str]:
    """Return the words of a list that has several in a row."""
    return frozenset(word for row in listed for word in row[0].split())
