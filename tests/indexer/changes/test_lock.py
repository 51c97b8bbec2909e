"""One process at a time applies changes, and everyone can see which, and what keeps it."""

import os
import subprocess
import sys

import pytest

from indexer.changes.lock import FILE, ApplierLock, holder
from indexer.errors import AnotherApplies


def test_who_holds_it_is_named_with_what_keeps_it(tmp_path):
    with ApplierLock(tmp_path) as lock:
        lock.tell("the disk is full")
        assert (holder(tmp_path).process, holder(tmp_path).trouble) == (os.getpid(), "the disk is full")
        with pytest.raises(AnotherApplies, match=rf"process {os.getpid()} applies changes and says: the disk is full"):
            ApplierLock(tmp_path).take()
    assert holder(tmp_path) is None


def test_what_was_said_before_is_not_said_of_the_next_holder(tmp_path):
    with ApplierLock(tmp_path) as lock:
        lock.tell("a long trouble " * 100)
    with ApplierLock(tmp_path) as lock:
        lock.take()
        assert holder(tmp_path).trouble == ""


def test_it_goes_with_the_process_that_holds_it(tmp_path):
    program = (
        "import sys, pathlib, indexer.changes.lock as l; lock = l.ApplierLock(pathlib.Path(sys.argv[1])); lock.take();"
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"held\n"
        assert holder(tmp_path).process == process.pid
        process.kill()
        process.wait()

        with ApplierLock(tmp_path):
            assert holder(tmp_path).process == os.getpid()


@pytest.mark.parametrize("content", [b"", b"{", b'{"process": 1}'])
def test_a_holder_that_says_nothing_readable_still_holds_it(tmp_path, content):
    with ApplierLock(tmp_path):
        (tmp_path / FILE).write_bytes(content)

        assert holder(tmp_path) is None
        with pytest.raises(AnotherApplies, match="another process applies changes"):
            ApplierLock(tmp_path).take()


def test_a_lock_that_cannot_be_made_says_why(tmp_path):
    with pytest.raises(FileNotFoundError):
        ApplierLock(tmp_path / "gone").take()
