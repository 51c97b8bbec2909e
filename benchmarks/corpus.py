"""The articles that every engine is given, flat and the same for all, as many as asked for, however few there are."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count as counting
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

_VOWELS = "aiueo"
_CHANGED_EVERY = 8
"""One word of so many is changed in a repeated article."""


class Document(NamedTuple):
    """An article as the engines get it: title and body without line breaks or tabs."""

    id: str
    title: str
    body: str


Record = dict[str, Any]
"""An article as it comes."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder with *articles* articles: one a line as id, title, body between tabs, and as JSON Lines."""

    folder: Path
    articles: int

    @property
    def table(self) -> Path:
        """The file that the peers read."""
        return self.folder / "articles.tsv"

    @property
    def lines(self) -> Path:
        """The file that Telusur reads."""
        return self.folder / "articles.jsonl"

    def documents(self) -> Iterator[Document]:
        """Yield the articles from the disk, one at a time."""
        return rows(self.table)

    def records(self) -> Iterator[Record]:
        """Yield the articles as Telusur reads them."""
        with self.lines.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def rows(table: Path) -> Iterator[Document]:
    """Yield the articles of the file *table*, one at a time."""
    with table.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield Document(*line.rstrip("\n").split("\t"))


def prepared(articles: Path, folder: Path, count: int | None) -> Corpus:
    """
    Write *count* of *articles* (.jsonl, .jsonl.gz) into *folder*, all of them once for None, and return the corpus.

    Where there are fewer they are repeated, with changed words: see `documents`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    corpus = Corpus(folder, 0)
    with (
        corpus.table.open("w", encoding="utf-8", newline="\n") as table,
        corpus.lines.open("w", encoding="utf-8") as lines,
    ):
        for document in islice(documents(articles, repeat=count is not None), count):
            table.write("\t".join(document) + "\n")
            lines.write(json.dumps({**document._asdict(), "language": "id"}, ensure_ascii=False) + "\n")
            written += 1
    assert written == (count or written) > 0, f"{articles} holds no articles"
    return Corpus(folder, written)


def as_they_come(articles: Path, folder: Path, count: int | None) -> Corpus:
    """
    Write *count* of *articles* into *folder*, all of them for None, and return the corpus.

    Who reads JSON is given each as it comes, with all that it says of itself, and without a language.
    """
    folder.mkdir(parents=True, exist_ok=True)
    corpus, written = Corpus(folder, 0), 0
    with (
        corpus.table.open("w", encoding="utf-8", newline="\n") as table,
        corpus.lines.open("w", encoding="utf-8") as lines,
    ):
        for record, document in islice(_read(articles), count):
            table.write("\t".join(document) + "\n")
            told = {name: value for name, value in record.items() if name != "language"}
            lines.write(json.dumps(told, ensure_ascii=False) + "\n")
            written += 1
    assert written == (count or written) > 0, f"{articles} holds {written:,} articles"
    return Corpus(folder, written)


def documents(articles: Path, *, repeat: bool = False) -> Iterator[Document]:
    """
    Yield the articles of a file, one at a time, and with *repeat* again and again.

    The copy number n (from 1) of an article has ``-n`` after its id, and every eighth word of it, from the (n modulo
    8)th on, has its vowels moved on by n modulo 4 plus 1 places in ``a i u e o``: seven of eight words stay, so that
    words grow as frequent as the articles grow many, and the vocabulary grows too, to five times at most.
    """
    for copy in counting():
        seen = False
        for _, document in _read(articles):
            seen = True
            yield _changed(document, copy) if copy else document
        if not (seen and repeat):
            return


def _read(articles: Path) -> Iterator[tuple[Record, Document]]:
    """Yield the articles of a file once, as they come and flat; those without a title or a body are passed over."""
    opened = gzip.open if articles.suffix == ".gz" else open
    with opened(articles, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            title, body = (" ".join(str(record[name]).split()) for name in ("title", "body"))
            if title and body:
                yield record, Document(str(record["id"]), title, body)


def _changed(document: Document, copy: int) -> Document:
    moved = copy % 4 + 1
    turned = _VOWELS[moved:] + _VOWELS[:moved]
    table = str.maketrans(_VOWELS + _VOWELS.upper(), turned + turned.upper())
    title, body = (_with_changed_words(text, copy % _CHANGED_EVERY, table) for text in document[1:])
    return Document(f"{document.id}-{copy}", title, body)


def _with_changed_words(text: str, first: int, table: dict[int, int]) -> str:
    words = text.split(" ")
    words[first::_CHANGED_EVERY] = [word.translate(table) for word in words[first::_CHANGED_EVERY]]
    return " ".join(words)
