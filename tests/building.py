"""Builds articles and indexes for tests."""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.building.reindex import Outcome, reindex
from indexer.changes.applying import Applier
from indexer.engines import open_updater, open_writer
from indexer.settings import IndexSettings

FILLER = "Kegiatan berlangsung di aula kantor setempat."


def article(name: str, title: str = "Kabar hari ini", body: str = FILLER, **fields: object) -> Article:
    """Return an article with the id *name*; what is not given is filled with words that no test looks for."""
    return Article.from_record({"id": name, "title": title, "body": body, "language": "id", **fields})


def in_title(word: str, name: str = "in-title") -> Article:
    return article(name, title=f"Kabar {word} hari ini")


def in_body(word: str, name: str = "in-body", **fields: object) -> Article:
    return article(name, body=f"Kegiatan {word} di aula kantor setempat.", **fields)


def record(given: Article) -> dict[str, object]:
    """Return the record from which `Article.from_record` makes *given* again."""
    return given.to_record()


def publish(index: IndexSettings, *articles: Article) -> Outcome:
    """Make *articles* the live generation of *index*."""
    index.path.mkdir(parents=True, exist_ok=True)
    source = index.path.parent / "articles.jsonl"
    source.write_text("".join(json.dumps(record(given)) + "\n" for given in articles), encoding="utf-8")
    return reindex([str(source)], index, Analyzer())


def apply_changes(index: IndexSettings) -> int:
    """Apply what is queued of *index*; return how many changes that was."""
    with Applier(index.path, Analyzer()) as applier:
        return applier.apply()


def written(
    root: Path, analyzer: Analyzer, history: Sequence[tuple[list[Article], list[str], bool]]
) -> tuple[Path, list[Article]]:
    """
    Write an index by commits, each of articles to put in, ids to take out, and whether segments are merged after it.

    Return its folder, and the articles that it holds in the end.
    """
    folder = Path(mkdtemp(dir=root))
    (put, *_), *later = history
    writer = open_writer("whoosh", folder, analyzer)
    for given in put:
        writer.add(given)
    writer.finish()
    held = {given.id: given for given in put}
    for number, (put, gone, merges) in enumerate(later, 1):
        updater = open_updater("whoosh", folder, analyzer)
        updater.apply(put, gone, number)
        while merges and (merge := updater.begin_merge()):
            merge.run()
            merge.finish()
        held = {name: given for name, given in held.items() if name not in gone} | {given.id: given for given in put}
    return folder, list(held.values())
