"""
A lexicon as a file that is read at once: what several lists and a dictionary say, put together beforehand.

To put it together takes a tenth of a second, and the libraries that it needs as much again; to read the file takes a
tenth of that. It says by which lists it was made, and is passed over where they are others now.
"""

from itertools import chain
from pathlib import Path
from zlib import crc32

from indexer.analysis.lexicon import Lexicon

_HEAD = "lexicon 1"  # what the file is, and the number of its form


def keep(lexicon: Lexicon, fingerprint: str, path: Path) -> None:
    """Write *lexicon*, that of an analysis with this *fingerprint*, to *path*: a line of words for each of its sets."""
    mappings = (lexicon.exceptions, lexicon.counts, lexicon.forms)
    words = (
        *(sorted(listed) for listed in (lexicon.written, lexicon.counted, lexicon.names)),
        *chain.from_iterable((listed.keys(), map(str, listed.values())) for listed in mappings),
    )
    content = "\n".join(map("\t".join, words))
    path.write_text(f"{_head(fingerprint, content)}\n{content}", encoding="utf-8")


def kept(fingerprint: str, path: Path) -> Lexicon | None:
    """Return the lexicon at *path*; None where there is none, it is of another *fingerprint*, or it is damaged."""
    try:
        head, _, content = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    if head != _head(fingerprint, content):
        return None
    lines = [line.split("\t") if line else [] for line in content.split("\n")]
    written, counted, names, wrong, right, words, counts, forms, roots = lines
    return Lexicon(
        written=frozenset(written),
        counted=frozenset(counted),
        names=frozenset(names),
        exceptions=dict(zip(wrong, right, strict=True)),
        counts=dict(zip(words, map(int, counts), strict=True)),
        forms=dict(zip(forms, roots, strict=True)),
    )


def _head(fingerprint: str, content: str) -> str:
    return f"{_HEAD} {fingerprint} {crc32(content.encode())}"
