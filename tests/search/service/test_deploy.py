"""What stands in deploy/ works: nginx in front of a server, the units of systemd, the settings, the image's parts."""

import re
import shutil
import socket
import subprocess
import tomllib
from pathlib import Path
from urllib.parse import quote

import pytest

from indexer import settings
from search.settings import Serving
from tests.building import article, in_body, publish
from tests.listening import eventually, everything

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
SERVICES = ("telusur.service", "telusur-reindex.service")
CLUSTER = ".d/cluster.conf"


def program(name, package):
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found:
        pytest.skip(f"{name} is not here; Debian's package is {package}")
    return found


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@pytest.fixture
def proxied(index, serve, tmp_path):
    """Run nginx with the site of deploy/ in front of a server with the settings of deploy/; give out its port."""
    nginx, port = program("nginx", "nginx-light"), free_port()
    publish(index, article("a/b"), in_body("padi", "1"))
    address, _ = serve("serve", "--config", str(DEPLOY / "telusur.toml"))
    behind = address.rstrip("/").rpartition(":")[2]
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    site = site.replace("127.0.0.1:8080", f"127.0.0.1:{behind}").replace("listen 80;", f"listen 127.0.0.1:{port};")
    own = f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; daemon off; events {{}}"
    places = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(f"{own} http {{ access_log off; {places} {site} }}", encoding="utf-8")
    process = subprocess.Popen([nginx, "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")])
    assert eventually(lambda: is_there(port))
    yield port
    process.terminate()
    process.wait()


