"""What stands between us and a node, for tests: a relay that can fall silent, and a gateway with TLS and a password."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.listening import eventually

USER, PASSWORD = "telusur", "rahasia"
"""Whom the gateway lets through."""

_PIECE = 1 << 16
_SITE = """
user root;  # who else starts it stays who that is; root would read the folders of tests as nobody
pid {folder}/pid; error_log {folder}/error.log; daemon off; events {{}}
http {{
  access_log off; client_max_body_size 200m;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl; ssl_certificate {folder}/own.pem; ssl_certificate_key {folder}/own.key;
    auth_basic cluster; auth_basic_user_file {folder}/users;
    location / {{ proxy_pass {node}; proxy_set_header Authorization ""; proxy_read_timeout 150s; }}
  }}
}}
"""


class Relay:
    """Passes on what comes and goes, until it is told to be silent: then it takes connections and answers nothing."""

    def __init__(self, node: str) -> None:
        """Stand before *node*, an address such as http://127.0.0.1:9200."""
        host, _, port = node.rpartition("//")[2].partition(":")
        self._node = host, int(port)
        self._passing, self._stack = Event(), ExitStack()
        self._passing.set()
        self._socket = self._stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        Thread(target=self._accept, daemon=True).start()

    def fall_silent(self) -> None:
        """Pass nothing on, as if a cable were cut: nobody is told."""
        self._passing.clear()

    def speak(self) -> None:
        """Pass everything on again, what came meanwhile too."""
        self._passing.set()

    def close(self) -> None:
        """End all connections."""
        self._passing.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._stack.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                near, _ = self._socket.accept()
                far = socket.create_connection(self._node)
                for one, other in ((near, far), (far, near)):
                    Thread(target=self._pass, args=(self._stack.enter_context(one), other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):  # either side has gone
            while piece := one.recv(_PIECE):
                self._passing.wait()
                other.sendall(piece)
            other.shutdown(socket.SHUT_WR)


@contextmanager
def gateway(node: str, folder: Path) -> Iterator[str]:
    """Run nginx before *node*, which asks for a password over TLS; its certificate is *folder* / own.pem."""
    nginx, openssl = _program("nginx", "nginx-light"), _program("openssl", "openssl")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=node.example".split()
    asked += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{folder}/own.key", "-out", f"{folder}/own.pem"]
    subprocess.run([openssl, *asked], check=True, capture_output=True)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    site = folder / "nginx.conf"
    site.write_text(_SITE.format(folder=folder, port=port, node=node), encoding="utf-8")
    with subprocess.Popen([nginx, "-c", str(site), "-e", f"{folder}/error.log"]) as process:
        try:
            assert eventually(lambda: _is_there(port)), (folder / "error.log").read_text(encoding="utf-8")
            yield f"https://127.0.0.1:{port}"
        finally:
            process.terminate()


def _program(name: str, package: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found:
        pytest.skip(f"{name} is not here; Debian's package is {package}")
    return found


def _is_there(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
