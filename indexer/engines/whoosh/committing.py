"""
Saves commits: a commit takes the place of the one before once all that it names is on disk.

Beside it stands Whoosh's own table of contents, which says the same for Whoosh; as that is a pickle, we write it and
never read it.
"""

from base64 import b64encode
from dataclasses import asdict
from pathlib import Path
from zlib import compress

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer import durable
from indexer.durable import named
from indexer.engines.whoosh import commits
from indexer.engines.whoosh.codec.segment import ArraySegment
from indexer.engines.whoosh.commits import FILE, FORMAT, Commit, Listed, checksum_of
from indexer.engines.whoosh.schema import whoosh_schema
from indexer.errors import CommitOvertaken

INDEX = "MAIN"
"""What the names of all segments begin with."""


def save(folder: Path, commit: Commit, over: Commit | None = None) -> None:
    """
    Make *commit* the valid one of *folder*, once the files of its segments and this step are on disk.

    It takes the place of the commit *over*, or of none. The caller keeps others from it, by the lock under which it
    read that one; that they were kept from it is seen to once more.

    Raises:
        CommitOvertaken: another commit is valid by now; *commit* is not saved.
    """
    _require(folder, over)
    for listed in commit.segments:
        for path in folder.glob(f"{listed.name}.*"):
            durable.sync(path)
    _save_contents(folder, commit)
    facts = {
        "format": FORMAT,
        "number": commit.number,
        "tally": commit.tally,
        "reach": asdict(commit.reach),
        "segments": [
            {**asdict(listed), "deleted": _packed(listed)}  # with its name, articles and checksum
            for listed in commit.segments
        ],
    }
    durable.write_json(folder / FILE, {**facts, "checksum": checksum_of(facts)}, indent=None)


def new_name() -> str:
    """Return a name for a segment that no other has."""
    return str(ArraySegment(INDEX).segment_id())


def _require(folder: Path, valid: Commit | None) -> None:
    found = commits.load(folder) if (folder / FILE).exists() else None
    if found != valid:
        raise CommitOvertaken(
            f"{folder / FILE} was replaced by another process while a change was worked out; nothing was saved over "
            "it: try again"
        )


def _save_contents(folder: Path, commit: Commit) -> None:
    """Write Whoosh's table of contents."""
    segments = [_as_whoosh(listed) for listed in commit.segments]
    (folder / f"_{INDEX}_{commit.number}.toc").unlink(missing_ok=True)  # of a commit that was interrupted
    with named(folder / f"_{INDEX}_{commit.number}.toc"):
        TOC(whoosh_schema(), segments, commit.number).write(FileStorage(str(folder)), INDEX)
    for path in folder.glob(f"_{INDEX}_*.toc"):
        if path.name == f"_{INDEX}_{commit.number}.toc":
            durable.sync(path)


def _as_whoosh(listed: Listed) -> ArraySegment:
    segment = ArraySegment(INDEX)
    segment.set_doc_count(listed.articles)
    segment.segid = listed.name.removeprefix(f"{INDEX}_")
    for document in listed.deleted:
        segment.delete_document(document)
    return segment


def _packed(listed: Listed) -> str:
    marks = np.zeros(listed.articles, bool)
    marks[list(listed.deleted)] = True
    return b64encode(compress(np.packbits(marks).tobytes())).decode() if listed.deleted else ""
