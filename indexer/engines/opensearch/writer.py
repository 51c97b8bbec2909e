"""Writes a new index of the cluster: several bulk requests at a time, and what makes it complete."""

import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path

from opensearchpy.exceptions import NotFoundError, RequestError

from indexer import clusters
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.bulk import MOST_BYTES, WAITING, Item, send
from indexer.engines.opensearch.client import require_tested
from indexer.engines.opensearch.copying import await_copies
from indexer.engines.opensearch.documents import Documents, encode
from indexer.engines.opensearch.failures import as_unavailable
from indexer.engines.opensearch.parts import DocumentPart
from indexer.engines.opensearch.place import Reach, new_place
from indexer.engines.opensearch.releases import Gathered, Releases
from indexer.errors import IndexUnavailable

INCOMPLETE = -1
"""What an index that is being filled says it goes through: no reader takes it for a complete one."""

_EXISTS = "resource_already_exists_exception"
"""What the cluster answers if the same request made the index before, whose answer was lost."""

_AHEAD = 2  # requests for each connection that wait or are under way; they are in memory


class OpenSearchWriter:
    """Implements `indexer.engines.IndexWriter`: articles are sent as they come, and numbered by their order."""

    def __init__(self, folder: Path, analyzer: Analyzer, jobs: int = 1) -> None:  # noqa: ARG002 - the cluster's own work
        """
        Make an empty index for the generation of *folder*, in the place of one that an interrupted build left.

        Raises:
            IndexUnavailable: the cluster cannot be reached, or has an index of that name which is not ours.
        """
        self._place, self._made = new_place(folder), Documents(analyzer)
        root = self._place.root
        self._settings = clusters.reached(root)
        self._reach = Reach(
            home=clusters.home(root), analysis=mapping.fingerprint(analyzer), since=0, through=INCOMPLETE, moment=0.0
        )
        require_tested(self._place.client, self._settings)
        self._create()
        self._pool = ThreadPoolExecutor(self._settings.writers, thread_name_prefix="bulk")
        self._sending: set[Future[None]] = set()
        self._gathered = Gathered()
        self._count = 0
        self._items: list[Item] = []
        self._bytes = 0

    def add(self, article: Article) -> bool:
        """Take *article* in, in the place of an earlier one with its id; say whether there was such a one."""
        return self._add(article.id, encode(self._made.of(article)))

    def take(self, part: DocumentPart) -> int:
        """Take in the articles of *part*, which come after those before; return how many replace an earlier one."""
        return sum(self._add(article_id, document) for article_id, document in part.documents())

    def finish(self, through: int = 0) -> int:
        """Complete the index: all of it is findable, and has its copies on other nodes; see `IndexWriter`."""
        self._send()
        self._await(0)
        with self._pool:
            refreshed = self._pool.submit(self._refresh)
            copied = self._gathered.copied()  # meanwhile: both take seconds
        refreshed.result()
        client, index = self._place.client, self._place.index
        Releases(client, index).group(copied)
        self._refresh()
        with as_unavailable():
            articles = int(client.count(index=index)["count"])
            client.indices.put_settings(index=index, body=mapping.ready(self._settings))
        await_copies(client, index)
        reach = self._reach
        self._place.note(
            Reach(home=reach.home, analysis=reach.analysis, since=through, through=through, moment=time.time())
        )
        return articles

    def abort(self) -> None:
        """Give up: what is under way is waited for, and the index removed, if the cluster can be reached."""
        self._pool.shutdown(cancel_futures=True)
        with suppress(IndexUnavailable), as_unavailable():
            self._place.client.indices.delete(index=self._place.index, ignore_unavailable=True)

    def _create(self) -> None:
        client, index = self._place.client, self._place.index
        with as_unavailable():
            with suppress(NotFoundError):
                client.indices.get(index=index)
                self._place.reach()  # raises where it is not ours
                client.indices.delete(index=index, ignore_unavailable=True, params=WAITING)
            try:
                body = mapping.new_index(self._settings, self._reach.meta())
                client.indices.create(index=index, body=body, params=WAITING)
            except RequestError as exc:
                if exc.error != _EXISTS or self._place.reach() != self._reach:
                    raise IndexUnavailable(
                        f"the cluster does not make the index {index} ({str(exc.error)[:300]}): see to "
                        "opensearch.prefix"
                    ) from exc

    def _add(self, article_id: str, document: bytes) -> bool:
        self._count += 1
        self._items.append(Item(article_id, document, self._count))
        self._bytes += len(document)
        if self._bytes >= MOST_BYTES:
            self._send()
        return self._gathered.add(article_id, document)

    def _send(self) -> None:
        """Hand over what was taken in, as soon as there is room; raises what went wrong with what was sent before."""
        if not self._items:
            return
        self._await(_AHEAD * self._settings.writers - 1)
        self._sending.add(self._pool.submit(send, self._place.client, self._place.index, self._items))
        self._items, self._bytes = [], 0

    def _refresh(self) -> None:
        with as_unavailable():
            self._place.client.indices.refresh(index=self._place.index, params=WAITING)

    def _await(self, most: int) -> None:
        """Wait until no more than *most* requests are under way or wait to be."""
        while len(self._sending) > most:
            done, self._sending = wait(self._sending, return_when=FIRST_COMPLETED)
            for sent in done:
                sent.result()
