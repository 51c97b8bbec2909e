"""The list of synonyms: ``kata = kata lain, singkatan``. What one line names means the same, whichever is asked for."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from indexer.analysis import LONGEST, Analyzer, function_words
from search.curating.lists import Draft, Line
from search.query import Stems, Synonyms
from search.query.words import groups

MOST_OTHERS = 8
"""Synonyms of one word that are looked for; a query has room for 64 words in all, and for so many phrases."""

_FORM = "write: kata = kata lain, singkatan"


class _Meant(NamedTuple):
    """A word of a line, or words in a row: as written, their stems, and the exact form of a single one."""

    written: str
    stems: Stems
    exact: str


def read_synonyms(draft: Draft, analyzer: Analyzer) -> Synonyms:
    """Return the synonyms of *draft*, as *analyzer* reads them."""
    others: dict[Stems, list[Stems]] = defaultdict(list)
    words: set[str] = set()
    longest = 1
    for line in draft.lines():
        alike = _meant(line, draft, analyzer)
        if len(alike) > 1:
            draft.entries += 1
            words.update(one.exact for one in alike if one.exact)
            longest = max(longest, *(len(one.stems) for one in alike))
            _add(others, [one.stems for one in alike])
    return Synonyms({stems: tuple(found) for stems, found in others.items()}, frozenset(words), longest)


def _add(others: dict[Stems, list[Stems]], alike: Sequence[Stems]) -> None:
    """Have each of *alike* mean the others too; what other lines said of it comes first."""
    for stems in alike:
        known = others[stems]
        known += [other for other in alike if other != stems and other not in known][: MOST_OTHERS - len(known)]


def _meant(line: Line, draft: Draft, analyzer: Analyzer) -> list[_Meant]:
    """Return what *line* says means the same; nothing where it does not say that of two."""
    first, sign, rest = line.text.partition("=")
    written = [one.strip() for one in (first, *rest.split(","))]
    if not sign or not all(written):
        draft.refuse(line.number, line.text, "has nothing on one side of = or beside a comma", _FORM)
        return []
    if len(written) > MOST_OTHERS + 1:
        draft.refuse(
            line.number,
            line.text,
            f"names {len(written)} words",
            f"name {MOST_OTHERS + 1} at most, the others elsewhere",
        )
        return []
    found: dict[Stems, _Meant] = {}
    for one in written:
        meant = _read(one, line, draft, analyzer)
        if meant and meant.stems in found:
            known = found[meant.stems].written
            draft.refuse(line.number, one, f"is the same word as {known!r} for a search", "take one of them out")
        elif meant:
            found[meant.stems] = meant
    return list(found.values())


def _read(written: str, line: Line, draft: Draft, analyzer: Analyzer) -> _Meant | None:
    """Return what *written* is for a search; None where no query can ask for it, which is noted."""
    tokens = [group[0] for group in groups(analyzer.analyze(written))]
    if not tokens:
        draft.refuse(line.number, written, "has no letter or figure", "name a word")
    elif len(tokens) > LONGEST:
        draft.refuse(line.number, written, f"has {len(tokens)} words", f"name {LONGEST} words at most")
    elif function_words().issuperset(token.exact for token in tokens):
        draft.refuse(line.number, written, "is a function word, for which no search looks", "take it out")
    else:
        exact = tokens[0].exact if len(tokens) == 1 else ""
        return _Meant(written, tuple(token.stems[0] for token in tokens), exact)
    return None
