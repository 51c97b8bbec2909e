"""
Verification finds whatever is wrong with what was applied, and with files that are whole but not the right ones.

Damages of bytes are those of `test_whoosh_damage.py`; here every checksum is right.
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer import schema
from indexer.analysis import Analyzer
from indexer.changes.queue import FILE, ChangeQueue
from indexer.engines import open_inspector, open_writer
from indexer.engines.whoosh import commits, committing
from indexer.engines.whoosh.codec import building, manifest, merging
from indexer.engines.whoosh.codec.building import SegmentBuilder
from indexer.engines.whoosh.codec.columns import write_columns
from indexer.engines.whoosh.codec.occurrences import Forms, Occurrences
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.upkeep.acknowledged import repair
from indexer.upkeep.standing import standing
from indexer.upkeep.verification import verify
from tests.building import apply_changes, article, publish, record

WORDS = "padi jagung kedelai gandum kopi teh".split()
ARTICLES = [
    article(f"a{n}", title=f"Panen {word}", body=f"Petani memanen {word} di desa.", source="a.example", tags=["desa"])
    for n, word in enumerate(WORDS)
]


def queue(index, *changes):
    through = standing(index.path, "").current.through
    ChangeQueue(index.path).add([(name, given and record(given)) for name, given in changes], through)


def changed(index, *changes):
    queue(index, *changes)
    apply_changes(index)


def ids(index):
    (state,) = standing(index.path, "").states
    inspector = open_inspector("whoosh", state.generation.engine_folder)
    return {name for name in ("a0", "b", "c", "d", "e", "f") if inspector.articles_of(name)}


@pytest.fixture
def folder(index):
    """Return the engine's folder of an index of six articles, to which three changes came."""
    folder = publish(index, *ARTICLES).generation.engine_folder
    changed(index, ("b", article("b", body="Nelayan menangkap ikan.")))
    changed(index, ("a0", article("a0", body="Petani menjual padi.")), ("a1", None))
    return folder


def findings(index, sample=0):
    return [finding.problem for finding in verify(index.path, Analyzer(), sample).findings]


def test_an_index_that_is_whole_has_no_findings(index, folder):
    assert folder.exists() and findings(index) == []


# Within a segment, written anew with right checksums, of words that are not those of its texts


def rewritten(folder, change, monkeypatch, *, lengths=False):
    """Write the first segment anew under its name, its occurrences changed, and commit it; keep old *lengths*."""
    listed, *others = commits.load(folder).segments
    segment = OpenSegment(folder, listed.name)
    write = SegmentBuilder.write

    def changed_write(self, batches, columns, stored):
        write(self, lambda field: (change(field, own) for own in batches(field)), columns, stored)

    def with_old_lengths(file, columns, new):
        write_columns(file, columns, {field: segment.columns.lengths(field).whole() for field in new})

    monkeypatch.setattr(SegmentBuilder, "write", changed_write)
    if lengths:
        monkeypatch.setattr(building, "write_columns", with_old_lengths)
    anew = folder / "anew"
    anew.mkdir()
    merging.merge([(segment, np.ones(segment.articles, bool))], anew, listed.name)
    monkeypatch.undo()
    for path in anew.iterdir():
        path.replace(folder / path.name)  # not written over: it is mapped
    anew.rmdir()
    save(folder, replace(listed, checksum=manifest.checksum(folder, listed.name)), *others)


def save(folder, *segments, **facts):
    valid = commits.load(folder)
    committing.save(folder, replace(valid, number=valid.number + 1, segments=segments, **facts), over=valid)


def cut_out(field, text):
    """Return what takes the last document out of the posting list of a term."""

    def change(own_field, words):
        if own_field != field:
            return words
        own = words.term == (words.terms.index(text) if text else 0)
        stays = ~(own & (words.document == words.document[own].max()))
        forms = words.forms and Forms(words.forms.texts, words.forms.term, words.forms.form[stays])
        return Occurrences(words.terms, words.term[stays], words.document[stays], words.position[stays], forms)

    return change


def moved(field, text):
    """Return what moves the postings of a term one place on."""

    def change(own_field, words):
        if own_field == field:
            words.position[words.term == words.terms.index(text)] += 100
        return words

    return change


@pytest.mark.parametrize("lengths", [False, True], ids=["counted anew", "counted before"])
@pytest.mark.parametrize(
    "cut",
    [
        (schema.STEM, b"panen"),
        (schema.TITLE, b"panen"),
        (schema.SOURCE, b"a"),
        (schema.TAGS, b"desa"),
        ("source_key", b"a.example"),
        (schema.PUBLISHED, b""),
    ],
)
def test_a_posting_that_is_cut_out_is_found(index, folder, monkeypatch, cut, lengths):
    rewritten(folder, cut_out(*cut), monkeypatch, lengths=lengths)

    found = findings(index, 0 if lengths else 100)
    assert any(f"in the field {cut[0]}" in problem for problem in found), found


