"""Going back: another generation that is kept becomes the live one, in one step."""

from dataclasses import dataclass
from pathlib import Path

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.changes.applying import Updates, alone
from indexer.engines import announce, open_inspector
from indexer.errors import IndexOutdated, IndexUnavailable
from indexer.generations import Generation


@dataclass(frozen=True, slots=True)
class Return:
    """What a rollback did: which generation is live, which was, and how many changes were applied to it first."""

    generation: Generation
    before: str | None
    applied: int


def roll_back(root: Path, analyzer: Analyzer, name: str = "") -> Return:
    """
    Make the generation *name* the live one; without a name, the one that was published before the live one.

    Changes that were queued since it was live are applied to it first: none is lost.

    Raises:
        IndexUnavailable: there is none to go back to, or it is damaged.
        IndexOutdated: another program or another analysis wrote it.
    """
    with alone(root):
        before = generations.current_name(root)
        target = generations.find(root, name) if name else _earlier(root, before)
        _require_fit(target, schema.fingerprint(analyzer))
        applied = Updates(root, analyzer).bring_up(target)
        announce(target.manifest.engine, target.engine_folder)
        generations.point_to(root, target)
        return Return(target, before, applied)


def _earlier(root: Path, live: str | None) -> Generation:
    published = [old for old in generations.complete(root) if not old.manifest.refused]
    earlier = [old for old in published if live is None or old.name < live]
    if not earlier:
        raise IndexUnavailable(
            f"no generation at {root} is older than the live one: `telusur status` lists those that are kept, "
            "index.keep says how many"
        )
    return earlier[-1]


def _require_fit(target: Generation, fingerprint: str) -> None:
    written = target.manifest.fingerprint
    if written != fingerprint:
        raise IndexOutdated(
            f"the generation {target.name} was written with the analysis {written}, this program has {fingerprint}: "
            "go back with the program and the settings that wrote it"
        )
    damage = open_inspector(target.manifest.engine, target.engine_folder).damage()
    if damage:
        raise IndexUnavailable(
            f"the generation {target.name} is damaged ({damage[0].place} {damage[0].problem}): `telusur verify` lists "
            "all of it; the live index is as it was"
        )
