"""The fingerprint of the analysis: two programs of the same fingerprint make the same terms of a text."""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files

REVISION = 1
"""Raised by whoever changes the code of this package so that any text gets other terms."""


@cache
def fingerprint() -> str:
    """Return 16 hexadecimal digits over the code's revision, the word lists and the dictionary of simplemma."""
    digest = hashlib.sha256(f"{REVISION} simplemma {version('simplemma')}".encode())
    lists = files("indexer.analysis.data").iterdir()
    for item in sorted((item for item in lists if item.name.endswith(".tsv")), key=lambda item: item.name):
        digest.update(item.name.encode())
        digest.update(item.read_bytes())
    return digest.hexdigest()[:16]
