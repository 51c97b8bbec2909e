import gzip
import socket
from dataclasses import replace

import pytest

from indexer.errors import FetchFailed
from indexer.sources.fetching import Fetcher
from tests.serving import Reply, dies, dribbles, hangs

OK = b"HTTP/1.0 200 OK\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"


def test_a_closed_port_is_reported(fetcher):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(FetchFailed, match="Connection refused"):
            fetcher.get(f"http://127.0.0.1:{closed.getsockname()[1]}/")


def test_a_host_that_hangs_is_given_up(site, fetch, pauses):
    with pytest.raises(FetchFailed, match=r"cannot be fetched \(timed out\), tried 3 times"):
        Fetcher(replace(fetch, read_timeout=0.05), sleep=pauses.append).get(site.says("/a", hangs(site)))


@pytest.mark.parametrize("start", [b"HTTP/1.0 2", OK + b"X-Name: ", OK + b"\r\n", OK + b"Content-Length: 9999\r\n\r\n"])
def test_a_server_that_dribbles_is_ended_at_its_time(site, fetch, pauses, start):
    with pytest.raises(FetchFailed, match=r"the answer took more than 0\.2 seconds"):
        Fetcher(replace(fetch, timeout=0.2), sleep=pauses.append).get(site.says("/a", dribbles(site, start)))


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.0 200",
        OK + b"Content-Length: 9\r\n\r\nIsi",
        CHUNKED + b"\r\n9\r\nIsi",
        CHUNKED + b"\r\n3\r\nIsi\r\n",
        OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"Isi" * 99, mtime=0)[:-9],
    ],
)
def test_a_server_that_dies_in_the_middle_is_asked_again(site, fetcher, said):
    assert fetcher.get(site.says("/a", dies(said), Reply("Isi berita"))).content == b"Isi berita"
    assert len(site.asked) == 2


def test_packed_and_chunked_answers_are_unpacked(site, fetcher):
    packed = gzip.compress(b"Isi")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    said = CHUNKED + b"Content-Encoding: gzip\r\n\r\n" + chunked

    assert fetcher.get(site.says("/a", dies(said))).content == b"Isi"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x" * 1_001),
        Reply(gzip.compress(b"x" * 50_000_000), headers={"Content-Encoding": "gzip"}),
        dies(OK + b"\r\n" + b"x" * 1_001),
    ],
    ids=["long", "bomb", "unsaid"],
)
def test_an_answer_beyond_its_measure_is_cut_off(site, fetch, reply):
    with pytest.raises(FetchFailed, match=r"has more than 1,000 bytes; fetch\.max_bytes may be raised"):
        Fetcher(replace(fetch, max_bytes=1_000)).get(site.says("/a", reply))


def test_an_answer_of_just_its_measure_is_taken(site, fetch):
    assert len(Fetcher(replace(fetch, max_bytes=1_000)).get(site.says("/a", Reply(b"x" * 1_000))).content) == 1_000


def test_what_cannot_be_unpacked_is_reported(site, fetcher):
    with pytest.raises(FetchFailed, match="cannot be unpacked"):
        fetcher.get(site.says("/a", Reply(b"plain", headers={"Content-Encoding": "gzip"})))
