"""How long ago something was, as the pages say it."""

from datetime import datetime

import pytest

from search.web.wording import ago

NOW = datetime.fromisoformat("2026-08-14T12:00:00+07:00")


@pytest.mark.parametrize(
    ("then", "indonesian", "english"),
    [
        ("2026-08-14T11:59:50+07:00", "1 menit lalu", "1 minute ago"),
        ("2026-08-14T11:20:00+07:00", "40 menit lalu", "40 minutes ago"),
        ("2026-08-14T12:30:00+08:00", "30 menit lalu", "30 minutes ago"),
        ("2026-08-14T00:30:00+07:00", "11 jam lalu", "11 hours ago"),
        ("2026-08-14T00:00:00+07:00", "hari ini", "today"),
        ("2026-08-13T23:59:00+07:00", "kemarin", "yesterday"),
        ("2026-08-12T00:00:00+07:00", "2 hari lalu", "2 days ago"),
        ("2026-08-07T00:00:00+07:00", "1 minggu lalu", "1 week ago"),
        ("2026-07-15T00:00:00+07:00", "1 bulan lalu", "1 month ago"),
        ("2025-08-15T00:00:00+07:00", "12 bulan lalu", "12 months ago"),
        ("2025-08-14T00:00:00+07:00", "1 tahun lalu", "1 year ago"),
        ("0001-01-01T12:00:00+00:00", "2026 tahun lalu", "2026 years ago"),
        ("2026-08-14T12:00:01+07:00", "", ""),
        ("9999-12-31T00:00:00+00:00", "", ""),
    ],
)
def test_how_long_ago_is_counted_in_what_people_say(then, indonesian, english):
    moment = datetime.fromisoformat(then)

    assert (ago(moment, NOW, "id"), ago(moment, NOW, "en")) == (indonesian, english)
