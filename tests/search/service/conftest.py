"""A real server, as a process of its own."""

import subprocess

import pytest

from tests.running import ended, started


@pytest.fixture
def serve(index):
    """Start the server over articles, and give out its address and process."""
    processes = []

    def start(*arguments: str) -> tuple[str, "subprocess.Popen[str]"]:
        address, process = started(index.path, *arguments)
        processes.append(process)
        return address, process

    yield start
    for process in processes:
        ended(process)
