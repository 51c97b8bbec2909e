"""
Sets of judged queries, and the articles that every engine is given for them.

A folder of judgments may hold passages of its own (docs…), which are indexed beside the articles. Titles make two more
sets: the article of a title is to be found by it, while the index holds the article without its title.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from random import Random

from benchmarks.corpus import Corpus, Document
from benchmarks.questions import SEED
from search.reviewing.judgments import Judgments, read_judgments

UNTITLED = "-"
"""The title of an article that has none: it holds no word."""

Record = Mapping[str, str]
"""An article as Telusur reads it."""


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Judged queries by their *name*, and the articles among which they are asked."""

    name: str
    judgments: Judgments
    corpus: Corpus


def judged_sets(articles: Path, count: int | None, folders: Iterable[Path], out: Path) -> list[JudgedSet]:
    """Return the set of each of *folders* over *count* of *articles*, written below *out*; like corpora are one."""
    plain: Corpus | None = None
    sets = []
    for folder in folders:
        own = [file for file in sorted(folder.iterdir()) if file.name.startswith("docs")]
        if own:
            corpus = _written(chain(records(articles, count), *map(records, own)), out / f"with-{folder.name}")
        else:
            corpus = plain = plain or _written(records(articles, count), out / "articles")
        sets.append(JudgedSet(folder.name, read_judgments(folder), corpus))
    return sets


def title_sets(articles: Path, count: int | None, headlines: Path, *, asked: int, out: Path) -> list[JudgedSet]:
    """
    Return two sets over one corpus, of *asked* queries each: titles of articles, and headlines with a short lead.

    Only titles are asked that are nobody else's. All headlines, and the articles whose titles are asked, are indexed
    without their titles.
    """
    random = Random(SEED)  # noqa: S311 - repeatable is what is wanted
    titled, leads = list(records(articles, count)), list(records(headlines, None))
    titles, heads = _picked(titled, asked, random), _picked(leads, asked, random)
    hidden = {*titles, *(one["id"] for one in leads)}
    given = ({**one, "title": UNTITLED} if one["id"] in hidden else one for one in chain(titled, leads))
    corpus = _written(given, out / "untitled")
    return [
        JudgedSet(name, _judgments(name, found), corpus) for name, found in (("titles", titles), ("headlines", heads))
    ]


def records(path: Path, count: int | None = None) -> Iterator[Record]:
    """Yield *count* of the articles of *path* (.jsonl, .jsonl.gz), all for None; a passage has its text as ``text``."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in islice(file, count):
            record = json.loads(line)
            body = record.get("body") or record.get("lead") or record.get("text") or ""
            published = record.get("published") or record.get("date") or ""
            if body.strip():
                title = record.get("title") or UNTITLED
                yield {"id": record["id"], "title": title, "body": body, "published": published, "language": "id"}


def _picked(found: list[Record], asked: int, random: Random) -> dict[str, str]:
    """Return *asked* titles by the id of their article."""
    titles: dict[str, list[str]] = {}
    for one in found:
        titles.setdefault(" ".join(one["title"].split()), []).append(one["id"])
    single = [(ids[0], title) for title, ids in titles.items() if len(ids) == 1 and title != UNTITLED]
    return dict(random.sample(single, min(asked, len(single))))


def _judgments(name: str, titles: Mapping[str, str]) -> Judgments:
    return Judgments(name, titles, {key: {key: 1} for key in titles}, dict.fromkeys(titles, name))


def _written(found: Iterable[Record], folder: Path) -> Corpus:
    """Write *found* for Telusur as they are, and for its peers with title and body in one field."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus, written = Corpus(folder, 0), 0
    with corpus.table.open("w", encoding="utf-8") as table, corpus.lines.open("w", encoding="utf-8") as lines:
        for one in found:
            title = "" if one["title"] == UNTITLED else one["title"]
            text = " ".join(f"{title} {one['body']}".split())
            table.write("\t".join(Document(one["id"], "", text)) + "\n")
            lines.write(json.dumps(one, ensure_ascii=False) + "\n")
            written += 1
    assert written, "there are no articles"
    return Corpus(folder, written)
