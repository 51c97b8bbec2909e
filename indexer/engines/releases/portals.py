"""By which portal an article was printed, and which one it is credited to, as texts that can be compared."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

_STATE = frozenset(
    {"ac", "biz", "co", "com", "desa", "edu", "go", "gov", "mil", "my", "net", "or", "org", "sch", "web"}
)
"""What stands before a country in the names of hosts: the name of the portal is the part before it."""

_TO_THE_HOST = re.compile(r"[^/?#]*//[^/?#]*")
"""What of an address comes before the path, which says nothing of the portal."""

_FEWEST = 2  # parts of the name of a host


def portal(url: str, source: str) -> str:
    """
    Return the portal that printed the article at *url*; that of *source* where there is no address.

    >>> portal("https://daerah.kabar.co.id/read/1", "Warta"), portal("", "www.warta.example"), portal("", "")
    ('kabar.co.id', 'warta.example', '')
    """
    return _portal(start.group() if (start := _TO_THE_HOST.match(url)) else url, source)


@lru_cache(maxsize=4_096)  # an archive has few portals
def _portal(url: str, source: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return credited(host or source)


def credited(source: str) -> str:
    """
    Return the portal that *source* names: by its host, without what is only a part of it, else as it is written.

    >>> credited("https://diskominfo.kalselprov.go.id"), credited("Antara "), credited("sub.domain.example")
    ('kalselprov.go.id', 'antara', 'domain.example')
    """
    name = source.strip().lower().removeprefix("https://").removeprefix("http://").partition("/")[0]
    parts = name.split(".")
    if len(parts) < _FEWEST or not all(parts) or " " in name:
        return name
    kept = _FEWEST + (len(parts[-1]) == 2 and parts[-2] in _STATE)  # noqa: PLR2004 - letters of a country
    return ".".join(parts[-kept:])
