"""Parts that the tests of the sources need: a web site, and who fetches from it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import settings
from indexer.settings import FetchSettings
from indexer.sources.fetching import Fetcher
from tests.serving import Site


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.close()


@pytest.fixture
def fetch(tmp_path: Path) -> FetchSettings:
    """Settings under which a site on this machine may be fetched, without pauses, and given up on soon."""
    defaults = settings.section(settings.load(environment={}), "fetch", FetchSettings)
    return replace(defaults, cache=str(tmp_path / "fetched"), allow_private=True, delay=0.0, retries=2)


@pytest.fixture
def pauses() -> list[float]:
    """The pauses that `fetcher` would have made."""
    return []


@pytest.fixture
def fetcher(fetch: FetchSettings, pauses: list[float]) -> Fetcher:
    return Fetcher(fetch, sleep=pauses.append)
