import shutil
import ssl
import subprocess
from dataclasses import replace

import pytest

from indexer.errors import FetchFailed
from indexer.sources.fetching import Fetcher
from tests.serving import Reply, Site


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for kabar.example that nobody vouches for, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl here: sudo apt-get install openssl")
    folder = tmp_path_factory.mktemp("tls")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=kabar.example"
    )
    files = ["-addext", "subjectAltName=DNS:kabar.example", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run([*command.split(), *files], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def secure(certificate) -> Site:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    served = Site(lambda server: context.wrap_socket(server, server_side=True, do_handshake_on_connect=False))
    yield served
    served.close()


def over_tls(fetch, monkeypatch, trusted) -> Fetcher:
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    return Fetcher(replace(fetch, retries=0), resolve=lambda *_: ["127.0.0.1"])


def test_a_server_with_a_certificate_of_its_name_is_trusted(secure, fetch, certificate, monkeypatch):
    secure.says("/a", Reply("Isi"))
    fetcher = over_tls(fetch, monkeypatch, certificate / "cert.pem")

    assert fetcher.get(f"https://kabar.example:{secure.port}/a").content == b"Isi"


def test_a_server_with_the_certificate_of_another_name_is_not(secure, fetch, certificate, monkeypatch):
    fetcher = over_tls(fetch, monkeypatch, certificate / "cert.pem")

    with pytest.raises(FetchFailed, match="has no valid certificate: Hostname mismatch"):
        fetcher.get(f"https://lain.example:{secure.port}/a")
    assert secure.asked == []


def test_a_server_whose_certificate_nobody_vouches_for_is_not(secure, fetch):
    with pytest.raises(FetchFailed, match="has no valid certificate: self-signed"):
        Fetcher(fetch, resolve=lambda *_: ["127.0.0.1"]).get(f"https://kabar.example:{secure.port}/a")

    assert secure.asked == []


def test_a_redirect_from_a_secure_page_to_an_open_one_is_refused(secure, fetch, certificate, monkeypatch):
    secure.says("/a", Reply(status=302, headers={"Location": "http://kabar.example/"}))
    fetcher = over_tls(fetch, monkeypatch, certificate / "cert.pem")

    with pytest.raises(FetchFailed, match="which is not encrypted"):
        fetcher.get(f"https://kabar.example:{secure.port}/a")
