"""
A real OpenSearch node, of an unpacked distribution and a JDK, started by the distribution's own script.

Its options are the distribution's but for the heap; its configuration, data and logs lie in a folder of their own, so
that the distribution is only read. As OpenSearch refuses root, root starts it as `nobody`, who must be allowed to read
the distribution and to reach that folder.
"""

import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from benchmarks.wire import Address

NAME = "opensearch"

_START = 180.0  # seconds that a node may take to start, on a machine that has other work too
_OLDEST_JAVA = 21
_NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Distribution:
    """OpenSearch as it is unpacked in *folder*, run by the JDK *java* with so much *heap*."""

    folder: Path | None
    java: Path | None
    heap: str = "2g"

    name = NAME

    def missing(self) -> str:
        """Return why no node can run here, an empty text if one can."""
        if not (self.folder and self._jars()):
            return "--opensearch names no unpacked distribution"
        if _major(self._java_version()) < _OLDEST_JAVA:
            return f"--java names no JDK of version {_OLDEST_JAVA} or later"
        return ""

    def version(self) -> str:
        """Return the versions of OpenSearch and Java, and the heap."""
        return f"{self._jars()[0].stem.removeprefix('opensearch-')} (Java {self._java_version()}, heap {self.heap})"

    @contextmanager
    def node(self, home: Path) -> Iterator["Node"]:
        """Start a node whose data are in *home*, and give it out when it answers."""
        assert not self.missing(), self.missing()
        address, transport = _free_addresses(2)
        self._configure(home, address, transport)
        user = pwd.getpwnam(_NOBODY) if os.geteuid() == 0 else None
        if user:
            for path in (home, *home.rglob("*")):
                os.chown(path, user.pw_uid, user.pw_gid)
        with (home / "node.log").open("w", encoding="utf-8") as log, ExitStack() as stack:
            process = subprocess.Popen(
                [str(self._folder / "bin" / "opensearch")],
                env=self._environment(home),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            node = Node(process.pid, address)
            node.await_start(process, home / "node.log")
            yield node

    @property
    def _folder(self) -> Path:
        assert self.folder
        return self.folder.resolve()

    def _jars(self) -> list[Path]:
        return sorted(self._folder.glob("lib/opensearch-[0-9]*.jar")) if self.folder else []

    def _java_version(self) -> str:
        """Return the version of the JDK as its own file says it, empty where there is none."""
        release = self.java / "release" if self.java else None
        text = release.read_text(encoding="utf-8") if release and release.exists() else ""
        found = re.search(r'^JAVA_VERSION="(.+)"$', text, re.MULTILINE)
        return found[1] if found else ""

    def _configure(self, home: Path, address: Address, transport: Address) -> None:
        for name in ("data", "logs", "tmp"):
            (home / name).mkdir(parents=True, exist_ok=True)
        shutil.copytree(self._folder / "config", home / "config", dirs_exist_ok=True)
        options = home / "config" / "jvm.options"
        kept = [line for line in options.read_text(encoding="utf-8").splitlines() if "gc.log" not in line]
        options.write_text("\n".join(kept) + "\n", encoding="utf-8")  # that log would lie in the distribution
        configuration = {
            "cluster.name": "benchmark",
            "discovery.type": "single-node",
            "network.host": address[0],
            "http.port": address[1],
            "transport.port": transport[1],
            "path.data": str(home / "data"),
            "path.logs": str(home / "logs"),
            "action.auto_create_index": False,
            "cluster.routing.allocation.disk.threshold_enabled": False,  # the disk may be as full as it likes
        }
        lines = [f"{name}: {json.dumps(value)}\n" for name, value in configuration.items()]
        (home / "config" / "opensearch.yml").write_text("".join(lines), encoding="utf-8")

    def _environment(self, home: Path) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "OPENSEARCH_JAVA_HOME": str(self.java.resolve() if self.java else ""),
            "OPENSEARCH_PATH_CONF": str(home / "config"),
            "OPENSEARCH_TMPDIR": str(home / "tmp"),
            "OPENSEARCH_JAVA_OPTS": f"-Xms{self.heap} -Xmx{self.heap}",
        }


@dataclass(frozen=True, slots=True)
class Node:
    """A node that runs: its process, and where it answers."""

    pid: int
    address: Address

    def call(self, method: str, path: str, document: object = None) -> Any:
        """Return what the node answers, which must be no error."""
        with closing(HTTPConnection(*self.address, timeout=600)) as connection:
            body = None if document is None else json.dumps(document)
            connection.request(method, path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            text = response.read().decode()
        assert response.status < 300, text
        return json.loads(text)

    def await_start(self, process: "subprocess.Popen[Any]", log: Path) -> None:
        """Wait until the node answers."""
        end = time.monotonic() + _START
        while time.monotonic() < end and process.poll() is None:
            try:
                self.call("GET", "/_cluster/health?wait_for_status=yellow&timeout=60s")
            except (OSError, HTTPException, AssertionError):  # nobody there yet, or not ready for it
                time.sleep(0.2)
            else:
                return
        raise AssertionError(f"OpenSearch did not start: {log.read_text(encoding='utf-8')[-2_000:]}")


def _major(version: str) -> int:
    """
    Return the first number of a version of Java, 0 of none.

    >>> _major("25.0.3"), _major("")
    (25, 0)
    """
    return int(version.partition(".")[0]) if version else 0


def _free_addresses(count: int) -> Sequence[Address]:
    """Return addresses that nobody listens at."""
    with ExitStack() as stack:
        socks = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [sock.getsockname() for sock in socks]
