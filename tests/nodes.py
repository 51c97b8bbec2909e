"""
Real OpenSearch nodes for tests, each a process of its own, from the distribution that Maven Central has.

    python -m tests.nodes      fetches it, which takes Maven; to run it takes a JDK of version 21 or later

It lies in a folder of the user's cache, or where OPENSEARCH_HOME says. As OpenSearch refuses root, root starts nodes as
`nobody`. Their disks may be as full as they like, and a lost copy is made anew at once.
"""

import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

VERSION = "3.8.0"
ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
CACHE = Path("/var/cache/telusur" if os.geteuid() == 0 else Path.home() / ".cache" / "telusur")
HOME = Path(os.environ.get("OPENSEARCH_HOME", CACHE / f"opensearch-{VERSION}"))
OLDEST_JAVA = 21
FETCH = f"run `python -m tests.nodes`, which needs Maven, and have a JDK of version {OLDEST_JAVA} or later"

_START = 300  # seconds that a node may take to start, on a machine that has other work too
_OPTIONS = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xss1m",
    "--add-modules=jdk.incubator.vector",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
    "-Djna.nosys=true",
    "-Dio.netty.noUnsafe=true",
    "-Dlog4j.shutdownHookEnabled=false",
    "-Dlog4j2.disable.jmx=true",
    "-Dopensearch.distribution.type=zip",
    "-Dopensearch.bundled_jdk=false",
)


def java() -> Path | None:
    """Return the newest JDK of the machine, None where none is new enough."""
    found = {home: _java_version(home) for home in Path("/usr/lib/jvm").glob("*") if (home / "bin/java").exists()}
    if given := os.environ.get("OPENSEARCH_JAVA_HOME"):
        found = {Path(given): _java_version(Path(given))}
    newest = max(found, key=found.__getitem__, default=None)
    return newest if newest and found[newest] >= OLDEST_JAVA else None


def missing() -> str:
    """Return why no node can be started here, empty where one can."""
    if java() is None:
        return f"there is no JDK of version {OLDEST_JAVA} or later"
    return "" if (HOME / "lib").is_dir() else f"{HOME} has no OpenSearch"


def fetch() -> None:
    """Fetch the distribution, unless it is there."""
    if not (HOME / "lib").is_dir():
        _unpack()
    for path in (HOME.parent, HOME, *HOME.rglob("*")):
        is_run = path.is_dir() or path.parent == HOME / "bin"
        path.chmod(path.stat().st_mode | (0o755 if is_run else 0o644))


def _unpack() -> None:
    HOME.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=HOME.parent) as draft:
        copy = ["mvn", "-B", "-q", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={draft}"]
        subprocess.run(copy, check=True)
        with zipfile.ZipFile(f"{draft}/opensearch-{VERSION}.zip") as packed:
            packed.extractall(draft)
        Path(draft, f"opensearch-{VERSION}").rename(HOME)


class Nodes:
    """A cluster of *count* nodes, whose data lie below *home*; ends them with the context."""

    def __init__(self, home, count=1, heap="512m") -> None:
        self.home, self.heap = home, heap
        self._ports = _free_ports(2 * count)
        self._processes = {}
        self._user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    @property
    def hosts(self):
        """The addresses of all nodes."""
        return [f"http://127.0.0.1:{port}" for port in self._ports[::2]]

    def __enter__(self):
        for number in range(len(self.hosts)):
            self.start(number)
        self.await_nodes(len(self.hosts))
        return self

    def __exit__(self, *_):
        for process in self._processes.values():
            process.kill()
            process.wait()

    def start(self, number):
        """Start the node *number*; `await_nodes` says when it is there."""
        home = self.home / str(number)
        if not home.exists():
            self._configure(home, number)
        options = [f"-Xms{self.heap}", f"-Xmx{self.heap}", f"-javaagent:{HOME}/agent/opensearch-agent.jar", *_OPTIONS]
        options += [f"-Djava.io.tmpdir={home / 'tmp'}", f"-Dopensearch.path.home={HOME}"]
        options += [f"-Dopensearch.path.conf={home}/config", "-cp", f"{HOME}/lib/*"]
        user = {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []} if self._user else {}
        with (home / "node.log").open("a") as log:
            self._processes[number] = subprocess.Popen(
                [f"{java()}/bin/java", *options, "org.opensearch.bootstrap.OpenSearch"],
                cwd=home,
                env={"PATH": os.environ["PATH"], "HOME": str(home)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                **user,
            )

    def kill(self, number):
        """Kill the node *number*, as the loss of its machine would."""
        self._processes[number].kill()
        self._processes[number].wait()

    def pause(self, number, signal):
        """Send *signal* to the node *number*, such as one that stops or continues it."""
        self._processes[number].send_signal(signal)

    def call(self, path, *, method="GET", body=None, number=None):
        """Return what a node answers that runs, or the node *number*."""
        numbers = [number] if number is not None else [n for n, own in self._processes.items() if own.poll() is None]
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - our own nodes
            self.hosts[numbers[0]] + path, data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(request, timeout=90) as answer:  # noqa: S310 - as above
            return json.load(answer)

    def await_nodes(self, count):
        """Wait until so many nodes are there and all copies of all indexes are on one of them."""
        end = time.monotonic() + _START
        while time.monotonic() < end:
            for number, process in self._processes.items():
                log = self.home / str(number) / "node.log"
                assert process.poll() in {None, -9}, f"a node has ended: {log.read_text()[-2000:]}"
            try:
                self.call(f"/_cluster/health?wait_for_nodes={count}&wait_for_status=green&timeout=20s")
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise AssertionError(f"{count} nodes are not there after {_START} s: see {self.home}")

    def _configure(self, home, number):
        shutil.copytree(HOME / "config", home / "config")
        for name in ("data", "logs", "tmp"):
            (home / name).mkdir()
        names = [f"node-{own}" for own in range(len(self.hosts))]
        several = {
            "discovery.seed_hosts": [f"127.0.0.1:{port}" for port in self._ports[1::2]],
            "cluster.initial_cluster_manager_nodes": names,
        }
        settings = {
            "cluster.name": "tests",
            "node.name": names[number],
            "network.host": "127.0.0.1",
            "http.port": self._ports[2 * number],
            "transport.port": self._ports[2 * number + 1],
            "path.data": str(home / "data"),
            "path.logs": str(home / "logs"),
            "action.auto_create_index": False,
            "cluster.routing.allocation.disk.threshold_enabled": False,
            **({"discovery.type": "single-node"} if len(names) == 1 else several),
        }
        lines = [f"{name}: {json.dumps(value)}\n" for name, value in settings.items()]
        (home / "config" / "opensearch.yml").write_text("".join(lines))
        for path in (home.parent, home, *home.rglob("*")):
            if self._user:
                os.chown(path, self._user.pw_uid, self._user.pw_gid)


def _java_version(home: Path) -> int:
    release = home / "release"
    found = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.MULTILINE) if release.exists() else None
    return int(found[1]) if found else 0


def _free_ports(count):
    """Return ports that nobody listens at."""
    with ExitStack() as stack:
        socks = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [sock.getsockname()[1] for sock in socks]


if __name__ == "__main__":
    fetch()
    sys.exit(missing() or None)
