"""A real server over a real index, and a real browser that opens its pages."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect

from indexer.analysis import Analyzer
from indexer.building.reindex import reindex
from indexer.keys import Keys
from indexer.settings import IndexSettings
from tests.browsing import chromium
from tests.search.web.payloads import NAMELESS, articles
from tests.serving import Reply, Site

SETTINGS = """
[query_log]
enabled = true
[access]
dashboard = true
origins = ["http://127.0.0.1:{portal}"]
"""

expect.set_options(timeout=15_000)  # milliseconds, for a machine that does other things too


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def portal() -> Iterator[Site]:
    """Return a portal of another origin, whose pages the service lets ask."""
    site = Site()
    yield site
    site.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> IndexSettings:
    """Index the articles that come with the program."""
    index = IndexSettings(tmp_path_factory.mktemp("service") / "index", "whoosh", 2, 1)
    reindex([str(files("indexer") / "samples")], index, Analyzer())
    return index


@pytest.fixture(scope="session")
def service(served: IndexSettings, portal: Site) -> Iterator[str]:
    """Serve these articles, and those that mean harm; give out the address."""
    index, folder = served, served.path.parent
    (folder / "telusur.toml").write_text(SETTINGS.format(portal=portal.port), encoding="utf-8")
    command = [sys.executable, "-m", "search", "serve", "--port", "0", "--index", str(index.path)]
    command += ["--config", str(folder / "telusur.toml")]
    with (
        (folder / "log").open("w", encoding="utf-8") as log,
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            address = next(line.split()[-1] for line in process.stdout if line.startswith("Telusur answers at"))
            put(address, Keys(index.path).create("tests"))
            yield address.rstrip("/")
        finally:
            process.terminate()


def put(address: str, key: str) -> None:
    """Put in articles as strangers write them, as they are: a source would take markup for what it is."""
    lines = "\n".join(map(json.dumps, [*articles(), NAMELESS])).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/x-ndjson"}
    asked = urllib.request.Request(f"{address}v1/articles", lines, headers)  # noqa: S310 - our own address
    task = told(asked)["task"]
    while told(f"{address}v1/tasks/{task['id']}")["state"] != "done":
        time.sleep(0.1)


def told(asked: "str | urllib.request.Request") -> dict:
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own address
        return json.load(answer)


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages in contexts of their own, and fail where a script of a page failed."""
    contexts, failures = [], []

    def open_page(address: str, **options: object) -> Page:
        context = browser.new_context(**{"locale": "id-ID", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not failures


@pytest.fixture
def box(opened: Callable[..., Page], service: str) -> Page:
    """Open the start page with its search box ready."""
    page = opened(service)
    expect(page.get_by_role("combobox")).to_be_focused()
    return page


@pytest.fixture
def embedded(opened: Callable[..., Page], portal: Site, service: str) -> Callable[..., Page]:
    """Have the portal show a page with *body*, our script, an own *style* and a *policy*, and open it."""

    def embed(body: str, style: str = "", policy: str = "", **options: object) -> Page:
        page = f"""<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Portal</title>
            {f"<style>{style}</style>" * bool(style)}<script src="{service}/telusur.js" defer></script></head>
            <body><main>{body.replace("SERVICE", service)}</main></body></html>"""
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": policy.replace("SERVICE", service),
        }
        reply = Reply(page.encode(), headers=headers)
        return opened(portal.says("/portal", reply), **options)

    return embed
