"""What is compiled reads records as numpy does, whatever their form; damaged ones are refused, never followed."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh.codec.encoding import encode
from indexer.engines.whoosh.codec.fields import FIELDS, KINDS
from indexer.engines.whoosh.codec.found import slots_of_term
from indexer.engines.whoosh.codec.kernels import native
from indexer.engines.whoosh.codec.occurrences import Forms, Occurrences
from indexer.engines.whoosh.codec.postings import EscapedSlots, RecordShape
from indexer.schema import BODY_GAP, STEM, TITLE_WEIGHT

FACTOR = 5.5 * 65536
NO_FORM = -2
NO_MIXED = (np.zeros(0, np.uint32), np.zeros(0, np.float32))
NONE = np.zeros(0, np.int32)
ANY_FORM = (-1, np.zeros(0, np.uint32), np.zeros(0, np.int64), np.zeros(0, np.int64))

pytestmark = [
    pytest.mark.compiled,
    pytest.mark.skipif(native is None, reason="nothing was compiled here: install gcc, and run `make test`"),
]


class Word:
    """A word in a segment of *articles*, that *holding* documents drawn by *seed* hold, in one form or in several."""

    def __init__(self, articles, holding, seed, *, formed, wide, highest=None):  # noqa: PLR0913 - what a record may be like
        random = np.random.default_rng(seed)
        documents = np.sort(random.choice(articles, holding, replace=False))
        highest = highest or (100_000 if wide else 60_000)
        counts = np.minimum(random.choice((1, 1, 1, 2, 3, 9, 30, *((200,) if seed % 3 else ())), holding), highest)
        document = np.repeat(documents, counts)
        position = np.concatenate([np.sort(random.choice(highest, count, replace=False)) for count in counts])
        position[random.random(len(position)) < 0.1] = BODY_GAP + 7
        order = np.lexsort((position, document))
        texts = [f"bentuk{number}".encode() for number in range(3)]
        form = random.choice((0, 0, 0, 1, 2), len(document))
        forms = Forms(texts, np.zeros(3, np.int64), form) if formed else None
        term = np.zeros(len(document), np.int64)
        found = Occurrences([b"kata"], term, document, position[order], forms)
        self.articles, self.holding, self.wide = articles, holding, wide
        self.kind = KINDS[STEM]
        written = encode(found, self.kind, articles=articles, wide=wide)
        self.content, self.coded = written.content, bool(written.coded[0])
        escaped = written.escaped
        self.beside = [part.astype(np.uint32) for part in (escaped.slot, escaped.title, escaped.body)]
        self.norms = random.random(articles).astype(np.float32) + 0.5

    @property
    def record(self):
        return self.record_of(self.content), self.articles

    def record_of(self, content):
        return content, self.holding, self.coded, *self.beside

    def postings(self):
        shape = RecordShape(self.articles, self.kind.words, self.kind.positions(wide=self.wide))
        return shape.split(self.content, self.holding, EscapedSlots(*self.beside), coded=self.coded)

    def scores(self):
        """The documents and their scores, by numpy."""
        slots = slots_of_term(self.postings())
        counted = slots.weights / np.maximum(slots.weights + self.norms[slots.documents], np.float32(1e-9))
        return slots.documents, np.maximum(np.rint(counted * np.float32(FACTOR)).astype(np.int32), 1)

    def asked(self):
        return *self.record, self.norms, FACTOR, 0.0, TITLE_WEIGHT, NO_FORM, *NO_MIXED


SIZES = st.sampled_from(
    [(1, 1), (300, 40), (300, 70), (300, 80), (5_000, 66), (5_000, 200), (9_000, 4_000), (200_000, 9), (200_000, 900)]
)
words = st.builds(
    lambda size, seed, formed, wide: Word(*size, seed, formed=formed, wide=wide),
    SIZES,
    st.integers(0, 1 << 30),
    st.booleans(),
    st.booleans(),
)
numbers = st.sets(st.integers(0, 400), max_size=120)


@given(words)
@settings(max_examples=60, deadline=None)
def test_documents_scores_and_marks_are_those_of_numpy(word):
    expected, scores = word.scores()
    marks = np.zeros(word.articles, bool)
    native.mark(*word.record, marks)
    dense = np.zeros(word.articles, np.int32)

    assert np.flatnonzero(marks).tolist() == expected.tolist()
    assert native.scored(*word.asked(), NONE, dense) == word.holding
    assert dense[expected].tolist() == scores.tolist() and np.count_nonzero(dense) == word.holding
    if word.postings().documents is not None:
        found, own = np.empty(word.holding + 1, np.int32), np.empty(word.holding + 1, np.int32)
        count = native.scored(*word.asked(), found, own)
        assert (found[:count].tolist(), own[:count].tolist()) == (expected.tolist(), scores.tolist())


@given(words, st.integers(0, 1 << 30))
@settings(max_examples=60, deadline=None)
def test_scores_and_places_at_some_documents_are_those_of_numpy(word, seed):
    expected, scores = word.scores()
    random = np.random.default_rng(seed)
    some = np.concatenate((random.choice(expected, 20), random.choice(word.articles, 20)))
    asked = np.unique(some).astype(np.int32)
    found = np.empty(len(asked), np.int32)
    native.scores_at(*word.asked(), asked, found)
    known = dict(zip(expected.tolist(), scores.tolist(), strict=True))

    assert found.tolist() == [known.get(document, 0) for document in asked.tolist()]
    for dtype in (np.int32, np.int64):
        starts = np.arange(word.articles, dtype=dtype) * 7
        for documents in (asked, None):
            told = native.places(*word.record, word.wide, BODY_GAP, documents, starts, starts.itemsize, ANY_FORM)
            assert np.frombuffer(told, dtype).tolist() == places(word, starts, documents)


@given(numbers, numbers, st.integers(-3, 3), st.sampled_from((np.int32, np.int64)))
def test_places_that_follow_each_other_are_those_of_both_words(some, others, offset, dtype):
    ours, theirs = np.array(sorted(some), dtype), np.array(sorted(others), dtype)
    told = native.following(ours, theirs, offset, ours.itemsize)
    assert np.frombuffer(told, dtype).tolist() == [place for place in sorted(some) if place + offset in others]


@given(
    SIZES, st.lists(st.tuples(st.integers(0, 1 << 30), st.booleans()), min_size=1, max_size=2), st.booleans(), st.data()
)
@settings(max_examples=80, deadline=None)
def test_a_row_of_words_is_where_their_places_follow_each_other(size, drawn, wide, data):
    known = [Word(*size, seed, formed=formed, wide=wide, highest=90) for seed, formed in drawn]
    row = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=4))
    documents, counts = native.phrase(*phrase(row))
    starts = np.arange(row[0].articles, dtype=np.int64) << 32
    standing = [np.array(places(word, starts, None)) - offset for offset, word in enumerate(row)]
    found = standing[0][np.logical_and.reduce([np.isin(standing[0], other) for other in standing])]

    assert np.frombuffer(documents, np.int32).tolist() == np.unique(found >> 32).tolist()
    assert np.frombuffer(counts, np.float32).sum() > 0 or not len(found)


def phrase(row, form=ANY_FORM):
    """Return what `native.phrase` is asked for the words of *row*."""
    return tuple(word.record[0] for word in row), (form,) * len(row), row[0].articles, row[0].wide, BODY_GAP


def test_what_is_no_phrase_is_refused():
    word = Word(300, 40, 1, formed=True, wide=False)
    records, forms, *rest = phrase([word])
    short = (1, np.arange(3, dtype=np.uint32), np.zeros(2, np.int64), np.zeros(3, np.int64))
    for asked, error, said in (
        (((), ()), ValueError, "a phrase has words"),
        ((records, ()), ValueError, "a phrase has words"),
        ((([],), forms), TypeError, "a record is a tuple"),
        ((records, ([],)), TypeError, "the slots of a form are a tuple"),
        ((records, (short,)), ValueError, "a count and a skip"),
    ):
        with pytest.raises(error, match=said):
            native.phrase(*asked, *rest)


def places(word, starts, documents):
    postings = word.postings()
    counts = postings.counts()
    own = np.arange(word.articles) if postings.documents is None else postings.documents
    document = np.repeat(own, counts)
    found = postings.positions.astype(np.int64) + starts.take(document)
    return sorted(found[np.isin(document, documents)].tolist() if documents is not None else found.tolist())


@given(words, st.integers(0, 1 << 30), st.data())
@settings(max_examples=100, deadline=None)
def test_a_damaged_record_is_refused_or_read_within_its_bytes(word, seed, data):
    random = np.random.default_rng(seed)
    content = word.content.copy()
    content[random.choice(len(content), 8)] = random.integers(0, 256, 8)
    cut = content[: data.draw(st.integers(0, len(content)))]
    record = word.record_of(cut), word.articles
    starts = np.zeros(word.articles, np.int32)
    form = (1, np.arange(9, dtype=np.uint32), *random.integers(-9, 9, (2, 9)))
    wanted = np.array([[0, 1] * 128], np.uint8)
    calls = (
        lambda: native.scored(*record, *word.asked()[2:], NONE, np.zeros(word.articles, np.int32)),
        lambda: native.places(*record, word.wide, BODY_GAP, None, starts, 4, ANY_FORM),
        lambda: native.places(*record, word.wide, BODY_GAP, None, starts, 4, form),
        lambda: native.phrase((record[0], word.record[0]), (form, ANY_FORM), word.articles, word.wide, BODY_GAP),
        lambda: native.mark(*record, np.zeros(word.articles, bool)),
        lambda: native.mark_forms(*union(record, random.integers(-9, 1 << 20, 9), wanted)),
    )
    for call in calls:
        try:
            call()
        except ValueError as exc:
            assert re.search("too short|ascending", str(exc))  # noqa: PT017 - most damages are not seen here, but by the checksums


def union(record, mixed, wanted):
    """Return what a union of one term is asked for."""
    (content, holding, coded, *_), articles = record
    bounds = [np.array([bound], np.int64) for bound in (0, len(content), len(mixed))]
    own = np.array([holding | coded << 31], np.uint32)
    return content, *bounds[:2], own, articles, wanted, mixed.astype(np.int64), bounds[2], np.zeros(articles, np.uint8)


@pytest.mark.parametrize("documents", [[3, 2], [-1], [300]])
def test_documents_that_are_none_are_refused(documents):
    word = Word(300, 40, 1, formed=False, wide=False)
    with pytest.raises(ValueError, match="ascending numbers"):
        native.scores_at(*word.asked(), np.array(documents, np.int32), np.empty(9, np.int32))


def test_arrays_that_are_too_short_are_refused():
    word = Word(300, 40, 1, formed=False, wide=False)
    with pytest.raises(ValueError, match="too short"):
        native.scored(*word.asked(), NONE, np.zeros(9, np.int32))
    with pytest.raises(ValueError, match="a mark for each"):
        native.mark(*word.record, np.zeros(9, bool))
    asked = union(word.record, np.zeros(0), np.ones((1, 256), np.uint8))
    with pytest.raises(ValueError, match="too short"):
        native.mark_forms(*asked[:-1], np.zeros(9, np.uint8))
    with pytest.raises(ValueError, match="outside"):
        native.mark_forms(asked[0], asked[1], asked[2] + 1, *asked[3:])


def test_fields_of_words_alone_are_read_so():
    assert {field for field in FIELDS if KINDS[field].words} >= {STEM}
