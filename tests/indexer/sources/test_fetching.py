from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from indexer.errors import FetchFailed, SourceUnavailable
from indexer.sources.fetching import Fetcher
from tests.serving import Reply

BUSY = Reply(status=503)


def test_an_answer_is_given_with_its_address_and_headers(site, fetcher):
    site.says("/a%20b?q=%C3%A9", Reply("Isi", headers={"Content-Type": "text/html; charset=Latin1"}))
    answer = fetcher.get(f"{site.address}/a b?q=é")

    assert (answer.content, answer.charset, answer.status) == (b"Isi", "latin1", 200)
    assert site.paths == ["/a%20b?q=%C3%A9"]
    assert site.asked[0][1]["user-agent"] == "Telusur"


def test_what_did_not_change_comes_from_the_cache(site, fetch, fetcher):
    headers = {"ETag": '"1"', "Last-Modified": "Thu, 14 Aug 2025 01:30:00 GMT"}
    address = site.says("/a", Reply("Isi", headers=headers), Reply(status=304))

    assert [fetcher.get(address).content, Fetcher(fetch).get(address).content] == [b"Isi", b"Isi"]
    assert site.asked[1][1]["if-none-match"] == '"1"'
    assert site.asked[1][1]["if-modified-since"] == "Thu, 14 Aug 2025 01:30:00 GMT"


def test_what_changed_is_fetched_and_remembered_anew(site, fetcher):
    address = site.says("/a", *(Reply(f"Isi {n}", headers={"ETag": f'"{n}"'}) for n in (1, 2)), Reply(status=304))

    assert [fetcher.get(address).content for _ in range(3)] == [b"Isi 1", b"Isi 2", b"Isi 2"]


def test_without_a_folder_nothing_is_remembered(site, fetch):
    address = site.says("/a", Reply("Isi", headers={"ETag": '"1"'}))
    fetcher = Fetcher(replace(fetch, cache=""))

    assert fetcher.get(address).content == fetcher.get(address).content == b"Isi"
    assert "if-none-match" not in site.asked[1][1]


@pytest.mark.parametrize("damage", [b"", b"{}\nIsi", b"\xff\xfe", b"null\n"])
def test_a_damaged_file_of_the_cache_is_fetched_again(site, fetcher, tmp_path, damage):
    address = site.says("/a", Reply("Isi", headers={"ETag": '"1"'}))
    fetcher.get(address)
    (file,) = (tmp_path / "fetched").iterdir()
    file.write_bytes(damage or file.read_bytes()[:-1])

    assert fetcher.get(address).content == b"Isi"
    assert "if-none-match" not in site.asked[1][1]


def test_a_cache_that_cannot_be_written_is_named(site, fetch, tmp_path):
    (tmp_path / "file").write_text("x")
    fetcher = Fetcher(replace(fetch, cache=str(tmp_path / "file")))

    with pytest.raises(SourceUnavailable, match=r"file of fetch\.cache cannot be written \(File exists\)"):
        fetcher.get(site.says("/a", Reply("Isi", headers={"ETag": '"1"'})))


def test_a_busy_server_is_asked_again_after_pauses_that_double(site, fetcher, pauses):
    assert fetcher.get(site.says("/a", BUSY, BUSY, Reply("Isi"))).content == b"Isi"
    assert pauses == [1.0, 2.0]


def test_a_server_may_ask_for_a_longer_pause(site, fetcher, pauses):
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90))
    asking = [Reply(status=429, headers={"Retry-After": text}) for text in ("7", soon)]
    fetcher.get(site.says("/a", *asking, Reply("Isi")))

    assert pauses[0] == 7.0
    assert 60 < pauses[1] <= 90


def test_a_pause_beyond_all_patience_is_not_made(site, fetcher, pauses):
    with pytest.raises(FetchFailed, match="asks to come back in 3,600 seconds"):
        fetcher.get(site.says("/a", Reply(status=503, headers={"Retry-After": "3600"})))

    assert pauses == []


