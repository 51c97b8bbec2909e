"""Canaries: queries that must find something in a new index before it is published."""

from search.answers import Answers
from search.reviewing.comparison import TOP, top

_SIGN = " = "


def missed(canary: str, answers: Answers) -> str | None:
    """
    Return what *canary* does not find, None if it finds what it must.

    A canary is a query, which must find something, or ``query = id``, which must find that article among the first ten.
    """
    text, _, wanted = (part.strip() for part in (canary.rpartition(_SIGN) if _SIGN in canary else (canary, "", "")))
    found = top(answers, text)
    if not found:
        return f"the canary {text!r} finds nothing"
    if wanted and wanted not in found:
        return f"the canary {text!r} does not find {wanted!r} among the first {TOP}"
    return None
