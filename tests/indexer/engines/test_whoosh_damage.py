"""Damage to an index on disk is an error that names the file, or changes nothing; it is never a wrong answer."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from indexer.engines import open_writer
from indexer.engines.whoosh import commits
from indexer.engines.whoosh.codec import manifest as manifests
from indexer.engines.whoosh.codec.fields import FIELDS
from indexer.engines.whoosh.codec.files import BLOCK
from indexer.engines.whoosh.codec.found import postings_of
from indexer.engines.whoosh.codec.reading import OpenSegment
from indexer.errors import IndexUnavailable
from indexer.schema import EXACT, WORD_FIELDS
from search.engines.whoosh.engine import WhooshEngine
from tests.building import article, in_body

FILES = (*manifests.FILES, manifests.ENDING)
ARTICLES = [
    article("1", title="Perkawinan anak", body="Kawin, mengawini, dan perkawinan pada 12 Januari 2025.", tags=["adat"]),
    article("2", body="padi " * 300 + "anak-anaknya 24,5 persen", author="Rina Lestari"),
    *(in_body("kawin", f"kawin-{n}") for n in range(70)),
]
OTHERS = [*ARTICLES[1:], article("1", title="Perkawinan anak", body="Kawin, mengawini, dan perceraian pada 2025.")]


def written(folder: Path, articles, analyzer) -> Path:
    folder.mkdir()
    writer = open_writer("whoosh", folder, analyzer)
    for given in articles:
        writer.add(given)
    writer.finish()
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory, analyzer) -> Path:
    return written(tmp_path_factory.mktemp("whole") / "engine", ARTICLES, analyzer)


@pytest.fixture
def folder(whole, tmp_path) -> Path:
    return shutil.copytree(whole, tmp_path / "engine")


def file_of(folder: Path, ending: str) -> Path:
    (path,) = folder.glob(f"*.{ending}")
    return path


def content(folder: Path) -> list[object]:
    """Return everything that can be read of the index in *folder*."""
    (listed,) = commits.load(folder).segments
    segment = OpenSegment(folder, listed.name)
    columns = segment.columns.columns(segment.titles.all())
    found: list[object] = [
        listed,
        segment.articles,
        list(segment.stored.documents()),
        columns.ids,
        columns.keys,
        columns.titles,
    ]
    found += [[segment.words[number] for number in range(len(segment.words))], segment.words.holding.whole().tolist()]
    found += [columns.published.tolist(), segment.columns.newest.whole().tolist()]
    for field in (*FIELDS, EXACT):
        texts, facts = segment.forms if field == EXACT else segment.terms, segment.facts(field)
        found += [
            field,
            facts,
            *((text, postings(segment, field, text)) for text in texts.listed(facts.first, facts.last)),
        ]
    return found


def postings(segment: OpenSegment, field: str, text: bytes) -> tuple[object, ...]:
    found = postings_of(segment, field, text)
    if found is None:
        return ()
    slots = range(len(found.documents)) if field in WORD_FIELDS else ()
    places = [sorted(found.positions(place).tolist()) for place in slots]
    return found.documents.tolist(), found.weights.tolist(), places


def test_after_any_flipped_byte_there_is_the_same_content_or_an_error_that_names_the_file(whole, folder):
    expected, chance = content(whole), np.random.default_rng(4)
    refused = 0

    for path in (file_of(folder, ending) for ending in FILES):
        good = path.read_bytes()
        for place in flipped_places(path, good, chance):
            path.write_bytes(good[:place] + bytes([good[place] ^ int(chance.integers(1, 256))]) + good[place + 1 :])
            try:
                assert content(folder) == expected, (path, place)
            except IndexUnavailable as exc:
                assert str(path) in str(exc)  # noqa: PT017 - either outcome is right
                refused += 1
        path.write_bytes(good)
    assert refused > 100


def flipped_places(path: Path, good: bytes, chance: np.random.Generator) -> list[int]:
    """Return places in the file at *path*: some of each of its arrays, of its checksums, and any others."""
    facts = json.loads(file_of(path.parent, manifests.ENDING).read_text(encoding="utf-8"))["files"]
    regions = facts.get(path.suffix[1:], {"regions": {}})["regions"].values()
    spans = [(region["start"], region["count"] * np.dtype(region["dtype"]).itemsize) for region in regions]
    spans += [(len(good) - 4, 4), (0, len(good)), (0, len(good))]
    return [start + int(chance.integers(size)) for start, size in spans for _ in range(3) if size]


@pytest.mark.parametrize("ending", FILES)
@pytest.mark.parametrize("kept", [0, 1, 100, -100, -1])
def test_a_truncated_file_is_named(folder, ending, kept):
    path = file_of(folder, ending)
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(IndexUnavailable, match=f"{path.name} is damaged"):
        content(folder)


@pytest.mark.parametrize("ending", FILES)
def test_a_missing_file_is_named(folder, ending):
    file_of(folder, ending).unlink()

    with pytest.raises(IndexUnavailable, match=rf"\.{ending} is damaged \(it is missing\)"):
        OpenSegment(folder, commits.load(folder).segments[0].name)


@pytest.mark.parametrize("ending", FILES)
def test_a_file_of_another_segment_is_named(folder, tmp_path, analyzer, ending):
    other = written(tmp_path / "other", OTHERS, analyzer)
    path = file_of(folder, ending)
    path.write_bytes(file_of(other, ending).read_bytes())

    with pytest.raises(IndexUnavailable, match=f"{path.name} is damaged"):
        content(folder)


@pytest.mark.parametrize(("one", "other"), [("terms", "forms"), ("postings", "stored"), ("columns", "terms")])
def test_of_two_files_that_were_exchanged_one_is_named(folder, one, other):
    first, second = file_of(folder, one), file_of(folder, other)
    contents = first.read_bytes(), second.read_bytes()
    second.write_bytes(contents[0])
    first.write_bytes(contents[1])

    with pytest.raises(IndexUnavailable, match=f"({first.name}|{second.name}) is damaged"):
        content(folder)


def test_a_whole_segment_under_the_name_of_another_is_refused(folder, tmp_path, analyzer):
    other = written(tmp_path / "other", OTHERS, analyzer)
    for ending in FILES:
        shutil.copy(file_of(other, ending), file_of(folder, ending))

    with pytest.raises(IndexUnavailable, match="it is that of the segment"):
        content(folder)


@pytest.mark.parametrize(("module", "name"), [(manifests, "manifest"), (commits, "commit.json")])
def test_a_newer_format_asks_for_the_program_that_wrote_it(whole, monkeypatch, module, name):
    monkeypatch.setattr(module, "FORMAT", module.FORMAT - 1)

    with pytest.raises(IndexUnavailable, match=rf"{name} is of the format .* use the program that wrote it"):
        content(whole)


@pytest.mark.parametrize(
    "damage",
    [lambda good: good[:-9], lambda good: good[:0], lambda good: b"[" + good + b"]", lambda good: b"\xff" + good],
)
def test_a_damaged_commit_is_named_when_the_engine_opens(folder, ranking, damage):
    path = folder / commits.FILE
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(IndexUnavailable, match=f"{path.name} is damaged"):
        WhooshEngine(folder, ranking)


def test_every_flipped_byte_of_a_commit_is_noticed(whole, folder):
    path, expected = folder / commits.FILE, commits.load(whole)
    good = path.read_bytes()

    for place in range(len(good)):
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        try:
            assert commits.load(folder) == expected, place
        except IndexUnavailable as exc:
            assert path.name in str(exc)  # noqa: PT017 - either outcome is right


def test_whooshs_own_table_of_contents_is_never_read_by_ours(folder, ranking):
    for path in folder.glob("*.toc"):
        path.write_bytes(path.read_bytes()[:40])

    assert WhooshEngine(folder, ranking).article("kawin-1") == in_body("kawin", "kawin-1")


def test_damage_beyond_the_first_block_is_found_when_it_is_read(tmp_path, analyzer):
    folder = written(
        tmp_path / "engine",
        [article(f"{n}", body=np.random.default_rng(n).bytes(4_000).hex()) for n in range(40)],
        analyzer,
    )
    path = file_of(folder, "stored")
    flipped = bytearray(path.read_bytes())
    flipped[BLOCK + 5] ^= 1
    path.write_bytes(flipped)
    segment = OpenSegment(folder, commits.load(folder).segments[0].name)

    assert segment.stored[0]
    with pytest.raises(IndexUnavailable, match="stored is damaged"):
        list(segment.stored.documents())
