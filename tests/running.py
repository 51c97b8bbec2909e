"""A real server, as a process of its own."""

import subprocess
import sys
from pathlib import Path

LOG = "server.log"
"""Where beside the index the servers log."""


def started(index: Path, *arguments: str) -> tuple[str, "subprocess.Popen[str]"]:
    """Start the server with *arguments*, such as ``serve`` over *index*; return its address and process."""
    command = [sys.executable, "-m", "search", *arguments, "--port", "0"]
    if arguments[0] == "serve":
        command += ["--index", str(index)]
    with (index.parent / LOG).open("a", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=index.parent, stdout=subprocess.PIPE, stderr=log, text=True)
    for line in process.stdout:
        if line.startswith("Telusur answers at"):
            return line.split()[-1], process
    raise AssertionError(process.wait())


def ended(process: "subprocess.Popen[str]") -> None:
    """End *process*, at once."""
    process.kill()
    process.communicate()
