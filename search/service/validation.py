"""
Values that strangers gave -> a model, or what is wrong with them, said by the schema of the model.

So neither can say what the other does not.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from search.service.problems import cut, invalid
from search.service.texts import Said, quoted, said

Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], given: Mapping[str, object], kind: str = "invalid-parameters") -> Model:
    """
    Return *given* as a *model*.

    Raises:
        Refused: it names every value that is wrong, as a problem of *kind*.
    """
    try:
        return model.model_validate(given)
    except ValidationError as exc:
        schema = _schema(model)
        wrong: dict[str, Said] = {}
        for error in exc.errors(include_url=False, include_context=False):
            name = cut(str(error["loc"][0]))
            wrong.setdefault(name, _sentence(schema, name, error["type"], given.get(str(error["loc"][0])), error))
        raise invalid(wrong, kind) from None


@cache
def _schema(model: type[BaseModel]) -> Mapping[str, Any]:
    return model.model_json_schema()


def _sentence(schema: Mapping[str, Any], name: str, kind: str, value: object, error: Any) -> Said:
    """Return what is wrong with the *value* of the field *name*, said by the *schema* and the *kind* of error."""
    if kind == "extra_forbidden":
        return said("unknown", known=", ".join(sorted(schema["properties"])))
    field = _resolved(schema, schema["properties"][name])
    if kind == "missing":
        return said("missing", wanted=name)
    if kind == "too_long":
        return said("too_many", count=len(value), most=_bound(field, "maxItems"))  # type: ignore[arg-type]  # a list
    if kind == "string_pattern_mismatch":
        return said(f"no_{name}", value=quoted(error["input"]))
    if kind == "string_too_long":
        return said("too_long", count=len(error["input"]), most=_bound(field, "maxLength"))
    return _wrong_value(schema, field, value if isinstance(value, str) else error["input"])


def _wrong_value(schema: Mapping[str, Any], field: Mapping[str, Any], value: object) -> Said:
    items = _resolved(schema, field.get("items", {}))
    match field:
        case {"type": "integer", "minimum": lowest, "maximum": highest}:
            return said("no_number", value=quoted(value), lowest=lowest, highest=highest)
        case {"enum": [True, *_]}:
            return said("no_boolean", value=quoted(value))
        case {"enum": names}:
            return said("no_choice", value=quoted(value), known=", ".join(names))
        case {"format": "date"}:
            return said("no_day", value=quoted(value))
        case {"type": "array"} if "enum" in items:
            return said("unknown_facet", value=quoted(value), known=", ".join(items["enum"]))
        case {"type": "array"}:
            return said("no_list", value=quoted(value))
    return said("no_text", value=quoted(value))


def _resolved(schema: Mapping[str, Any], field: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return *field* without references, and without the "or nothing" of one that need not be given."""
    if "$ref" in field:
        return _resolved(schema, schema["$defs"][field["$ref"].rpartition("/")[2]])
    if "anyOf" in field:
        return _resolved(schema, field["anyOf"][0])
    return field


def _bound(field: Mapping[str, Any], name: str) -> int:
    return int(field[name] if name in field else field["items"][name])
