"""Acronyms: a digit within one repeats the letter before it, so that DP3AKB and DPPPAKB are one word."""

import re

_INNER_DIGIT = re.compile(r"[a-z]+(?:[2-5][a-z]+)+")
_FINAL_DIGIT = re.compile(r"[a-z][2-5]")
_REPEATED = re.compile(r"([a-z])([2-5])")


def written_out(word: str) -> str | None:
    """
    Return the folded acronym *word* with each digit written out as letters, or None where that is no reading.

    A digit between letters always is one. A digit at the end may be one (K3 is KKK) or not (B20, G20, S2).

    >>> written_out("dp3akb"), written_out("p2tp2a"), written_out("k3"), written_out("b20"), written_out("4g")
    ('dpppakb', 'pptppa', 'kkk', None, None)
    """
    if _INNER_DIGIT.fullmatch(word) or _FINAL_DIGIT.fullmatch(word):
        return _REPEATED.sub(lambda match: match[1] * int(match[2]), word)
    return None


def is_certain(word: str) -> bool:
    """Say whether the digits of *word* can mean nothing but repeated letters, as in P3K."""
    return _FINAL_DIGIT.fullmatch(word) is None
