"""Sentences: where they end in Indonesian prose, abbreviations and figures considered."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from indexer.analysis.tokens import Span

ABBREVIATIONS = tuple(
    "dr drs dra prof ir hj h st ust kh no nomor rp jl jln kab kec kel ds gg pt cv tbk s.d a.n u.p dll dsb dkk dst"
    " sdr sdri bpk yth tgl hlm vol tn ny kol letkol mayjen brigjen letjen jend irjen kombes kompol akp iptu muh".split()
)
"""Words after which a stop ends no sentence."""


def _never_after(words: Iterable[str]) -> str:
    """Return a regular expression of a place that does not follow one of *words*, all of one length, and a stop."""
    return rf"(?<!(?<![\w.])(?i:{'|'.join(map(re.escape, words))})\.)"


_NO_ABBREVIATION = "".join(_never_after(words) for _, words in groupby(sorted(ABBREVIATIONS, key=len), key=len))
_NO_INITIAL = r"(?<!(?<![\w.])[A-ZÀ-ÖØ-Þ]\.)"
_END = re.compile(
    rf"""[.!?…\n] (?<![.!?…][.!?…])  # one set of signs to begin with takes half the time of two branches
    (?: (?<=\n) \n*
      | {_NO_INITIAL} {_NO_ABBREVIATION} [.!?…]*+ ["'”’)\]]*+ [^\S\n]++ (?=[\W_]{{0,20}} [A-Z0-9À-Þ]) )""",
    re.VERBOSE,
)
"""What ends a sentence; its parts are bounded, or never tried twice, so that no text takes longer than its length."""


def sentences(text: str) -> Iterator[Span]:
    """
    Yield the span of each sentence of *text*, without the white space around it.

    A line break always ends one; a full stop does not after an abbreviation or an initial (Dr., Jl., H. Usman).

    >>> text = "Dr. Rina hadir. Ia bicara."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Dr. Rina hadir.', 'Ia bicara.']
    """
    start = 0
    for end in _ends(text):
        span = _stripped(text, start, end)
        if span.start < span.end:
            yield span
        start = end


def sentence_around(text: str, place: int, *, since: int = 0) -> Span:
    """
    Return the sentence of *text* in which the character at *place* stands, which is no white space.

    Nothing before *since* is looked at: a place where a sentence ends.
    """
    start = max(since, text.rfind("\n", since, place) + 1)
    for match in _END.finditer(text, start):
        if (end := match.end()) > place:
            return _stripped(text, start, end)
        start = end
    return _stripped(text, start, len(text))


def _ends(text: str) -> Iterator[int]:
    """Yield where each sentence of *text* ends, with the white space after it."""
    yield from (match.end() for match in _END.finditer(text))
    yield len(text)


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
