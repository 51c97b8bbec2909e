"""
How soon does a reader see results, and suggestions while he types?

    python benchmarks/page.py ARTICLES OUT

In Chromium, on a server of this machine. Pages: of the first words of titles, each with an empty cache, on a processor
slowed down to a quarter, as that of a cheap telephone; until the largest part is painted (Largest Contentful Paint),
and how many bytes came. Suggestions: titles typed letter by letter; from a letter to the list below the box that goes
with it, without the pause in which the box waits for another letter.
"""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from benchmarks import command_line
from benchmarks.engines.telusur import version
from benchmarks.judged import records
from benchmarks.questions import SEED
from benchmarks.report import Run, Table, percentile
from benchmarks.serving import server
from indexer.analysis import Analyzer
from indexer.building.reindex import reindex
from indexer.settings import IndexSettings

_SLOWED = 4
_LETTERS = 12  # of each title that are typed
_WORDS = 2  # of a title that are asked for
_PAUSE = 150  # milliseconds that the box waits for another letter

_PAINTED = """() => new Promise((resolve) => new PerformanceObserver((list) => {
    const resources = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    resolve([list.getEntries().at(-1).startTime, resources.reduce((sum, one) => sum + one.transferSize, 0)]);
}).observe({type: "largest-contentful-paint", buffered: true}))"""

_WATCH = """() => {
    const box = document.querySelector("telusur-search"), input = box.shadowRoot.querySelector("input");
    window.shown = [];
    let typed = 0;
    input.addEventListener("input", () => { typed = performance.now(); });
    box.addEventListener("telusur:suggest", (event) => requestAnimationFrame(() => requestAnimationFrame(() => {
        shown.push([event.detail.q, performance.now() - typed, event.detail.count]);
    })));
}"""


def main() -> None:
    """Record the run."""
    given = _arguments()
    root = given.out / "telusur"
    if not given.reuse:
        reindex([str(given.articles)], IndexSettings(root, "whoosh", 2, 2), Analyzer())
    titles = sorted({" ".join(one["title"].split()) for one in records(given.articles, given.count)})
    chosen = Random(SEED).sample(titles, min(given.titles, len(titles)))  # noqa: S311 - repeatable is what is wanted
    with server(root) as (_, connection), sync_playwright() as playwright:
        address = f"http://{connection.host}:{connection.port}"
        browser = _browser(playwright, given)
        pages = list(_pages(browser, address, chosen))
        typed = list(_typed(browser, address, chosen))
        chromium = browser.version
        browser.close()
    Run(
        name="page",
        question="How soon does a reader see results, and suggestions while he types?",
        versions={"telusur": version(), "chromium": chromium},
        tables=[_page_table(pages), _typed_table(typed)],
        raw={"pages": pages, "typed": [[ms, count] for ms, count in typed]},
    ).record(given.runs)


def _arguments() -> Namespace:
    parser = command_line.with_count(command_line.parser(__doc__))
    parser.add_argument("--titles", type=int, default=100, help="titles that are asked for and typed")
    parser.add_argument("--chromium", default="/usr/bin/chromium", type=Path, help="the browser")
    parser.add_argument("--reuse", action="store_true", help="take the index that OUT has")
    return parser.parse_args()


def _browser(playwright: Playwright, given: Namespace) -> Browser:
    return playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])


def _pages(browser: Browser, address: str, titles: Sequence[str]) -> Iterator[tuple[float, int]]:
    """Yield for each title how long its page took to be painted, and how many bytes that was."""
    for title in titles:
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="id-ID")
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWED})
        page.goto(_asked(address, title))
        painted, size = page.evaluate(_PAINTED)
        assert page.locator("ol.hits > li").count() > 0, title
        context.close()
        yield round(painted, 1), size


def _asked(address: str, title: str) -> str:
    return f"{address}/cari?q={'+'.join(word for word in title.split()[:_WORDS] if word.isalnum()) or 'kabar'}"


def _typed(browser: Browser, address: str, titles: Sequence[str]) -> Iterator[tuple[float, int]]:
    """Yield for each letter after which suggestions were shown how long that took, and how many they were."""
    page: Page = browser.new_page(locale="id-ID")
    page.goto(address)
    box = page.get_by_role("combobox")
    box.wait_for()
    page.evaluate(_WATCH)
    for title in titles:
        box.fill("")
        for letter in title[:_LETTERS].lower():
            before = len(page.evaluate("shown"))
            page.keyboard.type(letter)
            if letter.isspace():
                continue  # what was typed is the same
            page.wait_for_function("before => shown.length > before", arg=before)
    for text, ms, count in page.evaluate("shown"):
        assert text
        yield round(ms - _PAUSE, 1), count


def _page_table(pages: Sequence[tuple[float, int]]) -> Table:
    painted, sizes = [ms for ms, _ in pages], [size for _, size in pages]
    rows = [("painted, ms", *_spread(painted)), ("bytes", *_spread(sizes))]
    return Table("A page of results, on a quarter of the processor", ("", "p50", "p95", "most"), [*rows])


def _typed_table(typed: Sequence[tuple[float, int]]) -> Table:
    rows = [("ms", *_spread([ms for ms, _ in typed])), ("suggestions", *_spread([count for _, count in typed]))]
    return Table(f"From a letter to its suggestions, {len(typed)} letters", ("", "p50", "p95", "most"), [*rows])


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    return percentile(values, 0.5), percentile(values, 0.95), max(values)


if __name__ == "__main__":
    main()
