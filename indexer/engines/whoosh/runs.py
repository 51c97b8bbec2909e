"""
Runs: the articles that fit into memory at once, analysed, sorted and put on disk.

An index is one segment made of all runs: that is how memory stays bounded whatever the corpus' size, and how several
processes can write one index.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain, compress, islice
from operator import ne
from pathlib import Path

import numpy as np

from indexer import schema
from indexer.analysis import Analyzer, folded_words
from indexer.article import Article
from indexer.durable import named
from indexer.engines.arrays import Array
from indexer.engines.moments import moment
from indexer.engines.releases.portals import portal
from indexer.engines.releases.signatures import signatures, stem_hash
from indexer.engines.releases.traits import mark
from indexer.engines.whoosh.codec.columns import Columns
from indexer.engines.whoosh.codec.stored import Packed, Packer
from indexer.engines.whoosh.spill import DOCUMENT_BITS, MOST_ARTICLES, POSITION_BITS, Run, RunField, RunFile
from indexer.engines.whoosh.stored import to_stored
from indexer.engines.whoosh.vocabulary import FORM_SIGN, Vocabulary, Words
from indexer.errors import ReindexFailed

RUN_CHARACTERS = 12_000_000
"""Characters of text of a run, some 8,000 articles; sorting them takes about 100 MB."""

_VOCABULARY = 800_000  # pieces remembered from run to run, about 200 MB
_CUT_AT_ONCE = 500_000  # characters, so that what is worked out for each of them stays in the processor's cache

Text = Callable[[str], str]
"""Returns the text of a term from that of a form; an empty one is no term."""


class RunWriter:
    """Gathers articles, and writes them as a run."""

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        """Read the articles with *analyzer*, write into *folder*."""
        self._folder = folder
        self._analyzer = analyzer
        self._vocabulary = Vocabulary(analyzer)
        self._hashes: list[int] = []
        self._packer = Packer()
        self._begin()

    def _begin(self) -> None:
        if len(self._vocabulary) > _VOCABULARY:
            self._vocabulary = Vocabulary(self._analyzer)
            self._hashes.clear()
        self._texts: defaultdict[str, list[str]] = defaultdict(list)
        self._pieces: defaultdict[str, list[tuple[Array, Array]]] = defaultdict(list)
        self._uncut = self._size = 0
        self._stored: list[Packed] = []
        self._ids: list[str] = []
        self._published: list[int] = []
        self._tags: list[tuple[str, ...]] = []
        self._titles: list[str] = []
        self._portals: list[int] = []
        self._keys: dict[str, list[str]] = {field: [] for field in schema.KEY_FIELDS}

    def __len__(self) -> int:
        """Return the number of articles gathered."""
        return len(self._ids)

    @property
    def is_full(self) -> bool:
        """Whether it is time to write."""
        return self._size >= RUN_CHARACTERS or len(self) >= MOST_ARTICLES

    def add(self, article: Article) -> None:
        """Take *article* in."""
        for field, text in (("title", article.title), ("body", article.body), *schema.written(article)):
            self._texts[field].append(text)
        self._size += len(article.title) + len(article.body)
        if self._size - self._uncut >= _CUT_AT_ONCE:
            self._cut()
        self._stored.append(self._packer.packed(to_stored(article)))
        self._ids.append(article.id)
        self._published.append(moment(article))
        self._tags.append(schema.tag_keys(article))
        self._titles.append(" ".join(folded_words(article.title)))
        self._portals.append(mark(portal(article.url, article.source)))
        for field, value in schema.keys(article).items():
            self._keys[field].append(value)

    def write(self, name: str) -> Run:
        """Write the articles gathered into the file *name*, and begin anew."""
        self._cut()
        words = {field: self._words(field) for field in list(self._pieces)}
        last = max(int(own.position.max(initial=0)) for own in words.values())
        if last >> POSITION_BITS:
            raise ReindexFailed(f"an article has {last:,} words; {1 << POSITION_BITS:,} are possible: part it")
        forms = [*self._vocabulary.forms]
        path = self._folder / name
        with named(path), path.open("wb") as opened:
            file = RunFile(opened)
            fields = {field: _field(file, forms, text, [words[p] for p in parts]) for field, text, parts in _FIELDS}
            own = self._columns(self._signatures(words["body"]))
            sections = file.columns(own), file.numbers(own.signatures.ravel()), file.stored(self._stored)
            run = Run(path, len(self), last, fields, *sections)
        self._begin()
        return run

    def _cut(self) -> None:
        for field, texts in self._texts.items():
            self._pieces[field].append(self._vocabulary.numbers(texts))
        self._texts.clear()
        self._uncut = self._size

    def _words(self, field: str) -> Words:
        numbers, counts = (np.concatenate(parts) for parts in zip(*self._pieces.pop(field), strict=True))
        return self._vocabulary.words(numbers, counts, schema.BODY_GAP if field == "body" else 0)

    def _columns(self, rows: Array) -> Columns:
        moments, portals = np.array(self._published, np.int64), np.array(self._portals, np.uint32)
        return Columns(self._ids, moments, self._keys, self._tags, self._titles, rows, portals)

    def _signatures(self, body: Words) -> Array:
        """Return the signatures of the articles by the words of their bodies."""
        new = islice(self._vocabulary.forms, len(self._hashes), None)
        self._hashes += [stem_hash(_stem(form)) for form in new]
        stem = np.array(self._hashes, np.uint64)[body.form]
        return signatures(body.document, body.position, stem, len(self))


def _field(file: RunFile, forms: Sequence[str], text: Text, parts: Sequence[Words]) -> RunField:
    """Write the occurrences of the words of *parts* by the *text* of their forms."""
    form = np.concatenate([part.form for part in parts])
    used = np.flatnonzero(np.bincount(form, minlength=len(forms)))
    terms, place = _sorted([text(forms[number]) for number in used.tolist()])
    rank = np.full(len(forms), -1)
    rank[used] = place
    packed = rank[form]
    packed <<= DOCUMENT_BITS
    packed |= np.concatenate([part.document for part in parts])
    packed <<= POSITION_BITS
    packed |= np.concatenate([part.position for part in parts])
    if len(terms) < len(used):  # some forms have no text here, or share one
        packed = packed[packed >= 0]
    packed.sort()
    sizes = np.bincount(packed >> (DOCUMENT_BITS + POSITION_BITS), minlength=len(terms))
    return RunField(file.terms(terms), file.numbers(sizes), file.numbers(packed))


def _sorted(texts: Sequence[str]) -> tuple[list[str], Array]:
    """Return those of *texts* that are not empty, sorted, each once, and the place of each text, of an empty one -1."""
    order = sorted(range(len(texts)), key=texts.__getitem__)
    terms = list(map(texts.__getitem__, order))
    new = np.fromiter(map(ne, terms, chain([""], terms)), bool, len(terms))
    place = np.zeros(len(texts), np.int64)
    place[order] = np.cumsum(new) - 1
    return list(compress(terms, new.tolist())), place


def _whole(form: str) -> str:
    return form


def _stem(form: str) -> str:
    return form.partition(FORM_SIGN)[0]


def _exact(form: str) -> str:
    return form.partition(FORM_SIGN)[2]


_FIELDS: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    (schema.STEM, _whole, ("title", "body")),
    (schema.TITLE, _stem, ("title",)),
    *((field, _exact, (field,)) for field in (schema.AUTHOR, schema.SOURCE, schema.CATEGORY, schema.TAGS)),
)
"""Each field of words, the text that its terms have of a form, and the texts of an article that it holds."""
