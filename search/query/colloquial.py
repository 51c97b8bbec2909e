"""Colloquial words, as readers type them and articles do not write them: bikinin, dengerin, nanyain."""

from collections.abc import Iterator

from indexer.analysis import Analyzer

_ENDING = "in"
_SHORTEST = 4  # letters of a word without its ending: satin and rubin are what they are
_NASALS = (("nge", ("", "k")), ("ng", ("", "k")), ("ny", ("c", "s")), ("n", ("t",)))
"""What a word begins with when it is spoken, and the letters that it is written with."""


def formal(word: str, analyzer: Analyzer) -> str:
    """
    Return the root of the folded *word* if it has a colloquial ending, else the word itself.

    >>> from indexer.analysis import Analyzer
    >>> [formal(word, Analyzer()) for word in ("bikinin", "dengerin", "ngomongin", "vitamin")]
    ['bikin', 'dengar', 'omong', 'vitamin']
    """
    if not word.endswith(_ENDING) or analyzer.is_known(word) or len(word) - len(_ENDING) < _SHORTEST:
        return word
    spoken = word.removesuffix(_ENDING)
    return next((root for root in _roots(spoken) if root != word and analyzer.is_known(root)), word)


def _roots(spoken: str) -> Iterator[str]:
    """Yield what may be written for *spoken*: an e of its last syllable may be an a, its nasal a prefix."""
    for nasal, letters in (("", ("",)), *_NASALS):
        if spoken.startswith(nasal):
            for letter in letters:
                root = letter + spoken.removeprefix(nasal)
                yield root
                before, e, after = root.rpartition("e")
                yield f"{before}a{after}" if e and before else root
