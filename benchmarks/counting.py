"""Counts by reading all articles, one by one: what the engines' counts are held to."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.corpus import Corpus, Document, Record
from benchmarks.questions import KINDS, Question
from indexer import schema
from indexer.analysis import Analyzer
from indexer.article import Article
from indexer.language import with_language
from search.query import Alike, All, AnyOf, Except, Node, Phrase, Prefer, Prefix, Term

Places = dict[str, set[int]]
"""The terms of a field, and where they stand."""

Fields = dict[str, Places]
"""An article as it is read."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How an engine without stemming reads: what a word is to it, and where phrases and prefixes are looked for."""

    word: re.Pattern[str]
    whole_fields: tuple[str, ...]
    folds: bool = False
    """Whether letters lose their accents."""

    def read(self, document: Document) -> Fields:
        """Return the words of *document* by field."""
        return {field: _places(self._words(getattr(document, field))) for field in ("title", "body")}

    def _words(self, text: str) -> list[str]:
        lowered = text.lower()
        if self.folds and not lowered.isascii():
            lowered = "".join(sign for sign in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(sign))
        return [found.group() for found in self.word.finditer(lowered)]

    def matches(self, question: Question, fields: Fields) -> bool:
        """Say whether an article with these *fields* is an answer."""
        words = question.words
        whole = [fields[name] for name in self.whole_fields]
        match question.kind:
            case "phrase":
                return any(_stands(words, places) for places in whole)
            case "prefix":
                return any(word.startswith(words[0]) for places in whole for word in places)
            case "and":
                return all(any(word in places for places in fields.values()) for word in words)
        return any(word in places for word in words for places in fields.values())


_LETTERS = re.compile(r"[^\W_]+")

RULES = {
    "whoosh": Rule(re.compile(r"\w+(?:\.?\w+)*"), ("body",)),
    "fts5": Rule(_LETTERS, ("title", "body"), folds=True),
    "tantivy": Rule(_LETTERS, ("body",)),
}
"""The engines that do not stem. Those that do, Telusur apart, have analyzers of their own, and are held to nothing."""


def sampled(questions: Iterable[Question], each: int) -> list[Question]:
    """Return *each* of every kind, those whose words are plain letters, which every engine cuts alike."""
    plain = [question for question in questions if re.fullmatch(r"[A-Za-z ]+", question.text)]
    return [question for kind in KINDS for question in [one for one in plain if one.kind == kind][:each]]


def counted(corpus: Corpus, rule: Rule, questions: Sequence[Question]) -> list[int]:
    """Return how many articles of *corpus* answer each of *questions* by *rule*."""
    return _counts(map(rule.read, corpus.documents()), [partial(rule.matches, one) for one in questions])


def counted_trees(corpus: Corpus, trees: Sequence[Node], analyzer: Analyzer) -> list[int]:
    """Return how many articles of *corpus*, as they are analysed, each of *trees* matches."""

    def read(record: Record) -> Fields:
        article = with_language(Article.from_record(record))
        fields: Fields = {}
        for field, postings in schema.postings(article, analyzer).items():
            for posting in postings:
                fields.setdefault(field, {}).setdefault(posting.term, set()).add(posting.position)
        return fields

    return _counts(map(read, corpus.records()), [partial(_holds, one) for one in trees])


def _counts(articles: Iterable[Fields], matchers: Sequence[Callable[[Fields], bool]]) -> list[int]:
    counts = [0] * len(matchers)
    for fields in articles:
        for number, matches in enumerate(matchers):
            counts[number] += matches(fields)
    return counts


def _holds(node: Node, fields: Fields) -> bool:
    match node:
        case Term(field, text):
            return text in fields.get(field, {})
        case Prefix(field, text):
            return any(term.startswith(text) for term in fields.get(field, {}))
        case Phrase(field, terms, 0):
            return _stands(terms, fields.get(field, {}))
        case All(nodes):
            return all(_holds(child, fields) for child in nodes)
        case AnyOf(nodes):
            return any(_holds(child, fields) for child in nodes)
        case Alike(child, others):
            return any(_holds(one, fields) for one in (child, *others))
        case Prefer(child):
            return _holds(child, fields)
        case Except(child, excluded):
            return _holds(child, fields) and not _holds(excluded, fields)
    raise AssertionError(f"no question is made into {node}")


def _stands(words: Sequence[str], places: Places) -> bool:
    """Say whether *words* stand one after the other."""
    starts = places.get(words[0], set())
    return any(all(start + step in places.get(word, ()) for step, word in enumerate(words)) for start in starts)


def _places(words: Iterable[str]) -> Places:
    found: Places = {}
    for place, word in enumerate(words):
        found.setdefault(word, set()).add(place)
    return found
