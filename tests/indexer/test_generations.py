import json

import pytest

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.errors import IndexOutdated, IndexUnavailable, SettingsError
from indexer.settings import AnalysisSettings
from tests.building import article, publish

FINGERPRINT = schema.fingerprint(Analyzer())


def test_without_an_index_the_remedy_is_named(tmp_path):
    with pytest.raises(IndexUnavailable, match="run `telusur reindex SOURCE…` first"):
        generations.live(tmp_path, FINGERPRINT)


def test_publishing_moves_one_pointer(index):
    first = publish(index, article("1")).generation
    second = publish(index, article("1"), article("2")).generation

    assert generations.live(index.path, FINGERPRINT).name == second.name > first.name
    assert [old.name for old in generations.complete(index.path)] == [first.name, second.name]


def test_only_as_many_generations_are_kept_as_asked(index):
    outcomes = [publish(index, article("1")) for _ in range(4)]

    assert [old.name for old in generations.complete(index.path)] == [o.generation.name for o in outcomes[-2:]]
    assert outcomes[-1].removed == [outcomes[-3].generation.name]


def test_a_generation_that_cannot_be_read_at_this_moment_is_not_removed_for_that(index):
    first, second, _ = (publish(index, article("1")).generation for _ in range(3))
    manifest = second.path / "manifest.json"
    whole = manifest.read_bytes()
    manifest.unlink()
    manifest.mkdir()
    publish(index, article("1"))
    manifest.rmdir()
    manifest.write_bytes(whole)

    assert not first.path.exists()
    assert generations.find(index.path, second.name) == second


@pytest.mark.parametrize("content", ["", "[]", '{"generation": 5}', '{"generation": "gone"}', "\xff"])
def test_a_damaged_pointer_is_named(index, content):
    publish(index, article("1"))
    generations.pointer(index.path).write_text(content, encoding="latin-1")

    with pytest.raises(IndexUnavailable, match="cannot be read"):
        generations.live(index.path, FINGERPRINT)


def test_a_damaged_manifest_is_named(index):
    path = publish(index, article("1")).generation.path / "manifest.json"
    path.write_text("{}", encoding="utf-8")

    with pytest.raises(IndexUnavailable, match=r"manifest.json cannot be read"):
        generations.live(index.path, FINGERPRINT)


def test_an_index_of_another_analyzer_is_refused_with_the_remedy(index):
    path = publish(index, article("1")).generation.path / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "fingerprint": "0-old"}), encoding="utf-8")

    with pytest.raises(IndexOutdated, match=r"with the analysis 0-old, this program has .*: run `telusur reindex`"):
        generations.live(index.path, FINGERPRINT)


def test_exceptions_of_an_operator_make_another_analysis(index, tmp_path):
    publish(index, article("1"))
    file = tmp_path / "own.tsv"
    file.write_text("# ours\n\nperkawinan\tkawin\nkediri\n", encoding="utf-8")
    analyzer = schema.open_analyzer(AnalysisSettings(str(file)))

    assert analyzer.exceptions == {"perkawinan": "kawin", "kediri": "kediri"}
    with pytest.raises(IndexOutdated):
        generations.live(index.path, schema.fingerprint(analyzer))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"Perkawinan\tkawin", "own.tsv:1: 'Perkawinan"), (b"a b\tc", "own.tsv:1"), (b"\xff", "cannot be read as UTF-8")],
)
def test_a_bad_file_of_exceptions_is_named_with_its_line(tmp_path, content, complaint):
    (tmp_path / "own.tsv").write_bytes(content)

    with pytest.raises(SettingsError, match=complaint):
        schema.open_analyzer(AnalysisSettings(str(tmp_path / "own.tsv")))


def test_the_manifest_knows_every_file(index):
    generation = publish(index, article("1")).generation
    inventory = generations.inventory(generation.path)
    inventory.pop("manifest.json")

    assert inventory == generation.manifest.files
    assert generation.manifest.bytes == sum(size for size, _ in inventory.values())


@pytest.mark.parametrize("folder", [".", "generations", "generations/{live}", "generations/{live}/engine"])
def test_an_index_that_anybody_may_write_is_refused(index, analyzer, folder):
    live = publish(index, article("1")).generation
    place = index.path / folder.format(live=live.name)
    place.chmod(0o777)

    with pytest.raises(IndexUnavailable, match="may be written by anybody"):
        generations.live(index.path, schema.fingerprint(analyzer))
    place.chmod(0o775)
    assert generations.live(index.path, schema.fingerprint(analyzer)).name == live.name
