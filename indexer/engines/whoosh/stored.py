"""An article as the index stores it: JSON, so that nothing needs to be unpickled."""

from datetime import datetime
from typing import Any

import msgspec

from indexer.article import FIELDS, Article

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def to_stored(article: Article) -> bytes:
    """Return *article* as JSON; empty fields are left out."""
    fields = {name: value for name in FIELDS if (value := getattr(article, name)) not in (None, "", ())}
    if article.published:
        fields["published"] = article.published.isoformat()
    return _encode(fields)


def from_stored(stored: bytes) -> Article:
    """Return the article that `to_stored` wrote."""
    fields = _decode(stored)
    if "published" in fields:
        fields["published"] = datetime.fromisoformat(fields["published"])
    return Article(**{**fields, "tags": tuple(fields.get("tags", ()))})
