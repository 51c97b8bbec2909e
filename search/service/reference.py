"""``/docs``: the specification as a page for people, which loads nothing from elsewhere and needs no script."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import falcon
from falcon import Request, Response

from search.service.language import preferred
from search.service.openapi import specification
from search.service.rendering import Pages
from search.settings import Serving

_DEEPEST = 6  # objects within objects that are drawn


class ReferencePage:
    """``GET /docs``."""

    def __init__(self, pages: Pages, serving: Serving) -> None:
        """Tell of the service that *serving* sets, by *pages*."""
        self._pages, self._api = pages, specification(serving)

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with the page."""
        language = preferred(req.get_header("Accept-Language") or "")
        resp.content_type = falcon.MEDIA_HTML
        resp.cache_control = ["public", "max-age=300"]
        resp.append_header("Vary", "Accept-Language")
        drawn = {"operations": list(self._operations()), "values": _values, "outline": self._outline}
        resp.text = self._pages.templates.render("docs.html", language, api=self._api, **drawn)

    def _operations(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        for path, methods in self._api["paths"].items():
            for method, operation in methods.items():
                yield path, method, operation

    def _outline(self, schema: Mapping[str, Any]) -> str:
        """Return *schema* as an outline of JSON, with the types in the place of values."""
        return json.dumps(self._drawn(schema, _DEEPEST), indent=2)

    def _drawn(self, schema: Mapping[str, Any], depth: int) -> Any:
        if "$ref" in schema:
            return self._drawn(self._api["components"]["schemas"][schema["$ref"].rpartition("/")[2]], depth)
        if "anyOf" in schema:
            return self._drawn(schema["anyOf"][0], depth)
        if not depth or schema.get("type") not in ("object", "array"):
            return _values(schema)
        if schema["type"] == "array":
            return [self._drawn(item, depth - 1) for item in schema.get("prefixItems", [schema.get("items", {})])]
        named = {name: self._drawn(value, depth - 1) for name, value in schema.get("properties", {}).items()}
        others = schema.get("additionalProperties")
        return named | ({"…": self._drawn(others, depth - 1)} if isinstance(others, dict) else {})


def _values(schema: Mapping[str, Any]) -> str:
    """
    Say in some words which values *schema* allows.

    >>> _values({"type": "integer", "minimum": 1, "maximum": 9}), _values({"enum": ["a", "b"]})
    ('integer 1–9', 'a, b')
    """
    if "items" in schema:
        return f"{_values(schema['items'])} …"
    if "enum" in schema or "const" in schema:
        return ", ".join(map(str, schema.get("enum", [schema.get("const")])))
    if "minimum" in schema and "maximum" in schema:
        return f"{schema['type']} {schema['minimum']}–{schema['maximum']}"
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    return str(schema.get("format") or kind or schema.get("$ref", "").rpartition("/")[2])
