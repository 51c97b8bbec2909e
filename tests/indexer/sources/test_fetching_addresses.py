import socket
from dataclasses import replace

import pytest

from indexer.errors import FetchFailed
from indexer.sources.fetching import Fetcher
from indexer.sources.fetching.addresses import is_public
from tests.serving import Reply


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_fetched_from_however_it_is_written(site, fetch, host):
    site.says("/a", Reply("rahasia"))

    with pytest.raises(FetchFailed, match=r"not public; set fetch\.allow_private"):
        Fetcher(replace(fetch, allow_private=False)).get(f"http://{host}:{site.port}/a")
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - not listened on
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:192.168.1.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d70e", True),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


def test_every_redirect_is_checked(site, fetch, monkeypatch):
    monkeypatch.setattr("indexer.sources.fetching.addresses.is_public", lambda address: address == "127.0.0.1")
    hosts = {"luar.example": ["127.0.0.1"], "dalam.example": ["127.0.0.2"]}
    fetcher = Fetcher(replace(fetch, allow_private=False), resolve=lambda host, _: hosts[host])
    site.says("/a", Reply(status=302, headers={"Location": f"http://dalam.example:{site.port}/b"}))

    with pytest.raises(FetchFailed, match=r"dalam\.example is 127\.0\.0\.2, an address that is not public"):
        fetcher.get(f"http://luar.example:{site.port}/a")
    assert site.paths == ["/a"]


def test_a_name_with_one_private_address_among_others_is_refused(fetch):
    fetcher = Fetcher(replace(fetch, allow_private=False), resolve=lambda *_: ["93.184.215.14", "10.0.0.1"])

    with pytest.raises(FetchFailed, match=r"is 10\.0\.0\.1"):
        fetcher.get("http://kabar.example/")


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(site, fetch):
    lookups = []
    fetcher = Fetcher(fetch, resolve=lambda host, _: lookups.append(host) or ["127.0.0.1"])
    site.says("/a", Reply("Isi"))

    assert fetcher.get(f"http://kabar.example:{site.port}/a").content == b"Isi"
    assert lookups == ["kabar.example"]
    assert site.asked[0][1]["host"] == f"kabar.example:{site.port}"


def test_the_next_address_of_a_name_is_tried_where_one_takes_no_connection(site, fetch):
    fetcher = Fetcher(replace(fetch, retries=0), resolve=lambda *_: ["127.0.0.2", "127.0.0.1"])
    site.says("/a", Reply("Isi"))

    assert fetcher.get(f"http://kabar.example:{site.port}/a").content == b"Isi"


def unknown(*_):
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def unsettled(*_):
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


def test_a_host_that_does_not_exist_is_named_at_once(fetch, pauses):
    with pytest.raises(FetchFailed, match=r"there is no host 'kabar\.example'"):
        Fetcher(fetch, resolve=unknown, sleep=pauses.append).get("http://kabar.example/")

    assert pauses == []


@pytest.mark.parametrize(
    ("resolve", "reason"), [(unsettled, "Temporary failure"), (lambda *_: [], "the host has no address")]
)
def test_a_name_that_cannot_be_looked_up_now_is_tried_again(fetch, pauses, resolve, reason):
    with pytest.raises(FetchFailed, match=f"{reason}.*tried 3 times"):
        Fetcher(fetch, resolve=resolve, sleep=pauses.append).get("http://kabar.example/")
