"""Keys for the service: shown once when they are made; only their hashes are kept, with what each is good for."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from indexer import durable, generations
from indexer.errors import KeysUnavailable, SettingsError
from indexer.generations import now

FILE = "keys.json"
"""Where in the folder of an index the hashes are."""

SCOPES = ("search", "write", "admin")
"""What a key can be good for: asking where that needs one, changing articles, and looking at how the service fares."""

_PREFIX = "telusur_"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """
    What is kept of a key: for whom, since when, and its SHA-256; 256 random bits need no slower hash.

    *expires* is a moment as `created` is, or an empty text for never.
    """

    name: str
    created: str
    digest: str
    scopes: tuple[str, ...] = ("search", "write")
    expires: str = ""

    def is_expired(self, moment: str) -> bool:
        """Say whether it was good for nothing any more at *moment*."""
        return bool(self.expires) and generations.moment(self.expires) <= generations.moment(moment)


class Keys:
    """The keys of an index; read anew each time, so that one can be taken back while a server runs."""

    def __init__(self, root: Path) -> None:
        """Keep them in the folder *root*."""
        self._root = root

    def all(self) -> list[Key]:
        """
        Return what is kept of each key.

        Raises:
            KeysUnavailable: the file cannot be read.
        """
        path = self._root / FILE
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(found, list):
                raise TypeError("it must be a list of keys")  # noqa: TRY301 - one of the ways in which it is damaged
            return list(map(_key, found))
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError) as exc:
            raise KeysUnavailable(f"{path} cannot be read ({exc}): restore it, or remove it and make new keys") from exc

    def create(self, name: str, scopes: Sequence[str] = ("write",), days: int = 0) -> str:
        """
        Return a new key for *name*, which nobody can show again.

        It is good for *scopes*, for so many *days*, or for ever with 0.

        Raises:
            SettingsError: there is a key of this name.
        """
        if any(key.name == name for key in self.all()):
            raise SettingsError(f"there is a key {name!r}: take it back first, or choose another name")
        secret = _PREFIX + secrets.token_urlsafe(_BYTES)
        expires = (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds") if days else ""
        self._save([*self.all(), Key(name, now(), _digest(secret), tuple(scopes), expires)])
        return secret

    def revoke(self, name: str) -> None:
        """
        Take the key of *name* back.

        Raises:
            SettingsError: there is none.
        """
        known = self.all()
        if all(key.name != name for key in known):
            raise SettingsError(f"there is no key {name!r}; there are {', '.join(key.name for key in known) or 'none'}")
        self._save([key for key in known if key.name != name])

    def find(self, secret: str) -> Key | None:
        """Return what is kept of the key *secret*, None if it is none or its time is over; as fast whichever it is."""
        digest = _digest(secret)
        found = [key for key in self.all() if secrets.compare_digest(key.digest, digest)]
        return found[0] if found and not found[0].is_expired(now()) else None

    def _save(self, keys: list[Key]) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        durable.write_json(self._root / FILE, [asdict(key) for key in keys], mode=0o600)


def _key(fields: Mapping[str, Any]) -> Key:
    key = Key(**{**fields, **({"scopes": tuple(fields["scopes"])} if "scopes" in fields else {})})
    if not all(isinstance(value, str) for value in (key.name, key.created, key.digest, key.expires, *key.scopes)):
        raise TypeError("a name, dates, a digest and scopes are texts")
    if key.expires:
        generations.moment(key.expires)
    return key


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
