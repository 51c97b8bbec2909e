"""Parts that many tests need: articles, an index of them, and an app over it."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from falcon.testing import TestClient

from indexer import settings
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.keys import Keys
from indexer.settings import IndexSettings
from search.answers import Answers
from search.engines import Engine, open_engine
from search.live import LiveIndex
from search.query_log.log import QueryLog
from search.service.app import Backend, create_app
from search.service.server.shared import Shared
from search.settings import Serving
from search.tuning import Highlighting, Ranking
from search.writing import Writing
from tests import nodes
from tests.building import publish
from tests.clusters import index_in, remove_all
from tests.nodes import Nodes


def pytest_configure() -> None:
    """Let Ctrl-C reach the processes that tests start, also where a shell runs the tests beside other things."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Keep in one process, where several run the tests, what shares a part: a node, a portal, what a file sets up.

    What goes the same ways again and again is not measured for coverage, which would take half as long again.
    """
    for item in items:
        if item.get_closest_marker("thorough") or item.get_closest_marker("long"):
            item.add_marker(pytest.mark.no_cover)
        shared = item.path.parent if item.path.parent.name == "wordpress" else item.path
        name = "cluster" if item.get_closest_marker("cluster") else str(shared)
        item.add_marker(pytest.mark.xdist_group(name))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a run that must have all parts fail where a test was skipped for want of one."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:  # one of several processes, whose results the first one counts
        return
    if os.environ.get("TELUSUR_REQUIRE_ALL") and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.fixture(scope="session")
def ranking() -> Ranking:
    return settings.section(settings.load(environment={}), "ranking", Ranking)


@pytest.fixture(scope="session")
def highlighting() -> Highlighting:
    return settings.section(settings.load(environment={}), "highlight", Highlighting)


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Return the defaults, with a deadline that a slow machine keeps too."""
    serving = Serving.of(settings.load(environment={}))
    return replace(serving, service=replace(serving.service, deadline=60.0))


@pytest.fixture
def index(tmp_path: Path) -> IndexSettings:
    return IndexSettings(tmp_path / "index", "whoosh", 2, 1)


@pytest.fixture(scope="session")
def node() -> Iterator[Nodes]:
    """Start one OpenSearch node for the whole run; TELUSUR_TEST_CLUSTER names one that runs already."""
    if why := nodes.missing():
        pytest.skip(f"{why}: {nodes.FETCH}")
    with TemporaryDirectory(prefix="telusur-node-") as home, Nodes(Path(home)) as started:
        yield started


@pytest.fixture
def hosts(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Return the addresses of the nodes that the tests of one run share."""
    given = os.environ.get("TELUSUR_TEST_CLUSTER")
    found = [given] if given else request.getfixturevalue("node").hosts
    yield found
    remove_all(found)


@pytest.fixture(params=["whoosh", pytest.param("opensearch", marks=pytest.mark.cluster)])
def any_index(request: pytest.FixtureRequest, tmp_path: Path) -> IndexSettings:
    """Return an index of each engine in turn."""
    if request.param == "opensearch":
        return index_in(tmp_path / "index", request.getfixturevalue("hosts"))
    return IndexSettings(tmp_path / "index", request.param, 2, 1)


@pytest.fixture
def engine_over(index: IndexSettings, ranking: Ranking) -> Iterator[Callable[..., Engine]]:
    """Return what indexes articles, and opens an engine over them."""
    engines: list[Engine] = []

    def over(*articles: Article) -> Engine:
        engines.append(open_engine(publish(index, *articles).generation, ranking))
        return engines[-1]

    yield over
    for engine in engines:
        engine.close()


@pytest.fixture
def answers_over(
    index: IndexSettings, analyzer: Analyzer, ranking: Ranking, highlighting: Highlighting
) -> Iterator[Callable[..., Answers]]:
    """Publish articles, and give out what answers from them."""
    live = LiveIndex(index.path, ranking, analyzer)

    def over(*articles: Article) -> Answers:
        publish(index, *articles)
        return Answers(live, highlighting)

    yield over
    live.close()


@pytest.fixture
def client_over(
    answers_over: Callable[..., Answers], index: IndexSettings, serving: Serving
) -> Iterator[Callable[..., TestClient]]:
    """Publish articles, and give out a client of the service over them, with some sections of its settings changed."""
    opened = []

    def over(
        *articles: Article,
        headers: dict[str, str] | None = None,
        asked: QueryLog | None = None,
        read: Sequence[str] = (),
        **changed: dict[str, object],
    ) -> TestClient:
        answers = answers_over(*articles)
        opened.append(Writing(index.path, answers.live))
        sections = {name: replace(getattr(serving, name), **values) for name, values in changed.items()}
        backend = Backend(answers, opened[-1], Keys(index.path), asked, lambda: read)
        return TestClient(create_app(backend, replace(serving, **sections), Shared.alone()), headers=headers)

    yield over
    for writing in opened:
        writing.close()
