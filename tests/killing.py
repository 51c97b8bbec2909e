"""Runs something in a child process that is killed at the n-th write, sync or rename that it does."""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable

INTERCEPTED = frozenset(
    "write writelines fsync replace rename unlink remove rmdir mkdir truncate execute executemany executescript"
    " commit copyfile tofile".split()
)
"""The functions of C at which a child may be killed; among them all that change a file, or a database."""

Say = Callable[[str], None]


def killed_at(number: int, action: Callable[[Say], None]) -> tuple[list[str], int, bool]:
    """
    Run *action* in a child, which is killed just before its intercepted call *number*; 0 lets it end.

    Return what it said until then, how many such calls there were if it ended, and whether it was killed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _run(number, action, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        *said, last = [*pipe.read().split("\n")][:-1] or [""]
    _, status = os.waitpid(child, 0)
    was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert was_killed or os.WEXITSTATUS(status) == 0, said
    return (said, int(last), False) if not was_killed else ([*said, last] if last else said, 0, True)


def _run(number: int, action: Callable[[Say], None], pipe: int) -> None:
    """Do *action* and end the process."""
    calls = 0

    def watch(_frame, event, function) -> None:
        nonlocal calls
        if event == "c_call" and getattr(function, "__name__", "") in INTERCEPTED:
            calls += 1
            if calls == number:
                os.kill(os.getpid(), signal.SIGKILL)

    def say(text: str) -> None:
        sys.setprofile(None)
        os.write(pipe, f"{text}\n".encode())
        sys.setprofile(watch)

    code = 1
    try:
        threading.setprofile(watch)
        sys.setprofile(watch)
        action(say)
        sys.setprofile(None)
        threading.setprofile(None)
        os.write(pipe, f"{calls}\n".encode())
        code = 0
    except BaseException:  # noqa: BLE001 - the child must not go on as a second run of the tests
        sys.setprofile(None)
        traceback.print_exc()
    finally:
        os._exit(code)
