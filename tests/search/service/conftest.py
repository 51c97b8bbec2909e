"""A real server, as a process of its own."""

import subprocess
import sys

import pytest

LOG = "server.log"
"""Where beside the index the servers log."""


@pytest.fixture
def serve(index):
    """Start the server over articles, and give out its address and process."""
    processes = []

    def start(*arguments: str) -> tuple[str, "subprocess.Popen[str]"]:
        command = [sys.executable, "-m", "search", *arguments, "--port", "0"]
        if arguments[0] == "serve":
            command += ["--index", str(index.path)]
        with (index.path.parent / LOG).open("a", encoding="utf-8") as log:
            process = subprocess.Popen(command, cwd=index.path.parent, stdout=subprocess.PIPE, stderr=log, text=True)
        processes.append(process)
        for line in process.stdout:
            if line.startswith("Telusur answers at"):
                return line.split()[-1], process
        raise AssertionError(process.wait())

    yield start
    for process in processes:
        process.kill()
        process.communicate()