def is_there(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def asked(port, said):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as sock:
        sock.sendall(said)
        return everything(sock)


def got(port, path, more=b""):
    return asked(port, b"GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n" % (path.encode(), more))


def test_through_the_proxy_searches_are_answered_and_ids_keep_their_slashes(proxied):
    assert b'"total":1' in got(proxied, "/v1/search?q=padi")
    assert b'"id": "a/b"' in got(proxied, f"/v1/articles/{quote('a/b', safe='')}")


def test_the_proxy_shows_nothing_of_operations_and_tells_who_asks(proxied):
    own = got(proxied, "/v1/search?q=padi", b"X-Forwarded-For: 9.9.9.9\r\n")

    assert got(proxied, "/metrics").startswith(b"HTTP/1.1 404") and got(proxied, "/readyz").startswith(b"HTTP/1.1 404")
    assert b"RateLimit: " in own or b"Ratelimit: " in own


def test_the_proxy_takes_no_request_that_two_servers_read_in_two_ways(proxied):
    both = b"POST /v1/analyze HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"

    assert asked(proxied, both + b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_the_proxy_refuses_one_who_asks_too_often(proxied):
    answers = [got(proxied, "/healthz").split()[1] for _ in range(120)]

    assert b"429" in answers and answers[0] == b"200"


def test_the_settings_are_settings():
    serving = Serving.of(settings.load(DEPLOY / "telusur.toml", {}))

    assert serving.access.own_networks == [] and serving.service.workers == 2


@pytest.fixture
def units(tmp_path):
    """Return a folder with the units as they are on a machine, and for both services what a cluster asks for."""
    for file in DEPLOY.glob("telusur*.*er*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8").replace("/opt/telusur/bin/telusur", "/bin/true")
            (tmp_path / file.name).write_text(text, encoding="utf-8")
    for unit in SERVICES:
        shutil.copytree(DEPLOY / "telusur.service.d", tmp_path / f"{unit}.d")
    return tmp_path


def complaints(unit):
    """Return what systemd says of *unit* and of what stands beside it."""
    analyze = program("systemd-analyze", "systemd")
    run = subprocess.run([analyze, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    return re.findall(r"(?:telusur|cluster)\S*:\d+:.*", run.stdout + run.stderr)


@pytest.mark.parametrize("unit", [*SERVICES, "telusur-reindex.timer"])
def test_the_units_are_understood(unit, units):
    assert complaints(units / unit) == []


@pytest.mark.parametrize("unit", SERVICES)
def test_what_a_cluster_asks_for_is_read_with_the_units(unit, units):
    own = units / f"{unit}.d" / "cluster.conf"
    own.write_text(own.read_text(encoding="utf-8").replace("IPAddressAllow", "IPAddressAllows"), encoding="utf-8")

    assert len(complaints(units / unit)) == 1  # so that the same file, unchanged, was understood


def test_the_unit_reaches_no_node_without_what_a_cluster_asks_for():
    own, more = ((DEPLOY / name).read_text(encoding="utf-8") for name in ("telusur.service", SERVICES[0] + CLUSTER))

    assert re.findall(r"^IPAddress\w+=.*", own, re.MULTILINE) == ["IPAddressDeny=any", "IPAddressAllow=localhost"]
    assert re.findall(r"^IPAddressAllow=(.+)", more, re.MULTILINE)


def test_the_unit_of_the_service_is_hardened():
    analyze = program("systemd-analyze", "systemd")
    run = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=20", str(DEPLOY / "telusur.service")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr  # an exposure of 2.0 at most, of 10


def test_the_image_is_made_of_what_is_there():
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = [name for line in re.findall(r"^COPY (?!--)(.+)$", text, re.MULTILINE) for name in line.split()[:-1]]

    assert copied and all((ROOT / name).exists() for name in copied)
    assert "USER telusur" in text and "HEALTHCHECK" in text


def test_the_variables_of_the_image_are_settings():
    known = tomllib.loads((ROOT / "config" / "telusur.toml").read_text(encoding="utf-8"))
    for file in ("Dockerfile", "compose.yaml", "compose.cluster.yaml"):
        for name in re.findall(r"TELUSUR_([A-Z_]+)", (DEPLOY / file).read_text(encoding="utf-8")):
            section, _, setting = name.lower().partition("_")
            assert setting in known[section]


def number(file, pattern):
    """Return what *pattern* finds once in a file of deploy/, a number and its unit, in bytes or seconds."""
    ((figures, unit),) = re.findall(pattern, (DEPLOY / file).read_text(encoding="utf-8"))
    return int(figures) * {"m": 1 << 20}.get(unit, 1)


def test_the_proxy_waits_longer_and_takes_more_than_the_service_so_that_this_answers(serving):
    service, connections = serving.service, serving.connections
    named = ("keepalive_timeout", "proxy_read_timeout", "client_max_body_size")
    kept, read, body = (number("nginx.conf", rf"{name} (\d+)([sm]);") for name in named)

    assert kept < connections.idle_timeout
    assert read > settings.load(environment={})["service"]["deadline"]
    assert body >= service.max_body_bytes


def test_what_ends_the_service_waits_until_all_is_answered(serving):
    assert number("telusur.service", r"TimeoutStopSec=(\d+)()") > serving.service.drain
    assert number("compose.yaml", r"stop_grace_period: (\d+)(s)") > serving.service.drain


def test_the_unit_may_open_all_connections(serving):
    assert number("telusur.service", r"LimitNOFILE=(\d+)()") > 2 * serving.connections.limit


@pytest.mark.parametrize("file", ["compose.yaml", "compose.cluster.yaml"])
def test_compose_understands(file):
    compose = program("docker-compose", "docker-compose")
    run = subprocess.run([compose, "-f", str(DEPLOY / file), "config"], capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    assert "telusur:" in run.stdout


def test_the_service_of_the_cluster_knows_all_its_nodes_and_no_other_asks_them():
    text = (DEPLOY / "compose.cluster.yaml").read_text(encoding="utf-8")
    hosts = re.findall(r"http://(node-\d):9200", text)

    assert hosts == re.findall(r"^  (node-\d):\n    <<: \*node", text, re.MULTILINE) == ["node-1", "node-2", "node-3"]
    assert "9200:" not in text


def test_the_variables_of_compose_make_nobody_an_own_client():
    lines = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    given = dict(re.findall(r"(TELUSUR_\w+): \"?([^\s\"]*)", lines))
    access = Serving.of(settings.load(environment=given)).access

    assert (access.own_networks, access.trusted_proxies) == ([], ["127.0.0.1"])
