"""
Spelling: one form for words that are written in several ways.

Non-standard spellings (*ijin* for *izin*) by a written list; the spellings of before 1972 (*Soeharto*, *Djakarta*)
where a pair of letters shows them and the modern form is a known word. Both hold for articles and queries alike.
"""

import re
from collections.abc import Callable
from functools import cache

from indexer.analysis.data import rows

_OLD_MARK = re.compile("tj|dj|oe|sj|nj")
_OLD_ALONE = re.compile("tj|dj|oe|sj")  # for nj is a pair of today's letters too: menjanjikan, banjir
_SHORTEST_OLD = 5
"""Letters of the shortest word that is read so: shorter ones are names (Toer, Oei) and short forms (UNJ)."""
_OLD_LETTERS = (("tj", "c"), ("dj", "\0"), ("sj", "sy"), ("nj", "ny"), ("oe", "u"), ("j", "y"), ("\0", "j"))
"""What the old letters are today; a lone j is the modern y only where another mark shows the old spelling."""


def standard(word: str) -> str:
    """
    Return the standard spelling of the folded *word*, or the word itself.

    >>> standard("ijin"), standard("aktifitas"), standard("izin")
    ('izin', 'aktivitas', 'izin')
    """
    return written_forms().get(word, word)


def modern(word: str, is_known: Callable[[str], bool], has_root: Callable[[str], bool] = lambda _: False) -> str:
    """
    Return the folded *word* in today's letters, if it is in those of before 1972 and *is_known* knows it in today's.

    Where only letters show it that today's words have too, it stays if it *has_root* as it is.

    >>> modern("soerabaja", {"surabaya"}.__contains__), modern("maju", {"mayu"}.__contains__)
    ('surabaya', 'maju')
    """
    if len(word) < _SHORTEST_OLD or not _OLD_MARK.search(word):
        return word
    if not _OLD_ALONE.search(word) and has_root(word):
        return word
    today = word
    for old, new in _OLD_LETTERS:
        today = today.replace(old, new)
    return today if is_known(today) else word


@cache
def written_forms() -> dict[str, str]:
    """Return the non-standard forms of the written list with their standard ones."""
    return {form: row[1] for row in rows("spelling") for form in row[0].split()}


@cache
def chat_forms() -> dict[str, str]:
    """Return the abbreviations of chats with the words they stand for; only a query is read by them."""
    return {form: row[1] for row in rows("chat") for form in row[0].split()}
