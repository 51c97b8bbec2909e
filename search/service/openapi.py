"""``/openapi.json``: the specification of the API, made from the models that validate and the shapes of answers."""

from importlib.metadata import version
from typing import Any

from falcon import Request, Response
from pydantic import TypeAdapter

from indexer.article import LONGEST
from search.service import problems, shapes
from search.service.bodies import JSON
from search.service.caching import encoded
from search.service.models import LONGEST_ID
from search.service.operations import Operation, operations
from search.service.texts import TITLES
from search.settings import Serving

_REF = "#/components/schemas/{model}"
_SECURITY: dict[str, list[dict[str, list[str]]]] = {"": [], "admin": [{}, {"key": []}]}
_MARKING = ["q", "fields"]  # what is asked of an article beside its id
_TEXTS = ("url", "author", "source", "category", "credit", "language")
_MOMENTS = ({"type": "string", "format": "date-time"}, {"type": "string", "format": "date"})
_EMPTY = {204: "It is taken.", 304: "The client has the answer already."}
_SIGN = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_INK = r"[^\x00-\x20\x7f\s]"


def specification(serving: Serving) -> dict[str, Any]:
    """Return the specification of the service that *serving* sets, in OpenAPI 3.1."""
    schemas = _Schemas()
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations(serving):
        paths.setdefault(operation.path, {})[operation.method] = _described(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Telusur",
            "version": version("telusur"),
            "description": "Full-text search for Indonesian article portals.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas.all | {"ArticleRecord": _record(), "Problem": schemas.all["Problem"]},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "`telusur keys create`"}},
        },
    }


class SpecificationResource:
    """``GET /openapi.json``."""

    def __init__(self, serving: Serving) -> None:
        """Tell of the service that *serving* sets."""
        self._document = encoded(specification(serving))

    def on_get(self, req: Request, resp: Response) -> None:  # noqa: ARG002 - Falcon's signature
        """Answer with the specification."""
        resp.content_type = JSON
        resp.cache_control = ["public", "max-age=300"]
        resp.data = self._document


class _Schemas:
    """Makes schemas of models and shapes, and gathers those that they refer to."""

    def __init__(self) -> None:
        self.all: dict[str, Any] = {}

    def of(self, shape: Any) -> dict[str, Any]:
        if isinstance(shape, dict):
            return shape
        schema = TypeAdapter(shape).json_schema(ref_template=_REF)
        self.all |= schema.pop("$defs", {})
        name = getattr(shape, "__name__", "")
        if "properties" not in schema or not name:
            return schema
        self.all[name] = schema
        return {"$ref": _REF.format(model=name)}


def _described(operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    answers = {str(status): _answer(operation, status, schemas) for status in operation.answers}
    refusals = {401, 429, 431, 503, *operation.refusals, *((403,) if operation.scope else ())}
    problem = {problems.MEDIA_TYPE: {"schema": schemas.of(shapes.Problem)}}
    answers |= {
        str(status): {"description": _meaning(status), "content": problem}
        for status in sorted(refusals - operation.answers.keys())
    }
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        **({"description": operation.more} if operation.more else {}),
        "security": _SECURITY.get(operation.scope, [{"key": []}]),
        "parameters": _parameters(operation, schemas),
        **({"requestBody": _body(*operation.body, schemas)} if operation.body else {}),
        "responses": dict(sorted(answers.items())),
    }


def _answer(operation: Operation, status: int, schemas: _Schemas) -> dict[str, Any]:
    shape = operation.answers[status]
    if shape is None:
        return {"description": _EMPTY[status]}
    schema = schemas.of(shape)
    return {"description": operation.summary, "content": {operation.media: {"schema": schema}}}


def _parameters(operation: Operation, schemas: _Schemas) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if operation.path_parameter:
        schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}
        found.append({"name": operation.path_parameter, "in": "path", "required": True, "schema": schema})
    if operation.query:
        known = operation.query.model_json_schema(ref_template=_REF)
        schemas.all |= known.pop("$defs", {})
        of_article = bool(operation.path_parameter) and "q" in known["properties"]
        wanted = _MARKING if of_article else list(known["properties"])
        found += [_parameter(name, known["properties"][name], required=of_article and name == "q") for name in wanted]
    return found


def _parameter(name: str, schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    description = schema.get("description", "")
    plain = {key: value for key, value in schema.items() if key not in {"description", "title", "anyOf", "default"}}
    if "anyOf" in schema:
        plain |= schema["anyOf"][0]
    default = schema.get("default")
    if default not in (None, [], "") and not required:
        plain["default"] = default
    return {"name": name, "in": "query", "required": required, "description": description, "schema": plain}


def _body(media: str, shape: Any, schemas: _Schemas) -> dict[str, Any]:
    return {"required": True, "content": {media: {"schema": schemas.of(shape)}}}


def _record() -> dict[str, Any]:
    """Return the schema of an article as `indexer.article` takes it."""
    texts = {name: _text(name) | {"type": ["string", "null"]} for name in _TEXTS}
    tag = _text("tags")
    return {
        "type": "object",
        "title": "ArticleRecord",
        "required": ["title", "body"],
        "properties": {
            **{name: _text(name) | {"pattern": f"^{_SIGN}*{_INK}{_SIGN}*$"} for name in ("title", "body")},
            **texts,
            "tags": {"anyOf": [{"type": "array", "items": tag, "maxItems": 100}, tag, {"type": "null"}]},
            "published": {"anyOf": [*_MOMENTS, {"const": ""}, {"type": "null"}]},
            "reading_minutes": {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 999}, {"type": "null"}]},
        },
    }


def _text(name: str) -> dict[str, Any]:
    return {"type": "string", "maxLength": LONGEST.get(name, 1_000), "pattern": f"^{_SIGN}*$"}


def _meaning(status: int) -> str:
    return next(TITLES[kind][1] for kind, known in problems.STATUSES.items() if known == status)
