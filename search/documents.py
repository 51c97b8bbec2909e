"""Answers as JSON documents, the same over HTTP and in the terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.analysis import Explained
from indexer.article import Article
from search.answers import Answer
from search.explaining.parts import Part
from search.passages.highlight import Passage
from search.questions import FACETS
from search.results import Hit, Page
from search.showing import Shown
from search.suggesting.completing import Suggestion
from search.web.texts import REASONS

Document = dict[str, Any]


def answer_document(answer: Answer, language: str = "id") -> Document:
    """Return the document that ``/v1/search`` answers with; what is meant to be read in it is in *language*."""
    question = answer.question
    return {
        "query": {
            "text": question.text,
            "terms": list(answer.terms),
            "relaxed": list(answer.relaxed),
            "dropped": list(answer.dropped),
            "cut": list(answer.cut),
            "corrected": answer.corrected,
            "is_corrected": answer.is_corrected,
        },
        "total": answer.page.total,
        "page": question.page,
        "per_page": question.per_page,
        "next": answer.following.encoded() if answer.following else None,
        "took_ms": answer.took_ms,
        "generation": answer.generation,
        "hits": [_hit_document(shown, language) for shown in answer.hits],
        "facets": {
            name: [{"value": count.value, "count": count.count} for count in answer.page.facets[FACETS[name]]]
            for name in question.facets
        },
    }


def suggestions_document(text: str, found: Sequence[Suggestion]) -> Document:
    """Return the document that ``/v1/suggest`` answers with for the beginning *text* of a query."""
    return {
        "query": text,
        "suggestions": [
            {"text": one.marked.text, "html": one.marked.html, "kind": one.kind.value, "count": one.count}
            for one in found
        ],
    }


def similar_document(article_id: str, hits: Sequence[Hit]) -> Document:
    """Return the document that ``/v1/articles/{id}/similar`` answers with: *hits*, which are like the article."""
    return {"id": article_id, "hits": [_hit_document(Shown(hit), "") for hit in hits]}


def article_document(article: Article) -> Document:
    """Return all fields of *article*."""
    return {
        **_facts(article),
        "tags": list(article.tags),
        "credit": article.credit or None,
        "body": article.body,
    }


def duplicates_document(article_id: str, page: Page) -> Document:
    """Return the document that lists the articles of *page*, which are the same release as that of *article_id*."""
    return {"id": article_id, "total": page.total, "articles": [_facts(hit.article) for hit in page.hits]}


def marked_article_document(article: Article, marked: Mapping[str, Passage]) -> Document:
    """Return the whole of *article* with the fields that were *marked*."""
    return {
        **_facts(article),
        "highlights": {field: passage_document(passage) for field, passage in marked.items()},
    }


def passage_document(passage: Passage) -> Document:
    """Return a passage: its HTML, its text, and the marked ranges of the text in code points."""
    return {"html": passage.html, "text": passage.text, "ranges": [list(span) for span in passage.ranges]}


def token_document(explained: Explained, text: str) -> Document:
    """Return a token of *text*: the surface word, its place, exact form and stems, and what each step did and why."""
    token = explained.token
    return {
        "surface": text[token.start : token.end],
        "start": token.start,
        "end": token.end,
        "position": token.position,
        "exact": token.exact,
        "stems": list(token.stems),
        "rule": explained.rule,
        "steps": [{"name": step.name, "result": step.result, "reason": step.reason} for step in explained.steps],
    }


def part_document(part: Part, language: str) -> Document:
    """Return a part of a score: what it is about, why it adds, how often it is in the article, and what it adds."""
    found = part.contribution
    return {
        "typed": found.typed,
        "field": found.field,
        "text": found.text,
        "reason": found.reason.value,
        "label": REASONS[language][found.reason.value],
        "in_title": part.in_title,
        "in_body": part.in_body,
        "score": round(found.score, 6),
    }


def _facts(article: Article) -> Document:
    return {
        "id": article.id,
        "url": article.url or None,
        "title": article.title,
        "author": article.author or None,
        "source": article.source or None,
        "category": article.category or None,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "reading_minutes": article.reading_minutes,
    }


def _hit_document(shown: Shown, language: str) -> Document:
    hit = shown.hit
    document = {
        **_facts(hit.article),
        "score": round(hit.score, 4),
        "pinned": hit.is_pinned,
        "duplicates": hit.duplicates,
    }
    highlights: Document = {}
    if shown.title:
        highlights["title"] = passage_document(shown.title)
    if "body" in shown.fields:
        highlights["body"] = [passage_document(passage) for passage in shown.body]
    if highlights:
        document["highlights"] = highlights
    if shown.explanation:
        document["explanation"] = [part_document(part, language) for part in shown.explanation]
    return document
