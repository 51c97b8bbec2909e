"""What was fetched before, kept in a folder, so that a server need only say that nothing changed."""

import hashlib
import json
import os
from pathlib import Path

from indexer.errors import SourceUnavailable
from indexer.sources.fetching.exchange import Answer


class Cache:
    """A folder with one file an address: a line of JSON that describes the answer, then its content."""

    def __init__(self, folder: str) -> None:
        """Keep answers in *folder*, or nowhere if it is an empty text."""
        self._folder = Path(folder) if folder else None

    def load(self, address: str) -> Answer | None:
        """Return what *address* answered before, or None if that is not known or the file is damaged."""
        if self._folder is None:
            return None
        try:
            head, _, content = self._file(self._folder, address).read_bytes().partition(b"\n")
            known = json.loads(head)
            if known["address"] != address or known["sha256"] != hashlib.sha256(content).hexdigest():
                return None
            return Answer(known["url"], 200, known["headers"], content)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save(self, address: str, answer: Answer) -> None:
        """
        Remember what *address* answered, if the server can be asked whether it changed.

        Raises:
            SourceUnavailable: the folder cannot be written.
        """
        if self._folder is None or not {"etag", "last-modified"} & answer.headers.keys():
            return
        digest = hashlib.sha256(answer.content).hexdigest()
        head = {"address": address, "url": answer.url, "headers": dict(answer.headers), "sha256": digest}
        file = self._file(self._folder, address)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{os.getpid()}")
            draft.write_bytes(json.dumps(head).encode() + b"\n" + answer.content)
            draft.replace(file)
        except OSError as exc:
            raise SourceUnavailable(
                f"the folder {self._folder} of fetch.cache cannot be written ({exc.strerror}): name another, or none"
            ) from exc

    @staticmethod
    def _file(folder: Path, address: str) -> Path:
        return folder / hashlib.sha256(address.encode()).hexdigest()
