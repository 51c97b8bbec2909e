"""SECURITY.md names tests that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TESTS = re.findall(r"`((?:tests/)?[\w/]+\.py|tests/[\w/]+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("test", sorted(set(TESTS)))
def test_a_defence_has_the_test_that_is_named(test):
    assert (ROOT / test).exists() or (ROOT / "tests" / "search" / "service" / test).exists()


def test_every_threat_has_a_defence_and_a_test():
    rows = re.findall(r"^\| (?!threat|---)(.+) \|$", (ROOT / "SECURITY.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert len(rows) > 15 and all(row.count(" | ") == 2 and "`" in row.rpartition(" | ")[2] for row in rows)
