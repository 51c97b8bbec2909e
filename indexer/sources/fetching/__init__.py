"""
Fetching from servers that may be slow, broken or hostile: bounded in time, size and reach, and polite to them.

HTTP is the standard library's: an address has to be checked on the very socket that is connected, and the whole answer
ended at its time, which needs the socket in our hands; what is left of a client then is small.
"""

from indexer.sources.fetching.exchange import Answer
from indexer.sources.fetching.fetcher import Fetcher

__all__ = ["Answer", "Fetcher"]
