"""Sentences: where they end in Indonesian prose, abbreviations and figures considered."""

import re

from indexer.analysis.tokens import Span

_END = re.compile(r"""[.!?…]+["'”’)\]]*\s+(?=[\W_]*[A-Z0-9À-Þ])|\n+""")
_ABBREVIATIONS = frozenset(
    "dr drs dra prof ir hj h st ust kh no nomor rp jl jln kab kec kel ds gg pt cv tbk s.d a.n u.p dll dsb dkk dst"
    " sdr sdri bpk yth tgl hlm vol tn ny kol letkol mayjen brigjen letjen jend irjen kombes kompol akp iptu muh".split()
)
_LAST_WORD = re.compile(r"[\w.]*$")


def sentences(text: str) -> list[Span]:
    """
    Return the span of each sentence of *text*, without the white space around it.

    A line break always ends one; a full stop does not after an abbreviation or an initial (Dr., Jl., H. Usman).

    >>> text = "Dr. Rina hadir. Ia bicara."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Dr. Rina hadir.', 'Ia bicara.']
    """
    spans, start = [], 0
    for end in _END.finditer(text):
        if end.group().startswith(".") and _is_abbreviation(text, start, end.start()):
            continue
        spans.append(_stripped(text, start, end.end()))
        start = end.end()
    spans.append(_stripped(text, start, len(text)))
    return [span for span in spans if span.start < span.end]


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    match = _LAST_WORD.search(text, max(start, stop - 12), stop)
    word = match.group() if match else ""
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
