"""
Whichever call of the C library fails while an index is changed, nothing acknowledged is lost, doubled, or damaged.

Each write, sync, rename, opening, mapping, removal fails once, or all that need room fail from there on until there is
room again; in between, whoever changes the index tries again. TELUSUR_FAILURES says that one call of so many fails: 1
for each of them, 0 for each in all three ways, which takes an hour.
"""

import os

import pytest

from tests import failing

pytestmark = pytest.mark.long

EVERY = int(os.environ.get("TELUSUR_FAILURES", "40"))


@pytest.mark.skipif(not failing.has_compiler(), reason="no C compiler here: sudo apt-get install gcc libc6-dev")
def test_no_failure_of_a_disk_loses_or_doubles_an_acknowledged_change(tmp_path):
    ended = failing.run("tests.indexer.changes.failing_script", tmp_path, str(EVERY))

    assert len(ended) > 1000 / max(1, EVERY)
    assert [failure for failure in ended if failure["said"]] == []
