"""Files that pages load: told by their entity tag, packed where the client takes that."""

import hashlib

from falcon import Request, Response

from search.service.caching import is_known
from search.service.packing import pack, packed
from search.settings import Portal
from search.web.templates import content

_AN_HOUR, _A_YEAR = 3_600, 31_536_000  # seconds


class StaticFile:
    """A file of `search.web`, such as ``GET /telusur.css``; with ``?v=`` its address names what it holds."""

    def __init__(self, name: str, media_type: str, portal: Portal) -> None:
        """Answer with the file *name*, as *portal* sets it."""
        self._content, self._media_type = content(name, portal), media_type
        self._packed = packed(self._content, level=9)
        self._tag = f'W/"{hashlib.sha256(self._content).hexdigest()[:32]}"'

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with the file, or say that it is what the client has."""
        known = is_known(req, resp, self._tag, private=False)
        lasting = ["immutable", f"max-age={_A_YEAR}"] if "v" in req.params else [f"max-age={_AN_HOUR}"]
        resp.cache_control = ["public", *lasting]
        if known:
            resp.append_header("Vary", "Accept-Encoding")
        else:
            resp.content_type = self._media_type
            pack(req, resp, self._content, self._packed)
