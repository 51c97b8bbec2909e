"""The fingerprint of the analysis: two programs of the same fingerprint make the same terms of a text."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from indexer.analysis import affixes, compounds, dates
from indexer.analysis.data import FOLDER

REVISION = 5
"""Raised by whoever changes the code of this package so that any text gets other terms."""

_QUERY_ONLY = frozenset(("acronyms.tsv", "chat.tsv", "function_words.tsv"))
"""Lists that only queries are read by: no term of an index depends on them."""

_TABLES = (affixes.PREFIXES, affixes.INNER, affixes.SUFFIXES, affixes.FIRST_PARTS, dates.MONTHS, compounds.BOUND)


def fingerprint(exceptions: Mapping[str, str]) -> str:
    """Return 16 hexadecimal digits over all that terms depend on: code, tables, lists, simplemma, *exceptions*."""
    own = _own()
    return hashlib.sha256(f"{own} {sorted(exceptions.items())}".encode()).hexdigest()[:16] if exceptions else own


@cache
def _own() -> str:
    """Return the fingerprint without exceptions."""
    digest = hashlib.sha256(f"{REVISION} simplemma {_version_of('simplemma')} {_sorted(_TABLES)}".encode())
    for item in sorted(item for item in FOLDER.glob("*.tsv") if item.name not in _QUERY_ONLY):
        digest.update(item.name.encode())
        digest.update(item.read_bytes())
    return digest.hexdigest()[:16]


def _version_of(package: str) -> str:
    """Return the version of *package*, by which a folder beside it is named; `importlib.metadata` loads 20 ms long."""
    spec = find_spec(package)
    beside = Path(spec.origin).parents[1].glob(f"{package}-*.dist-info") if spec and spec.origin else ()
    names = [folder.name for folder in beside]
    if len(names) == 1:
        return names[0].removeprefix(f"{package}-").removesuffix(".dist-info")
    from importlib.metadata import version  # noqa: PLC0415 - see above

    return version(package)


def _sorted(table: object) -> str:
    """Return *table* as text that is the same in every process, whatever the order of its sets."""
    match table:
        case dict():
            return str(sorted((_sorted(key), _sorted(value)) for key, value in table.items()))
        case set() | frozenset():
            return str(sorted(map(_sorted, table)))
        case tuple() | list():
            return str([_sorted(item) for item in table])
    return str(table)