def test_a_posting_in_another_place_is_found(index, folder, monkeypatch):
    rewritten(folder, moved(schema.STEM, b"desa"), monkeypatch)

    assert any("misses 'desa' at" in problem for problem in findings(index, 100))


# Between segments


def test_an_id_that_is_doubled_is_found(index, folder, tmp_path):
    first, *others = commits.load(folder).segments
    other = another(tmp_path / "other", ARTICLES[2])
    for path in other.glob("MAIN_*.*"):
        shutil.copy(path, folder)
    save(folder, first, *others, *commits.load(other).segments)

    assert any("1 ids are those of several articles: 'a2'" in problem for problem in findings(index))


def another(folder, *articles):
    folder.mkdir()
    writer = open_writer("whoosh", folder, Analyzer())
    for given in articles:
        writer.add(given)
    writer.finish()
    return folder


def test_a_segment_that_is_swapped_for_an_older_one_of_its_name_is_found(index, folder, monkeypatch, tmp_path):
    first = commits.load(folder).segments[0].name
    kept = [Path(shutil.copy(path, tmp_path)) for path in folder.glob(f"{first}.*")]
    rewritten(folder, lambda _, words: words, monkeypatch)
    assert findings(index, 100) == []
    rewritten(folder, moved(schema.STEM, b"desa"), monkeypatch)
    for path in kept:
        (folder / path.name).unlink()
        shutil.copy(path, folder)

    assert any("is not the one that commit.json lists" in problem for problem in findings(index))


def test_a_segment_that_is_left_out_is_found(index, folder):
    save(folder, *commits.load(folder).segments[1:])

    assert any("its articles are not those that were put in" in problem for problem in findings(index))


def test_deletions_that_are_forgotten_are_found(index, folder):
    save(folder, *(replace(listed, deleted=()) for listed in commits.load(folder).segments))

    found = findings(index)
    assert any("several articles: 'a0'" in problem for problem in found), found


def test_an_article_that_was_taken_out_and_is_there_is_found(index, folder):
    first, *others = commits.load(folder).segments
    save(folder, replace(first, deleted=first.deleted[:1]), *others)

    assert any("'a1' (change 3) was taken out, and is there" in problem for problem in findings(index))


def test_too_many_deletions_are_found(index, folder):
    first, *others = commits.load(folder).segments
    gone = [replace(listed, deleted=tuple(range(listed.articles))) for listed in others]
    save(folder, first, *gone)

    assert any("acknowledged changes are not in it" in problem for problem in findings(index))


# Between the index and the queue


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("c", article("c")), "'c' (change 4) is not there"),
        (("a0", article("a0", body="Petani menanam padi.")), "'a0' (change 4) is there in another version"),
        (("a0", None), "'a0' (change 4) was taken out, and is there"),
    ],
)
def test_a_change_that_is_skipped_is_found_and_brought_back(index, folder, change, problem):
    queue(index, change)
    commit = commits.load(folder)
    save(folder, *commit.segments, reach=replace(commit.reach, through=4))
    assert any(problem in found for found in findings(index))

    assert repair(index.path, Analyzer()) == 1
    assert findings(index) == []
    assert repair(index.path, Analyzer()) == 0


def test_changes_that_are_gone_from_the_queue_are_found(index, folder):  # noqa: ARG001 - the index
    with closing(sqlite3.connect(index.path / FILE)) as database, database:
        database.execute("delete from changes where number = 2")

    assert any("1 changes between those that it has are not there" in problem for problem in findings(index))


def test_a_queue_that_is_an_older_copy_is_found_and_its_numbers_go_on_above(index, folder):  # noqa: ARG001 - the index
    queue(index, ("c", article("c")))
    shutil.copy(index.path / FILE, index.path / "older")
    changed(index, ("d", article("d")), ("e", article("e")))
    for path in index.path.glob(f"{FILE}*"):
        path.unlink()
    (index.path / "older").rename(index.path / FILE)
    assert any("through change 4, and the index through 6: it is an older copy" in p for p in findings(index))

    changed(index, ("f", article("f")))
    assert ids(index) >= {"c", "d", "e", "f"}


def test_a_queue_that_cannot_be_read_is_found(index, folder):  # noqa: ARG001 - the index
    for path in index.path.glob(f"{FILE}*"):
        path.unlink()
    (index.path / FILE).write_bytes(b"no database" * 100)

    assert any("changes.db cannot be" in problem for problem in findings(index))


def test_changes_that_failed_are_not_missed(index, folder):
    ChangeQueue(index.path).add([("x", {"title": "tanpa isi"})])
    apply_changes(index)

    assert folder.exists() and findings(index) == []
