"""Changes a complete index of the cluster, in place: the last change of an article has the highest version."""

import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.bulk import Item, requests, send
from indexer.engines.opensearch.documents import Documents, encode
from indexer.engines.opensearch.failures import as_unavailable
from indexer.engines.opensearch.place import place_of
from indexer.engines.opensearch.releases import Releases
from indexer.errors import IndexOutdated

CHANGES = 1 << 61
"""Added to the versions of changes: above those of a build, which count its articles."""

_ROOM = 20, 10
"""
Bits of a version below the number of its change, and of these the bits below the number of its repair.

Whoever changes the index behind our back raises versions by one, or by a few; a repair must have higher ones still.
"""


class OpenSearchUpdater:
    """
    Implements `indexer.engines.IndexUpdater`.

    A call that fails may leave some of its changes in the index, but not counted as held: the same call again does them
    all, and those that are there already a second time, which changes nothing.
    """

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        """
        Change the index of the generation of *folder*, with articles read by *analyzer*.

        Raises:
            IndexUnavailable: the cluster cannot be reached, or does not have the index.
            IndexOutdated: it was written with another analysis.
        """
        self._place, self._made = place_of(folder), Documents(analyzer)
        written, own = self._place.reach().analysis, mapping.fingerprint(analyzer)
        if written != own:
            raise IndexOutdated(
                f"the index {self._place.index} was written with the analysis {written}, this program has {own}: run "
                "`telusur reindex SOURCE…`"
            )

    @property
    def through(self) -> int:
        """The number of the last change that the index holds."""
        return self._place.reach().through

    @property
    def articles(self) -> int:
        """The articles that it holds."""
        with as_unavailable():
            return int(self._place.client.count(index=self._place.index)["count"])

    def apply(self, put: Sequence[Article], gone: Collection[str], through: int) -> None:
        """
        Put articles in, and take those with the ids *gone* out.

        On return all copies of the index that are in use have this on disk, searches see it, and it says *through*.
        Where it said so already, this is a repair.
        """
        reach = self._place.reach()
        reach = replace(reach, repairs=reach.repairs + 1 if through == reach.through else 0)
        of_change, of_repair = _ROOM
        version = CHANGES + (through << of_change) + (reach.repairs << of_repair)
        client, index = self._place.client, self._place.index
        releases = Releases(client, index)
        documents = dict(zip((article.id for article in put), self._made.of_all(put), strict=True))
        others = releases.regrouped(documents, gone)
        items = [Item(article_id, encode(document), version) for article_id, document in documents.items()]
        items += [Item(article_id, None, version) for article_id in gone]
        for request in requests(items):
            send(client, index, request)
        releases.rewrite(others)
        with as_unavailable():
            client.indices.refresh(index=index)
        self._place.note(replace(reach, through=through, moment=time.time()))

    def begin_merge(self) -> None:
        """Return nothing: the cluster merges by itself."""
