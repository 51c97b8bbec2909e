"""Who asks, and what he may do."""

from collections.abc import Mapping
from typing import Any

from falcon import Response

from indexer.keys import Key, Keys
from search.service.addresses import Networks, client_address
from search.service.problems import refused
from search.service.texts import said
from search.settings import Access

Scopes = Mapping[str, str]
"""What a resource says of the scope that each of its methods needs."""

_READING = {"GET", "HEAD"}


class Clients:
    """Middleware that finds out who asks: ``req.context`` gets his *address*, and his *key* or None."""

    def __init__(self, access: Access, keys: Keys) -> None:
        """Believe the proxies that *access* trusts, and know *keys*."""
        self._trusted = Networks(access.trusted_proxies)
        self._keys = keys

    def process_request(self, req: Any, resp: Response) -> None:  # noqa: ARG002 - Falcon's signature
        """
        Look at the address, and at the header ``Authorization``.

        Raises:
            Refused: the key is none.
        """
        forwarded = req.get_header("X-Forwarded-For") or ""
        req.context.address = client_address(req.remote_addr, forwarded, self._trusted)
        req.context.key = None
        scheme, _, secret = (req.auth or "").partition(" ")
        if scheme.lower() == "bearer":
            req.context.key = self._keys.find(secret.strip())
            if req.context.key is None:
                raise key_needed()


class Gate:
    """Middleware that lets a request pass to a resource if its key is good for what the resource's `scopes` name."""

    def __init__(self, access: Access) -> None:
        """Let pass whom *access* lets."""
        self._is_closed = access.search_needs_key
        self._own = Networks(access.own_networks)

    def process_resource(self, req: Any, resp: Response, resource: Any, params: dict[str, Any]) -> None:  # noqa: ARG002 - Falcon's
        """
        Look at the key, if one is needed.

        Raises:
            Refused: there is none, or it is not for this.
        """
        scope = getattr(resource, "scopes", {}).get("GET" if req.method in _READING else req.method)
        if scope is None or (scope == "search" and not self._is_closed):
            return
        if scope == "admin" and req.context.address in self._own:
            return
        key: Key | None = req.context.key
        if key is None:
            raise key_needed()
        if scope not in key.scopes:
            raise refused("key-not-allowed", said("scope_needed", scope=scope))


def key_needed() -> Exception:
    """Return the error for a request without a key that is one."""
    return refused("key-needed", said("key_needed"), WWW_Authenticate="Bearer")
