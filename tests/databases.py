"""Database servers of the tests' own: each in a folder of its own, reached by a socket in it, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

SERVANT = "nobody"
"""Who runs the servers where root runs the tests: none of them would run as root."""


MARIADB = "mariadb-server-core mariadb-client-core"
"""Debian's packages of MariaDB without its service."""


@contextmanager
def postgresql() -> Iterator[str]:
    """Give out the address of a database of PostgreSQL."""
    initdb, pg_ctl = (_program(name, "postgresql") for name in ("initdb", "pg_ctl"))
    with _folder() as folder:
        data = str(folder / "data")
        _run([initdb, "-D", data, "-U", "telusur", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"])
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        _run([pg_ctl, "-D", data, "-l", folder / "log", "-o", options, "-w", "start"])
        try:
            yield f"postgresql://telusur@/postgres?unix_sock={folder}/.s.PGSQL.5432"
        finally:
            _run([pg_ctl, "-D", data, "-m", "immediate", "stop"])


@contextmanager
def mariadb() -> Iterator[str]:
    """Give out the address of a database of MariaDB."""
    install, mariadbd = (_program(name, MARIADB) for name in ("mariadb-install-db", "mariadbd"))
    with _folder() as folder:
        data = ["--no-defaults", f"--datadir={folder}/data"]
        _run([install, *data, "--auth-root-authentication-method=normal"])
        command = [mariadbd, *data, f"--socket={folder}/socket", "--skip-networking"]
        log = f"--log-error={folder}/log"
        server = subprocess.Popen([*command, log], stderr=subprocess.DEVNULL, **_as_servant())
        try:
            while not (folder / "socket").exists():
                assert server.poll() is None, (folder / "log").read_text()
                time.sleep(0.05)
            yield f"mariadb://root@localhost/mysql?unix_socket={folder}/socket"
        finally:
            server.kill()
            server.wait()


def _program(name: str, package: str) -> Path:
    """Return where the program *name* is, which may be off the search path; skip the test where it is not."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in [*debian, *map(Path, os.get_exec_path()), Path("/usr/sbin")]:
        if (folder / name).exists():
            return folder / name
    pytest.skip(f"no {name} here: sudo apt-get install {package}")


@contextmanager
def _folder() -> Iterator[Path]:
    """Give out a folder that the servant may enter; a socket's path must be short, too."""
    folder = Path(tempfile.mkdtemp(prefix="telusur-"))
    if os.getuid() == 0:
        shutil.chown(folder, SERVANT)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _run(command: Sequence[object]) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        **_as_servant(),
    )
    assert done.returncode == 0, done.stderr.decode()


def _as_servant() -> dict[str, object]:
    if os.getuid() != 0:
        return {}
    return {"user": SERVANT, "group": pwd.getpwnam(SERVANT).pw_gid, "extra_groups": []}
