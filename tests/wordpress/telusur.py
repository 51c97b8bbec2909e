"""A service of Telusur, as the tests look at what it has."""

import json
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode

from indexer.keys import Keys
from indexer.settings import IndexSettings
from tests.building import article, publish
from tests.running import ended, started
from tests.wordpress.portal import eventually, opened

FOREIGN = article("lain.example-1", "Padi lain", "Menanam padi di tempat lain.", source="lain.example")
"""An article of another portal, which no search of ours may show."""


class Service:
    """A service over an index of its own, that can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self._index = folder / "index"
        publish(IndexSettings(self._index, "whoosh", 2, 1), FOREIGN)
        self.key = Keys(self._index).create("wordpress")
        self.address = ""
        self._process: subprocess.Popen[str] | None = None

    @property
    def settings(self) -> dict[str, object]:
        """Of the plugin: everything by this service."""
        return {"address": self.address, "key": self.key, "search": True, "push": True}

    def start(self) -> None:
        """Start, if it is not running."""
        if self._process is None:
            address, self._process = started(self._index, "serve")
            self.address = address.rstrip("/")

    def stop(self) -> None:
        """Stop, if it is running."""
        if self._process is not None:
            ended(self._process)
            self._process = None

    def empty(self) -> None:
        """Have nothing but the foreign article."""
        for name in self.ids():
            if name != FOREIGN.id:
                headers = {"Authorization": f"Bearer {self.key}"}
                opened(self._article(name), "DELETE", headers).close()
        assert eventually(lambda: self.ids() == [FOREIGN.id])

    def ids(self, query: str = "") -> list[str]:
        """Return the ids of what it finds for *query*, in order."""
        asked = urlencode({"q": query, "collapse": "false", "per_page": 50})
        with opened(f"{self.address}/v1/search?{asked}") as answer:
            return [hit["id"] for hit in json.load(answer)["hits"]]

    def article(self, name: str) -> dict | None:
        """Return the article of the id *name*, if it has one."""
        try:
            with opened(self._article(name)) as answer:
                return json.load(answer)
        except HTTPError as refused:
            refused.close()
            return None

    def _article(self, name: str) -> str:
        return f"{self.address}/v1/articles/{quote(name)}"
