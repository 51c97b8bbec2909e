"""
The affixes of Indonesian as tables: prefixes with their sound changes, suffixes, and which go together.

A prefix that nasalises (meN-, peN-) drops the k, p, s or t that a root begins with: *menulis* is meN- + *tulis*. A row
therefore says what the prefix looks like, what it took away, and before which letters it looks so. Which row is right
for a word only the lexicon can tell.
"""

from typing import NamedTuple

VOWELS = "aeiou"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Prefix(NamedTuple):
    """
    One look of a prefix.

    *surface* is what stands in the word, *name* which prefix it is, *restored* the letter that it took from the root,
    *before* the letters that can follow it, *longest* how many letters can at most.
    """

    surface: str
    name: str
    restored: str
    before: frozenset[str]
    longest: int | None = None


def _row(surface: str, name: str, restored: str = "", before: str = _LETTERS, longest: int | None = None) -> Prefix:
    return Prefix(surface, name, restored, frozenset(before), longest)


def _nasal(initial: str, name: str) -> tuple[Prefix, ...]:
    """Return the looks of meN- or peN-, which begin with the letter *initial*."""
    return (
        _row(f"{initial}e", name, "", "lmnrwy"),
        _row(f"{initial}em", name, "", "bfpv"),
        _row(f"{initial}em", name, "p", VOWELS + "r"),
        _row(f"{initial}en", name, "", "cdjstz"),
        _row(f"{initial}en", name, "t", VOWELS),
        _row(f"{initial}eny", name, "s", VOWELS),
        _row(f"{initial}eng", name, "", VOWELS + "ghk"),
        _row(f"{initial}eng", name, "k", VOWELS),
        _row(f"{initial}enge", name, longest=4),  # before a root of one syllable: bom, cat, tik
    )


PREFIXES: tuple[Prefix, ...] = (
    *_nasal("m", "meN"),
    *_nasal("p", "peN"),
    _row("ber", "ber"),
    _row("be", "ber", before="r"),
    _row("per", "per"),
    _row("pe", "pe"),
    _row("ter", "ter"),
    _row("te", "ter", before="r"),
    _row("di", "di"),
    _row("ke", "ke"),
    _row("ketidak", "ketidak"),
    _row("se", "se"),
    _row("ku", "ku"),
    _row("kau", "kau"),
)
"""Every look of every prefix."""

FIRST_PARTS = ("antar", "anti", "eks", "makro", "mikro", "multi", "non", "pasca", "pra", "semi", "sub", "ultra")
"""What is written onto a word that goes on being one: antarlembaga, nonaktif, pascabencana."""

PARTICLES = ("lah", "kah", "tah", "pun")
POSSESSIVES = ("nya", "ku", "mu")
DERIVATIONS = ("kan", "an", "i")

INNER = {
    "meN": frozenset({"per", "ber", "ter", "se", "ke", "peN", "pe"}),
    "di": frozenset({"per", "ber", "ter", "se", "ke", "peN", "pe"}),
    "ku": frozenset({"per", "ber", "se", "ke"}),
    "kau": frozenset({"per", "ber", "se", "ke"}),
    "peN": frozenset({"per", "ber", "ter", "se", "ke"}),
    "per": frozenset({"se", "ke", "ber"}),
    "pe": frozenset(),
    "ber": frozenset({"peN", "pe", "per", "ke", "se", "ter"}),
    "ter": frozenset({"per", "ber", "se", "ke", "peN"}),
    "ke": frozenset({"ber", "ter", "se", "pe", "peN", "per"}),
    "ketidak": frozenset({"se", "ter"}),
    "se": frozenset({"peN", "per", "pe", "ke", "ber", "meN", "ter"}),
}
"""Which prefixes can stand within which: memper-, keber-, sepeN-."""

SUFFIXES = {
    "meN": frozenset({"", "kan", "i"}),
    "di": frozenset({"", "kan", "i"}),
    "ku": frozenset({"", "kan", "i"}),
    "kau": frozenset({"", "kan", "i"}),
    "ter": frozenset({"", "kan", "i"}),
    "ber": frozenset({"", "an", "kan"}),
    "peN": frozenset({"", "an"}),
    "pe": frozenset({"", "an"}),
    "per": frozenset({"", "an", "kan", "i"}),
    "ke": frozenset({"", "an"}),
    "ketidak": frozenset({"an"}),
    "se": frozenset({"", "an"}),
}
"""Which derivational suffix can close a word that begins with a prefix: the outermost one decides."""