def test_a_pause_that_is_no_date_is_passed_over(site, fetcher, pauses):
    fetcher.get(site.says("/a", Reply(status=503, headers={"Retry-After": "nanti"}), Reply("Isi")))

    assert pauses == [1.0]


def test_a_server_that_stays_busy_is_given_up_with_the_reason(site, fetcher):
    with pytest.raises(
        FetchFailed, match=r"/a cannot be fetched \(it answers 503 Service Unavailable\), tried 3 times"
    ):
        fetcher.get(site.says("/a", BUSY))


@pytest.mark.parametrize(("status", "spoken"), [(404, "404 Not Found"), (410, "410 Gone"), (299, "299"), (304, "304")])
def test_an_answer_without_content_is_not_asked_for_again(site, fetcher, status, spoken):
    with pytest.raises(FetchFailed, match=f"/a answers {spoken}"):
        fetcher.get(site.says("/a", Reply(status=status)))

    assert len(site.asked) == 1


def test_a_host_that_is_down_is_not_waited_for_a_thousand_times(site, fetcher):
    for path in ("/a", "/b", "/c"):
        with pytest.raises(FetchFailed, match="tried 3 times"):
            fetcher.get(site.says(path, BUSY))
    with pytest.raises(FetchFailed, match="failed 3 times in a row, and was not asked again"):
        fetcher.get(site.says("/d", Reply("Isi")))

    assert len(site.asked) == 9


def test_one_good_answer_wins_trust_back(site, fetcher):
    for path in ("/a", "/b", "/good", "/c", "/d", "/good"):
        site.says(path, Reply("Isi") if path == "/good" else BUSY)
        if path != "/good":
            with pytest.raises(FetchFailed, match="tried 3 times"):
                fetcher.get(site.address + path)
        else:
            assert fetcher.get(site.address + path).content == b"Isi"


def test_requests_to_one_host_keep_their_distance(site, fetch, pauses):
    fetcher = Fetcher(replace(fetch, delay=50.0), sleep=pauses.append)
    for _ in range(3):
        fetcher.get(site.says("/a", Reply("Isi")))

    assert [round(pause / 50) for pause in pauses] == [1, 2]  # counted from now on, as no time passes while it sleeps


def test_redirects_are_followed_and_the_last_address_is_told(site, fetcher):
    site.says("/b", Reply(status=308, headers={"Location": "c"}))
    site.says("/c", Reply("Isi"))
    answer = fetcher.get(site.says("/a", Reply(status=301, headers={"Location": f"{site.address}/b"})))

    assert (answer.content, answer.url) == (b"Isi", f"{site.address}/c")


def test_a_circle_of_redirects_is_seen(site, fetcher):
    site.says("/b", Reply(status=302, headers={"Location": "/a"}))

    with pytest.raises(FetchFailed, match="/a is redirected in a circle, by way of http"):
        fetcher.get(site.says("/a", Reply(status=302, headers={"Location": "/b"})))


def test_redirects_without_end_are_cut_short(site, fetcher):
    for number in range(9):
        site.says(f"/{number}", Reply(status=302, headers={"Location": f"/{number + 1}"}))

    with pytest.raises(FetchFailed, match="/0 is redirected more than 5 times"):
        fetcher.get(f"{site.address}/0")


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://kabar.example/", "http://[", "http://x:y/", "gopher:x"]
)
def test_a_redirect_out_of_the_web_is_refused(site, fetcher, location):
    with pytest.raises(FetchFailed, match="is no address"):
        fetcher.get(site.says("/a", Reply(status=302, headers={"Location": location})))


@pytest.mark.parametrize(
    "address", ["ftp://a.example", "http://", "http://a.example:0", "http://a:b@a.example", "http://" + "a" * 70, "a"]
)
def test_what_is_no_address_is_named(fetcher, address):
    with pytest.raises(FetchFailed, match="is no address that can be fetched"):
        fetcher.get(address)
