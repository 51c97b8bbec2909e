"""An article as the index stores it: JSON, so that nothing needs to be unpickled."""

import json
from dataclasses import asdict
from datetime import datetime

from indexer.article import Article


def to_stored(article: Article) -> str:
    """Return *article* as JSON text; empty fields are left out."""
    fields = {name: value for name, value in asdict(article).items() if value not in (None, "", ())}
    if article.published:
        fields["published"] = article.published.isoformat()
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def from_stored(stored: str) -> Article:
    """Return the article that `to_stored` wrote."""
    fields = json.loads(stored)
    if "published" in fields:
        fields["published"] = datetime.fromisoformat(fields["published"])
    return Article(**{**fields, "tags": tuple(fields.get("tags", ()))})
