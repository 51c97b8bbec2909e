"""
Text files as scraped from a portal: a title, an author, ``3 Menit Baca``, paragraphs, and what surrounds them.

    Title
                                    blank lines between all of these may be missing
    Author
    3 Menit Baca
    Paragraph … the last one may end in a credit: MC Kalsel/scw
    sumber : portal.example
    Bagikan Artikel Ini
"""

import re
from collections.abc import Iterator
from pathlib import Path

from indexer.article import LONGEST, Record
from indexer.sources.records import Broken, Found

_READING_TIME = re.compile(r"(\d{1,3})\s+menit\s+(?:mem)?baca", re.IGNORECASE)
_SOURCE = re.compile(r"sumber(?:\s+berita)?\s*:\s*(.+)", re.IGNORECASE)
_AUTHOR = re.compile(r"(?:oleh|penulis|reporter|by)\s*:?\s+(.+)", re.IGNORECASE)
_CREDIT = re.compile(r"""(?<=[.!?…"”])\s*\(?((?:[A-Z][\w.]*\s){0,4}?[A-Z][\w.]*\s?/\s?\w{2,12}(?:/\w{2,12})*)\)?\.?$""")
_BOILERPLATE = re.compile(
    r"bagikan(?: artikel)?(?: ini)?:?|baca juga\s*:.*|advertisement|iklan|scroll (?:to|untuk) .*|gulir untuk .*"
    r"|lanjutkan membaca.*|artikel ini telah tayang .*|komentar|facebook|twitter|whatsapp|telegram|salin tautan",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?=.{1,60}$)[^\d/()\s]+(?:\s[^\d/()\s]+){0,5}")  # up to six words, and no figure among them
_SENTENCE_END = (".", "!", "?", "”", '"', ":")


def read(path: Path) -> Iterator[Found | Broken]:
    """Yield the article that the file at *path* holds."""
    if path.stat().st_size > 4 * LONGEST["body"]:
        yield Broken(str(path), f"the file has {path.stat().st_size:,} bytes; no article is that long")
        return
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        yield Broken(str(path), f"the file is not UTF-8 (byte {exc.start}); convert it to UTF-8")
        return
    if not text.strip():
        yield Broken(str(path), "the file is empty")
    elif "\0" in text:
        yield Broken(str(path), "the file is binary; a text file is expected")
    else:
        yield Found(str(path), parse(text))


def parse(text: str) -> Record:
    """
    Return the fields of the article that *text* holds: title, author, reading_minutes, body, credit, source.

    A field that is not found is left out; so is the body where nothing but boilerplate follows the title.
    """
    title, *lines = [line.strip() for line in text.splitlines() if line.strip()]
    record: dict[str, object] = {"title": title}
    paragraphs: list[str] = []
    for line in lines:
        if minutes := _READING_TIME.fullmatch(line):
            record["reading_minutes"] = int(minutes[1])
            _take_author(record, paragraphs)
        elif source := _SOURCE.fullmatch(line):
            record["source"] = source[1]
        elif not _BOILERPLATE.fullmatch(line):
            paragraphs.append(line)
    _take_author(record, paragraphs)
    _take_credit(record, paragraphs)
    if paragraphs:
        record["body"] = "\n".join(paragraphs)
    return record


def _take_author(record: dict[str, object], paragraphs: list[str]) -> None:
    """Move the author's name from the head of *paragraphs*, where it is one short line that is no sentence."""
    if "author" in record or not paragraphs or not _is_name(paragraphs[0]):
        return
    line = paragraphs.pop(0)
    named = _AUTHOR.fullmatch(line)
    record["author"] = named[1] if named else line


def _is_name(line: str) -> bool:
    return _NAME.fullmatch(line) is not None and not line.endswith(_SENTENCE_END)


def _take_credit(record: dict[str, object], paragraphs: list[str]) -> None:
    """Move the agency's credit from the end of the last paragraph."""
    if paragraphs and (credit := _CREDIT.search(paragraphs[-1])):
        record["credit"] = credit[1]
        paragraphs[-1] = paragraphs[-1][: credit.start()].rstrip()
