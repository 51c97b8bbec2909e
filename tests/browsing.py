"""A real browser for tests: Debian's Chromium, driven through Playwright, and what is asked of its pages."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

SHOTS = Path(__file__).parent.parent / "data" / "screenshots"
"""Where the screenshots of a test run are; nothing in `data` is kept by git."""

WIDTHS = (320, 390, 768, 1440)
SCHEMES = ("light", "dark")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""The rules of axe-core for WCAG 2.2, levels A and AA."""


def program() -> str:
    """Return the path of the browser, or skip the test and say how to install one."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("Chromium is not here; install it with: apt-get install chromium")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])  # CI runs as root
        yield browser
        browser.close()


def violations(page: Page) -> list[str]:
    """Return what axe-core finds on *page* against WCAG 2.2 AA: each rule, with what breaks it."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    return [f"{one['id']}: {[node['html'][:200] for node in one['nodes']]}" for one in found]


def overflow(page: Page) -> int:
    """Return by how many pixels *page* is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def photograph(page: Page, name: str) -> None:
    """Keep what *page* looks like as the file *name*."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{re.sub(r'[^a-z0-9-]', '-', name)}.png")
