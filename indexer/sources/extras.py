"""The libraries that only some sources need, and that are installed only where they are wanted."""

from importlib.util import find_spec

from indexer.errors import SourceUnavailable


def require(library: str, extra: str, what: str) -> None:
    """
    Raise `SourceUnavailable` if the *library* that *what* need is not installed; *extra* is what installs it.

    >>> require("horse", "stable", "riders")
    Traceback (most recent call last):
    indexer.errors.SourceUnavailable: riders need horse: pip install 'telusur[stable]'
    """
    if find_spec(library) is None:
        raise SourceUnavailable(f"{what} need {library}: pip install 'telusur[{extra}]'")
