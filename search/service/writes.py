"""The resources that change the index. Each needs a key, and answers 202 once the change is on disk."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import falcon
from falcon import Request, Response

from indexer.errors import KeysUnavailable
from indexer.keys import Keys
from search.errors import InvalidQuestion
from search.writing import Accepted, Progress, Writing

_RETRY_AFTER = 5  # seconds
_log = logging.getLogger(__name__)


class Gate:
    """Lets requests with a key pass."""

    def __init__(self, keys: Keys) -> None:
        """Know *keys*."""
        self._keys = keys

    def check(self, req: Request) -> None:
        """Raise a problem unless the request has a key."""
        scheme, _, secret = (req.auth or "").partition(" ")
        if scheme.lower() != "bearer" or not self._name_of(secret.strip()):
            raise falcon.HTTPUnauthorized(
                title="A key is needed",
                description="give a key as 'Authorization: Bearer KEY'; `telusur keys create NAME` makes one",
                challenges=["Bearer"],
            )

    def _name_of(self, secret: str) -> str | None:
        try:
            return self._keys.name_of(secret)
        except KeysUnavailable as exc:
            _log.error("nobody can write: %s", exc)
            raise falcon.HTTPServiceUnavailable(
                title="Keys cannot be checked now",
                description="searches go on; the log of the service says what keeps writing",
                retry_after=_RETRY_AFTER,
            ) from exc


class ArticleWrites:
    """``PUT`` and ``DELETE /v1/articles/{id}``; a part of the resource that also reads."""

    def __init__(self, writing: Writing, gate: Gate) -> None:
        """Change by *writing* what passes *gate*."""
        self._writing, self._gate = writing, gate

    def put(self, req: Request, resp: Response, article_id: str) -> None:
        """Queue the article of the body."""
        self._gate.check(req)
        record = req.get_media()
        if not isinstance(record, dict):
            raise InvalidQuestion({"body": f"is a JSON {type(record).__name__}; it must be an object, an article"})
        if str(record.setdefault("id", article_id)) != article_id:
            raise InvalidQuestion({"id": f"is {record['id']!r} in the body and {article_id!r} in the address"})
        accepted = self._writing.put([record])
        if accepted.task is None:
            raise InvalidQuestion({"body": accepted.rejected[1]})
        _answer(resp, self._writing.progress(accepted.task.id))

    def delete(self, req: Request, resp: Response, article_id: str) -> None:
        """Queue that the article goes; it need not be there."""
        self._gate.check(req)
        _answer(resp, self._writing.progress(self._writing.delete([article_id]).id))


class ArticlesResource:
    """``POST /v1/articles``: many articles, one JSON object a line."""

    def __init__(self, writing: Writing, gate: Gate) -> None:
        """Change by *writing* what passes *gate*."""
        self._writing, self._gate = writing, gate

    def on_post(self, req: Request, resp: Response) -> None:
        """Queue the articles of the body; answer with those that are none, by line."""
        self._gate.check(req)
        lines = list(_lines(req.bounded_stream.read()))
        broken = {place: line for place, line in lines if isinstance(line, str)}
        records = [(place, line) for place, line in lines if isinstance(line, dict)]
        accepted = self._writing.put(record for _, record in records)
        rejected = broken | {records[place - 1][0]: reason for place, reason in accepted.rejected.items()}
        if accepted.task is None:
            raise InvalidQuestion({f"line {line}": reason for line, reason in sorted(rejected.items())} or _EMPTY)
        _answer(resp, self._writing.progress(accepted.task.id), Accepted(accepted.task, rejected))


class TaskResource:
    """``GET /v1/tasks/{id}``: how far a change is."""

    def __init__(self, writing: Writing) -> None:
        """Ask *writing*."""
        self._writing = writing

    def on_get(self, req: Request, resp: Response, task_id: str) -> None:  # noqa: ARG002 - Falcon's signature
        """Answer with the task."""
        resp.media = task_document(self._writing.progress(task_id))


def task_document(progress: Progress) -> dict[str, Any]:
    """Return the document of a task."""
    task = progress.task
    return {
        "id": task.id,
        "state": "done" if progress.is_done else "queued",
        "created": task.created,
        "changes": progress.changes,
        "applied": progress.applied,
        "failures": [{"id": failure.article_id, "reason": failure.reason} for failure in task.failures],
    }


def _answer(resp: Response, progress: Progress, accepted: Accepted | None = None) -> None:
    resp.status = falcon.HTTP_202
    resp.location = f"/v1/tasks/{progress.task.id}"
    rejected = accepted.rejected if accepted else {}
    resp.media = {
        "task": task_document(progress),
        **({"rejected": [{"line": n, "reason": why} for n, why in sorted(rejected.items())]} if accepted else {}),
    }


def _lines(body: bytes) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Yield each line that is not blank with its number: the object in it, or why there is none."""
    for number, line in enumerate(body.splitlines(), 1):
        if line.strip():
            yield number, _object(line)


def _object(line: bytes) -> dict[str, Any] | str:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as exc:
        return f"is no JSON ({exc})"
    return record if isinstance(record, dict) else f"is a JSON {type(record).__name__}; it must be an object"


_EMPTY = {"body": "has no line; give one JSON object a line"}
