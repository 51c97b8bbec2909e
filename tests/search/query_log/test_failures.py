"""Whichever call of the C library fails while the log is written, what was written is there and whole."""

import pytest

from tests import failing

pytestmark = pytest.mark.long


@pytest.mark.skipif(not failing.has_compiler(), reason="no C compiler here: sudo apt-get install gcc libc6-dev")
def test_no_failure_of_a_disk_damages_the_log_or_loses_what_was_written(tmp_path):
    ended = failing.run("tests.search.query_log.failing_script", tmp_path)

    assert len(ended) > 100
    assert [failure for failure in ended if failure["said"]] == []
