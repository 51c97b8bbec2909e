"""A curation: what the lists of the editors say at one time, and by which a question is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.analysis import Analyzer
from search.curating.hiding import read_hidden
from search.curating.lists import BadLine, Listed, read_list
from search.curating.pins import Pins, key_of, read_pins
from search.curating.synonyms import read_synonyms
from search.query import NO_SYNONYMS, Synonyms
from search.tuning import Lists

_NOWHERE = Path()


@dataclass(frozen=True, slots=True)
class Curation:
    """What the three lists say."""

    synonyms: Listed[Synonyms]
    pins: Listed[Pins]
    hidden: Listed[frozenset[str]]

    @property
    def lists(self) -> dict[str, Listed[Synonyms] | Listed[Pins] | Listed[frozenset[str]]]:
        """The lists by the names of their settings."""
        return {"synonyms": self.synonyms, "pins": self.pins, "hidden": self.hidden}

    @property
    def state(self) -> str:
        """What answers depend on: equal lists have equal states."""
        return "-".join(listed.digest for listed in (self.synonyms, self.pins, self.hidden))

    def pinned(self, query: str, analyzer: Analyzer) -> tuple[str, ...]:
        """Return the ids that are pinned to *query*, in their order."""
        return self.pins.value.get(key_of(query, analyzer), ()) if self.pins.value else ()

    def problems(self) -> Iterator[str | BadLine]:
        """Yield what is wrong with the lists: those that cannot be read, and lines."""
        for listed in self.lists.values():
            yield from filter(None, (listed.trouble,))
            yield from listed.wrong


NO_CURATION = Curation(Listed(_NOWHERE, NO_SYNONYMS), Listed(_NOWHERE, {}), Listed(_NOWHERE, frozenset()))
"""The lists where nothing stands in them."""


def read_curation(files: Lists, analyzer: Analyzer, before: Curation = NO_CURATION) -> Curation:
    """Return what *files* say, as *analyzer* reads it; of those that did not change since *before* what they said."""
    return Curation(
        read_list(files.synonyms_file, before.synonyms, partial(read_synonyms, analyzer=analyzer)),
        read_list(files.pins_file, before.pins, partial(read_pins, analyzer=analyzer)),
        read_list(files.hidden_file, before.hidden, read_hidden),
    )
