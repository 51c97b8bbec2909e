"""What concerns several indexes of the cluster: the alias, which names the live one, and those that nobody needs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from indexer import clusters
from indexer.engines.opensearch.client import client_of
from indexer.engines.opensearch.failures import as_unavailable
from indexer.engines.opensearch.place import place_of, reach_of
from indexer.errors import IndexUnavailable


def announce(folder: Path) -> None:
    """
    Have the alias name the index of the generation of *folder* alone, in one step.

    Raises:
        IndexUnavailable: the cluster cannot be reached, or the alias is somebody else's.
    """
    place = place_of(folder)
    alias, home = clusters.reached(place.root).prefix, clusters.home(place.root)
    with as_unavailable():
        named = _named(place.client, alias)
        if foreign := sorted(index for index in named if not _is_of(home, named[index])):
            raise IndexUnavailable(
                f"{alias!r} is the name or an alias of {', '.join(foreign)} in the cluster, which is not ours: take it "
                "from there, or give another opensearch.prefix"
            )
        removed = [{"remove": {"index": index, "alias": alias}} for index in named if index != place.index]
        place.client.indices.update_aliases(
            body={"actions": [*removed, {"add": {"index": place.index, "alias": alias}}]}
        )


def sweep(generations: Path) -> list[str]:
    """
    Remove the indexes of those generations that are not in the folder *generations* any more; return their names.

    Raises:
        IndexUnavailable: the cluster cannot be reached.
    """
    root = generations.parent
    client, home, prefix = client_of(root), clusters.home(root), clusters.reached(root).prefix
    kept = {f"{prefix}-{folder.name.lower()}" for folder in generations.iterdir()}
    with as_unavailable():
        found = client.indices.get_mapping(index=f"{prefix}-*")
        needless = sorted(index for index in found if index not in kept and _is_of(home, found[index]["mappings"]))
        for index in needless:
            client.indices.delete(index=index)
    return needless


def _named(client: OpenSearch, alias: str) -> dict[str, Mapping[str, Any]]:
    """Return the indexes that have this name or alias, with their mappings."""
    try:
        return {index: facts["mappings"] for index, facts in client.indices.get(index=alias).items()}
    except NotFoundError:
        return {}


def _is_of(home: str, mapping: Mapping[str, Any]) -> bool:
    reach = reach_of(dict(mapping))
    return reach is not None and reach.home == home
