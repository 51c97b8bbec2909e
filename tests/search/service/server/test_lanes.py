"""What a request may cost is told by its first line: what readers type waits for no dear request."""

from threading import Event

import pytest

from search.service.server.lanes import Lane, Lanes, lane_of


@pytest.mark.parametrize(
    "query",
    ["q=padi", "q=pem*", "q=pemb%2A+lant*&page=2", "q=undang-und%2a", "q=pem*%20padi", f"q=padi&cursor={'x' * 900}"],
)
def test_what_readers_type_is_a_search(query):
    assert lane_of("GET", "/v1/search", query) is lane_of("GET", "/cari", query) is Lane.SEARCH


@pytest.mark.parametrize(
    "query",
    [
        *("q=a*", "q=pe*", "q=p*n", "q=*an", "q=b%3fnjir", "q=banjr~2", "q=pem*+ban*+mas*"),
        *("q=padi&explain=true", "q=padi&per_page=100", f"q={'a' * 300}"),
    ],
)
def test_what_widens_much_is_dear(query):
    assert lane_of("GET", "/v1/search", query) is lane_of("GET", "/cari.rss", query) is Lane.DEAR


@pytest.mark.parametrize("path", ["/v1/suggest", "/v1/articles/a", "/v1/articles/a/similar", "/v1/tasks/7"])
def test_what_asks_the_index_is_a_search(path):
    assert lane_of("GET", path, "") is Lane.SEARCH


def test_a_click_waits_and_counts_as_a_search():
    assert lane_of("POST", "/v1/click", "") is Lane.SEARCH


@pytest.mark.parametrize(
    "path", ["/healthz", "/metrics", "/telusur.css", "/telusur.js", "/robots.txt", "/opensearch.xml"]
)
def test_what_is_no_search_is_quick(path):
    assert lane_of("GET", path, "q=a*") is Lane.QUICK


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/highlight"), ("GET", "/v1/articles/a/highlight"), ("GET", "/artikel/a%2Fb")]
)
def test_marking_whole_texts_is_dear(method, path):
    assert lane_of(method, path, "") is Lane.DEAR


def test_it_is_known_whether_a_search_is_in_work():
    lanes, began, ended = Lanes(threads=2, longest=9), Event(), Event()

    def search():
        began.set()
        ended.wait()

    assert not lanes.searching()
    lanes.add(Lane.DEAR, search)
    began.wait()
    assert not lanes.searching()
    began.clear()
    lanes.add(Lane.SEARCH, search)
    began.wait()
    assert lanes.searching()
    ended.set()
    lanes.end()
    while lanes.searching():
        pass


def test_a_search_that_failed_is_not_in_work_any_more(caplog):
    lanes, after = Lanes(threads=1, longest=9), Event()
    lanes.add(Lane.SEARCH, lambda: 1 / 0)
    lanes.add(Lane.SEARCH, after.set)
    after.wait()
    lanes.end()
    while lanes.searching():
        pass

    assert "could not be served" in caplog.text
