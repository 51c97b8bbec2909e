"""Keys are shown once, kept as hashes, and can be taken back."""

import pytest

from indexer.errors import SettingsError
from indexer.keys import FILE, Keys


@pytest.fixture
def keys(tmp_path):
    return Keys(tmp_path)


def test_a_key_lets_in_the_one_whom_it_was_made_for(keys):
    first, second = keys.create("redaksi"), keys.create("cms")

    assert (keys.name_of(first), keys.name_of(second), keys.name_of("telusur_x")) == ("redaksi", "cms", None)


def test_only_the_hash_of_a_key_is_kept(keys, tmp_path):
    secret = keys.create("redaksi")

    assert secret not in (tmp_path / FILE).read_text(encoding="utf-8")


def test_a_key_that_is_taken_back_is_none(keys):
    secret = keys.create("redaksi")
    keys.revoke("redaksi")

    assert keys.name_of(secret) is None and keys.all() == []


def test_names_that_there_are_and_that_there_are_not_are_named(keys):
    keys.create("redaksi")

    with pytest.raises(SettingsError, match="there is a key 'redaksi'"):
        keys.create("redaksi")
    with pytest.raises(SettingsError, match="there is no key 'cms'; there are redaksi"):
        keys.revoke("cms")


def test_a_damaged_file_is_named(keys, tmp_path):
    (tmp_path / FILE).write_text("{", encoding="utf-8")

    with pytest.raises(SettingsError, match=FILE):
        keys.all()
