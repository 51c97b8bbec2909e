from pathlib import Path

import pytest

from indexer import settings
from indexer.errors import SettingsError
from indexer.settings import FetchSettings, IndexSettings
from search.settings import Service
from search.tuning import Highlighting, Ranking


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_defaults_are_those_of_the_file_that_comes_with_the_program():
    document = settings.load(environment={})

    assert settings.section(document, "index", IndexSettings) == IndexSettings(Path("data/index"), "whoosh", 2, 0)


def test_a_file_overrides_a_default_and_the_environment_the_file(tmp_path):
    file = written(tmp_path, "[service]\nport = 1\nthreads = 2\n[ranking]\nb = 1\n")
    document = settings.load(file, {"TELUSUR_SERVICE_PORT": "3", "TELUSUR_INDEX_PATH": "/x"})

    assert (document["service"]["port"], document["service"]["threads"]) == (3, 2)
    assert document["index"]["path"] == "/x"
    assert document["ranking"]["b"] == 1.0


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[index", "is no valid TOML"),
        ("port = 1", "'port' stands outside of any section"),
        ("[servise]\nport = 1", "there is no section [servise]; there are index"),
        ("[service]\nprot = 1", "has no setting 'prot'; it has host, port"),
        ("[service]\nport = 'x'", "service.port is 'x', which is no int; the default is 8080"),
        ("[service]\nport = true", "service.port is True"),
        ("[service]\nhost = 5", "service.host is 5, which is no str"),
    ],
)
def test_a_bad_file_is_refused_with_the_remedy(tmp_path, text, complaint):
    with pytest.raises(SettingsError) as caught:
        settings.load(written(tmp_path, text), {})

    assert complaint in str(caught.value)


def test_jobs_are_a_number_of_processes_or_all_cores():
    assert IndexSettings(Path("x"), "whoosh", 2, 3).processes == 3
    assert IndexSettings(Path("x"), "whoosh", 2, 0).processes >= 1
    with pytest.raises(SettingsError, match=r"index\.jobs is -1"):
        IndexSettings(Path("x"), "whoosh", 2, -1)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"gone.toml cannot be read: No such file"):
        settings.load(tmp_path / "gone.toml", {})


@pytest.mark.parametrize(("text", "value"), [("true", True), ("1", True), ("False", False), ("0", False)])
def test_a_switch_can_be_set_by_a_variable(text, value):
    assert settings.load(environment={"TELUSUR_FETCH_ALLOW_PRIVATE": text})["fetch"]["allow_private"] is value


def test_a_variable_that_is_no_switch_is_named():
    with pytest.raises(SettingsError, match="TELUSUR_FETCH_ALLOW_PRIVATE is 'ya', which is no bool"):
        settings.load(environment={"TELUSUR_FETCH_ALLOW_PRIVATE": "ya"})


def test_a_bad_variable_is_named():
    with pytest.raises(SettingsError, match="TELUSUR_SERVICE_PORT is 'x', which is no int"):
        settings.load(environment={"TELUSUR_SERVICE_PORT": "x"})


@pytest.mark.parametrize(
    ("section", "kind", "changed"),
    [
        ("index", IndexSettings, {"keep": 0}),
        ("fetch", FetchSettings, {"timeout": 0.0}),
        ("fetch", FetchSettings, {"retries": -1}),
        ("fetch", FetchSettings, {"user_agent": "Tel\r\nusur"}),
        ("ranking", Ranking, {"b": 1.5}),
        ("ranking", Ranking, {"k1": -1.0}),
        ("highlight", Highlighting, {"fragments": 0}),
        ("highlight", Highlighting, {"fragment_length": 10}),
        ("service", Service, {"port": 70_000}),
        ("service", Service, {"threads": 0}),
    ],
)
def test_a_value_out_of_range_is_refused(section, kind, changed):
    document = settings.load(environment={})

    with pytest.raises(SettingsError, match=next(iter(changed))):
        settings.section({section: {**document[section], **changed}}, section, kind)
