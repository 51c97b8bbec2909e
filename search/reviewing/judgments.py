"""
Judgments: queries, and which articles answer them how well, as others write them down.

Queries are JSON Lines (``{"id": …, "text": …}``), a table (id, tab, text), or the topics of TREC. What is judged, the
qrels, is four columns as in TREC (query, iteration, article, grade), or three (query, article, grade), or JSON Lines.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from indexer.errors import SourceUnavailable

_QUERY_FILES = ("queries", "topics")
_JUDGED_FILES = ("qrels", "judgments")
_QUERY_ID = ("id", "query_id", "qid", "_id", "query-id")
_TEXT = ("text", "query", "title")
_JUDGED_QUERY = ("query_id", "query", "qid", "query-id")
_ARTICLE = ("article", "article_id", "doc_id", "document", "docno", "doc-id", "corpus-id")
_GRADE = ("grade", "relevance", "rel", "score")
_HEADS = {*_JUDGED_QUERY, "topic", "topic_id"}
"""How a line begins that names the columns."""

_TOPIC = re.compile(r"<top>(.*?)(?:</top>|(?=<top>)|\Z)", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*([^\s<]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*(.*?)\s*(?=<|\Z)", re.DOTALL | re.IGNORECASE)
_INTEGER = re.compile(r"-?[0-9]{1,9}")


class Judged(NamedTuple):
    """How well an article answers a query, 0 for not at all; *place* is the file and line that say so."""

    query: str
    article: str
    grade: int
    place: str


@dataclass(frozen=True, slots=True)
class Judgments:
    """
    What is asked, and what is right.

    *queries* are texts by id. *grades* are for each query those of the articles that were judged, at least one above 0.
    *places* say where an article is judged first. *unjudged* is how many queries were left out for want of a judgment,
    or of any above 0.
    """

    name: str
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]
    places: Mapping[str, str]
    unjudged: int = 0

    def without(self, articles: set[str]) -> "Judgments":
        """
        Return what is judged of others than *articles*.

        Raises:
            SourceUnavailable: nothing is left.
        """
        left = [
            Judged(query, article, grade, self.places[article])
            for query, grades in self.grades.items()
            for article, grade in grades.items()
            if article not in articles
        ]
        return _judgments(self.name, self.queries, left, self.unjudged)


def read_judgments(path: Path, queries: Path | None = None) -> Judgments:
    """
    Return the judgments of *path*: a folder with a file of queries and one of what is judged, or the latter alone.

    *queries* is the file of the queries where it is another. Files may be packed (.gz).

    Raises:
        SourceUnavailable: a file is missing or empty, or a line of it is none; the message names both and the remedy.
    """
    judged_file = _file(path, _JUDGED_FILES)
    query_file = queries or _file(path if path.is_dir() else path.parent, _QUERY_FILES)
    judged = list(_judged(judged_file))
    texts = _queries(query_file)
    for one in judged:
        if one.query not in texts:
            raise SourceUnavailable(
                f"{one.place}: the query {one.query!r} is not in {query_file}: add its text there, or remove the line"
            )
    return _judgments(str(path), texts, judged)


def _judgments(name: str, texts: Mapping[str, str], judged: list[Judged], unjudged: int = 0) -> Judgments:
    grades: dict[str, dict[str, int]] = {}
    places: dict[str, str] = {}
    for one in judged:
        known = grades.setdefault(one.query, {}).setdefault(one.article, one.grade)
        if known != one.grade:
            raise SourceUnavailable(
                f"{one.place}: {one.article!r} has the grade {one.grade} for {one.query!r}, and before it {known}: "
                "keep one of them"
            )
        places.setdefault(one.article, one.place)
    answered = {query: found for query, found in grades.items() if max(found.values()) > 0}
    if not answered:
        raise SourceUnavailable(f"{name}: no article is judged with a grade above 0, so nothing can be measured")
    kept = {query: text for query, text in texts.items() if query in answered}
    return Judgments(name, kept, answered, places, unjudged + len(texts) - len(kept))


def _file(path: Path, names: tuple[str, ...]) -> Path:
    """Return *path*, or where it is a folder the one file in it that is called so."""
    if not path.is_dir():
        return path
    found = [file for file in sorted(path.iterdir()) if file.name.startswith(names)]
    if len(found) != 1:
        listed = ", ".join(file.name for file in found) or "none"
        raise SourceUnavailable(
            f"{path} must hold one file whose name begins with {' or '.join(names)}, and has {listed}: "
            "name the files by themselves, as JUDGMENTS and --queries"
        )
    return found[0]


def _queries(path: Path) -> dict[str, str]:
    text = _text(path)
    found: dict[str, str] = {}
    for place, query, asked in _topics(path, text) if text.lstrip().startswith("<") else _query_lines(path, text):
        if query in found:
            raise SourceUnavailable(
                f"{place}: the query {query!r} stands in {path} already: give each an id of its own"
            )
        found[query] = asked
    if not found:
        raise SourceUnavailable(f"{path} holds no queries: write one a line, as JSON or as id, tab, text")
    return found


def _topics(path: Path, text: str) -> Iterator[tuple[str, str, str]]:
    for topic in _TOPIC.finditer(text):
        place = f"{path}:{text.count(chr(10), 0, topic.start()) + 1}"
        number, title = _NUMBER.search(topic[1]), _TITLE.search(topic[1])
        if not number or not title or not title[1]:
            raise SourceUnavailable(f"{place}: the topic has no <num> or no <title>: a query needs both")
        yield place, number[1], " ".join(title[1].split())


def _query_lines(path: Path, text: str) -> Iterator[tuple[str, str, str]]:
    for place, line in _lines(path, text):
        if line.startswith("{"):
            record = _record(place, line)
            yield place, _value(place, record, _QUERY_ID), _value(place, record, _TEXT)
            continue
        query, tab, asked = line.partition("\t")
        if not tab or not asked.strip():
            raise SourceUnavailable(f"{place}: {line[:60]!r} is no query: write JSON, or an id, a tab, and the text")
        yield place, query.strip(), asked.strip()


def _judged(path: Path) -> Iterator[Judged]:
    found = 0
    for number, (place, line) in enumerate(_lines(path, _text(path))):
        columns = _columns(place, line)
        if number == 0 and columns and columns[0].lower() in _HEADS:
            continue
        if not columns or not _INTEGER.fullmatch(columns[-1]):
            raise SourceUnavailable(
                f"{place}: {line[:60]!r} is no judgment: write the query's id, the article's id and a whole number"
            )
        found += 1
        yield Judged(columns[0], columns[-2], int(columns[-1]), place)
    if not found:
        raise SourceUnavailable(f"{path} holds no judgments: write query, article and grade on a line")


def _columns(place: str, line: str) -> list[str]:
    """Return query, article and grade, perhaps with the iteration of TREC; nothing where *line* has others."""
    if line.startswith("{"):
        record = _record(place, line)
        return [_value(place, record, names) for names in (_JUDGED_QUERY, _ARTICLE, _GRADE)]
    columns = line.split("\t") if line.count("\t") in {2, 3} else line.split()
    columns = [column.strip() for column in columns]
    return columns if len(columns) in {3, 4} and all(columns) else []


def _lines(path: Path, text: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of *text* that hold something, each with its place."""
    return ((f"{path}:{number}", line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _record(place: str, line: str) -> Mapping[str, object]:
    try:
        record = json.loads(line)
    except ValueError as exc:
        raise SourceUnavailable(f"{place}: the line is no valid JSON ({exc}): mend or remove it") from exc
    return record if isinstance(record, dict) else {}


def _value(place: str, record: Mapping[str, object], names: tuple[str, ...]) -> str:
    found = next((str(record[name]).strip() for name in names if record.get(name) is not None), "")
    if not found:
        raise SourceUnavailable(f"{place}: the line has no {names[0]!r} (or {', '.join(names[1:])}): add it")
    return found


def _text(path: Path) -> str:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig") as file:
            return str(file.read())
    except (OSError, EOFError, UnicodeDecodeError) as exc:
        raise SourceUnavailable(f"{str(path)!r} cannot be read: {exc}") from exc
