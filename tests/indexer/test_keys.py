"""Keys are shown once, kept as hashes, and can be taken back."""

import pytest

from indexer.errors import KeysUnavailable, SettingsError
from indexer.keys import FILE, Keys


@pytest.fixture
def keys(tmp_path):
    return Keys(tmp_path)


def test_a_key_lets_in_the_one_whom_it_was_made_for(keys):
    first, second = keys.create("redaksi"), keys.create("cms")

    assert (keys.find(first).name, keys.find(second).name, keys.find("telusur_x")) == ("redaksi", "cms", None)


def test_only_the_hash_of_a_key_is_kept(keys, tmp_path):
    secret = keys.create("redaksi")

    assert secret not in (tmp_path / FILE).read_text(encoding="utf-8")


def test_a_key_that_is_taken_back_is_none(keys):
    secret = keys.create("redaksi")
    keys.revoke("redaksi")

    assert keys.find(secret) is None and keys.all() == []


def test_names_that_there_are_and_that_there_are_not_are_named(keys):
    keys.create("redaksi")

    with pytest.raises(SettingsError, match="there is a key 'redaksi'"):
        keys.create("redaksi")
    with pytest.raises(SettingsError, match="there is no key 'cms'; there are redaksi"):
        keys.revoke("cms")


def test_the_file_is_the_owners_alone(keys, tmp_path):
    (tmp_path / f"{FILE}.new").write_text("of a process that was killed", encoding="utf-8")
    keys.create("redaksi")

    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["{", "{}", '[{"name": 1}]', '[{"name": "a", "created": "", "digest": 1}]'])
def test_a_damaged_file_is_named(keys, tmp_path, content):
    (tmp_path / FILE).write_text(content, encoding="utf-8")

    with pytest.raises(KeysUnavailable, match=FILE):
        keys.all()
