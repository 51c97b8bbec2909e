"""The resources that change the index. Each needs a key for writing, and answers 202 once the change is on disk."""

from typing import Any, ClassVar

from falcon import HTTP_202, Request, Response

from search.service.access import Scopes
from search.service.bodies import json_lines, json_object
from search.service.models import LONGEST_ID
from search.service.problems import invalid
from search.service.texts import Said, quoted, said
from search.writing import Accepted, Progress, Writing


class ArticleWrites:
    """``PUT`` and ``DELETE /v1/articles/{id}``; a part of the resource that also reads."""

    def __init__(self, writing: Writing) -> None:
        """Change by *writing*."""
        self._writing = writing

    def put(self, req: Request, resp: Response, article_id: str) -> None:
        """Queue the article of the body."""
        record = json_object(req, "title, body")
        if str(record.setdefault("id", article_id)) != article_id:
            detail = said("other_id", value=quoted(record["id"]), address=quoted(article_id))
            raise invalid({"id": detail}, "invalid-body")
        accepted = self._writing.put([record])
        if accepted.task is None:
            raise invalid({"body": _no_article(accepted.rejected[1])}, "invalid-body")
        _answer(resp, self._writing.progress(accepted.task.id))

    def delete(self, resp: Response, article_id: str) -> None:
        """Queue that the article goes; it need not be there."""
        if len(article_id) > LONGEST_ID:
            raise invalid({"id": said("too_long", count=len(article_id), most=LONGEST_ID)})
        _answer(resp, self._writing.progress(self._writing.delete([article_id]).id))


class ArticlesResource:
    """``POST /v1/articles``: many articles, one JSON object a line."""

    scopes: ClassVar[Scopes] = {"POST": "write"}

    def __init__(self, writing: Writing) -> None:
        """Change by *writing*."""
        self._writing = writing

    def on_post(self, req: Request, resp: Response) -> None:
        """Queue the articles of the body; answer with those that are none, by line."""
        lines = list(json_lines(req))
        broken = {place: line for place, line in lines if isinstance(line, str)}
        records = [(place, line) for place, line in lines if isinstance(line, dict)]
        accepted = self._writing.put(record for _, record in records)
        rejected = broken | {records[place - 1][0]: reason for place, reason in accepted.rejected.items()}
        if accepted.task is None:
            wrong = {f"line {line}": _no_article(reason) for line, reason in sorted(rejected.items())}
            raise invalid(wrong or {"body": said("no_lines")}, "invalid-body")
        _answer(resp, self._writing.progress(accepted.task.id), Accepted(accepted.task, rejected))


class TaskResource:
    """``GET /v1/tasks/{id}``: how far a change is."""

    scopes: ClassVar[Scopes] = {"GET": "search"}

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
    resp.status = HTTP_202
    resp.location = f"/v1/tasks/{progress.task.id}"
    rejected = accepted.rejected if accepted else {}
    resp.media = {
        "task": task_document(progress),
        **({"rejected": [{"line": n, "reason": why} for n, why in sorted(rejected.items())]} if accepted else {}),
    }


def _no_article(reason: str) -> Said:
    return said("no_article", reason=reason)
