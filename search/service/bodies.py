"""The bodies of requests -> values. What is no JSON, or says that it is something else, is refused."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from falcon import Request

from search.service.problems import invalid, refused
from search.service.texts import quoted, said

JSON = "application/json"
JSON_LINES = "application/x-ndjson"

_TYPES = {JSON: (JSON,), JSON_LINES: (JSON_LINES, "application/jsonl", "application/jsonlines", JSON)}
_HALF = re.compile("[\ud800-\udfff]")
_DEEPEST = 50  # lists and objects within each other; what reads or writes them calls itself as often


def json_object(req: Request, known: str) -> dict[str, Any]:
    """
    Return the JSON object of the body; *known* says what it should hold.

    Raises:
        Refused: the body is none.
    """
    _check_type(req, JSON)
    body = _parsed(req.bounded_stream.read())
    if isinstance(body, str):
        raise invalid({"body": said("no_json", reason=body)}, "invalid-body")
    value = body[0]
    if not isinstance(value, dict):
        raise invalid({"body": said("no_object", kind=type(value).__name__, known=known)}, "invalid-body")
    return value


def json_lines(req: Request) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """
    Yield each line of the body that is not blank with its number: the object in it, or why there is none.

    Raises:
        Refused: the body is of another type.
    """
    _check_type(req, JSON_LINES)
    for number, line in enumerate(req.bounded_stream.read().splitlines(), 1):
        if line.strip():
            yield number, _object(line)


def whole_characters(value: Any) -> Any:
    r"""
    Return *value*, as JSON gives it, with a sign in the place of each half a character, so that places stay places.

    A text that was cut between the two halves of an emoji has one.

    >>> whole_characters({"a": ["x\ud83d"]}) == {"a": ["x\ufffd"]}
    True
    """
    if isinstance(value, str):
        return _HALF.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {whole_characters(name): whole_characters(item) for name, item in value.items()}
    return [whole_characters(item) for item in value] if isinstance(value, list) else value


def _check_type(req: Request, wanted: str) -> None:
    """Refuse a body of another type; one without a type is taken to be of the right one."""
    given = (req.content_type or wanted).partition(";")[0].strip().lower()
    if given not in _TYPES[wanted]:
        raise refused("unsupported-media-type", said("bad_media", value=quoted(given), wanted=wanted))


def _object(line: bytes) -> dict[str, Any] | str:
    parsed = _parsed(line)
    if isinstance(parsed, str):
        return f"is no JSON ({parsed})"
    record = parsed[0]
    return record if isinstance(record, dict) else f"is a JSON {type(record).__name__}; it must be an object"


def _parsed(body: bytes) -> tuple[Any] | str:
    """Return the value that *body* is, alone in a tuple, or why it is none."""
    try:
        value = json.loads(body.decode(), parse_constant=_refuse_constant)
    except UnicodeDecodeError as exc:
        return f"no UTF-8 at byte {exc.start:,}"
    except RecursionError:
        return "nested too deep"
    except ValueError as exc:
        return str(exc)[:100]
    return "nested too deep" if body.count(b"[") + body.count(b"{") > _DEEPEST and _is_deep(value) else (value,)


def _is_deep(value: Any) -> bool:
    """Say whether *value* has more than `_DEEPEST` lists and objects within each other."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in _within(outer)]
    return bool(level)


def _within(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
