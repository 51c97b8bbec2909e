"""A portal that runs WordPress, and a service that it asks and tells: each set up once, emptied for each test."""

import pytest

from tests.wordpress.portal import installed
from tests.wordpress.telusur import Service


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    """Install WordPress; it has logged nothing about the plugin when all is over."""
    folder = tmp_path_factory.mktemp("wordpress") / "site"
    with installed(folder) as portal:
        yield portal
    log = folder / "debug.log"
    assert not log.exists() or "telusur" not in log.read_text()


@pytest.fixture
def portal(installation):
    """Give out the portal, with nothing in it."""
    installation.emptied()
    return installation


@pytest.fixture(scope="session")
def telusur(tmp_path_factory):
    """Give out a service."""
    service = Service(tmp_path_factory.mktemp("telusur"))
    yield service
    service.stop()


@pytest.fixture
def service(telusur, portal):
    """Give out the service, running and with nothing of the portal, which asks and tells it."""
    telusur.start()
    telusur.empty()
    portal.settings(**telusur.settings)
    return telusur
