"""
How the cluster is reached that holds the articles of an index, where they do not lie in its folder.

    cluster.json   beside live.json: the section [opensearch] of the settings, as the last command gave it

A command writes it when its settings differ, so that whatever opens the index later, in whichever process, reaches the
cluster by them. It holds the password, and so only its owner may read it.
"""

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any
from uuid import uuid4

from indexer import durable
from indexer.errors import IndexUnavailable
from indexer.settings import ClusterSettings

_FILE = "cluster.json"
_HOME = "home"


def keep(root: Path, settings: ClusterSettings) -> None:
    """
    Have the index at *root* be reached as *settings* say; nothing where they name no hosts.

    Raises:
        IndexUnavailable: that cannot be written down.
    """
    if not settings.hosts:
        return
    path, known = root / _FILE, _known(root)
    document = {**asdict(settings), _HOME: known.get(_HOME) or uuid4().hex}
    if document == known:
        return
    try:
        root.mkdir(parents=True, exist_ok=True)
        durable.write_json(path, document, mode=0o600)
    except OSError as exc:
        raise IndexUnavailable(
            f"{path} cannot be written ({exc.strerror}): run the command as the user whom the index belongs to, once "
            "after the section [opensearch] of the settings was changed"
        ) from exc


def reached(root: Path) -> ClusterSettings:
    """
    Return how the cluster of the index at *root* is reached.

    Raises:
        IndexUnavailable: nothing says so.
    """
    known = _known(root)
    try:
        return ClusterSettings(**{field.name: known[field.name] for field in fields(ClusterSettings)})
    except LookupError:
        raise IndexUnavailable(
            f"{root / _FILE} does not say how the cluster is reached: set opensearch.hosts, and run `telusur status` "
            "with these settings"
        ) from None


def home(root: Path) -> str:
    """Return what tells the indexes in the cluster that belong to *root* from all others; empty where nothing does."""
    return str(_known(root).get(_HOME, ""))


def _known(root: Path) -> dict[str, Any]:
    try:
        known: dict[str, Any] = json.loads((root / _FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as exc:
        raise IndexUnavailable(
            f"{root / _FILE} cannot be read ({exc}): run the command as the user whom the index belongs to, or remove "
            "the file if it is damaged, and run `telusur reindex SOURCE…`"
        ) from exc
    return known
