"""
Who may see the operators' page: whoever gives an admin key, by a program or in the dialogue of a browser.

A browser sends a password (RFC 7617) with all that it asks of a site from then on, also where a page of somebody else
makes it ask. Therefore it counts where this is called, which is for reading one page, and nowhere else.
"""

import binascii
from base64 import b64decode
from typing import Any

from indexer.keys import Key, Keys
from search.service.problems import refused
from search.service.texts import said

_CHALLENGE = 'Basic realm="Telusur", charset="UTF-8"'


def admit(req: Any, keys: Keys) -> None:
    """
    Let *req* pass if it has a key of *keys* that is good for administration; where it comes from does not count.

    Raises:
        Refused: there is none, or it is not for this.
    """
    key = req.context.key = req.context.key or _by_password(req.auth or "", keys)
    if key is None:
        raise refused("key-needed", said("admin_needed"), WWW_Authenticate=_CHALLENGE)
    if "admin" not in key.scopes:
        raise refused("key-not-allowed", said("scope_needed", scope="admin"), WWW_Authenticate=_CHALLENGE)


def _by_password(header: str, keys: Keys) -> Key | None:
    """Return the key that *header* has as its password; the name beside it is anybody's."""
    scheme, _, credentials = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        given = b64decode(credentials.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    return keys.find(given.partition(":")[2])
