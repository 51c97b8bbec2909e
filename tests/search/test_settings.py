"""A setting of the query log that makes no sense is refused with its name and the remedy."""

import pytest

from indexer import settings
from indexer.errors import SettingsError
from search.settings import Serving


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("days", "0", "query_log.days is 0; it must be at least 1"),
        ("max_bytes", "-1", "query_log.max_bytes is -1; it must be at least 1"),
        ("longest", "0", "query_log.longest is 0; it must be at least 1"),
        ("refresh", "0", "query_log.refresh is 0.0; it must be above 0"),
        ("suggest_from", "-3", "query_log.suggest_from is -3: give callers, or 0 to suggest none"),
        ("enabled", "perhaps", "is 'perhaps', which is no bool"),
    ],
)
def test_a_wrong_bound_of_the_query_log_is_named(name, value, said):
    with pytest.raises(SettingsError, match=said):
        Serving.of(settings.load(environment={f"TELUSUR_QUERY_LOG_{name.upper()}": value}))


def test_nothing_is_logged_unless_a_setting_says_so(serving):
    assert not serving.query_log.enabled
