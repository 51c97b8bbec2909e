"""Words are scored, marked and looked at alike by compiled code and by numpy, in every form that an index has."""

from random import Random

import numpy as np
import pytest

from indexer import schema
from indexer.engines.whoosh.codec import unions
from search.engines.whoosh import compiled, near_words
from search.engines.whoosh.nearness import standing
from search.engines.whoosh.phrases import PlaceMap, following
from search.engines.whoosh.snapshot import open_snapshot
from search.query import Term, Word
from tests.building import article, written

VOCABULARY = (
    "di yang dan tani petani pertanian bertani padi sawah tanam menanam penanaman air pengairan kedua dua".split()
)
RARE = [f"kata{number}" for number in range(60)]

pytestmark = [
    pytest.mark.compiled,
    pytest.mark.skipif(compiled.native is None, reason="nothing was compiled here: install gcc, and run `make test`"),
]


def text(random, most):
    return " ".join(random.choices([*VOCABULARY, *random.choices(RARE, k=3)], k=random.randint(1, most)))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory, analyzer, ranking):
    random = Random(1)
    articles = [article(str(number), text(random, 9), text(random, 60)) for number in range(700)]
    articles += [article("panjang", "padi", "padi sawah " * 900), article("pendek", "dua kedua", "kedua")]
    folder, _ = written(tmp_path_factory.mktemp("compiled"), analyzer, [(articles, [], False)])
    (view,) = open_snapshot(folder, ranking).views
    return view.searcher


@pytest.fixture
def both(monkeypatch):
    """Return what a function gives by compiled code, and by numpy."""

    def called(function):
        fast = function()
        with monkeypatch.context() as without:
            without.setattr(compiled, "native", None)
            without.setattr(unions, "native", None)
            return fast, function()

    return called


def words_of(segment):
    for number in range(len(segment.forms)):
        stem = segment.terms[int(segment.form_terms[number])].decode()
        yield Word(Term(schema.STEM, stem), Term(schema.EXACT, segment.forms[number].decode()), 0.2)


def listed(matches):
    return None if matches is None else (matches.documents.tolist(), matches.scores.tolist(), matches.count)


def test_every_word_and_form_scores_alike(searcher, both):
    seen = 0
    for word in words_of(searcher.segment):
        for function in (
            lambda word=word: searcher.terms.word(word, 1.3),
            lambda word=word: searcher.terms.matches(word.stem, 1.0),
            lambda word=word: searcher.terms.matches(word.exact, 0.7),
        ):
            fast, slow = both(function)
            assert listed(fast) == listed(slow)
            seen += 1
    assert seen > 3 * len(RARE)


def test_scores_at_some_documents_are_alike(searcher, both):
    random = Random(2)
    for word in words_of(searcher.segment):
        documents = np.array(sorted(random.sample(range(searcher.segment.articles), 50)))
        fast, slow = both(lambda word=word, own=documents: searcher.terms.word_at(word, 1.3, own))
        assert fast.tolist() == slow.tolist()
        for term in (word.stem, word.exact):
            fast, slow = both(lambda term=term, own=documents: searcher.terms.scores_at(term, 1.0, own))
            assert fast.tolist() == slow.tolist()


def test_words_stand_alike(searcher):
    random, segment = Random(3), searcher.segment
    stems = sorted({word.stem.text.encode() for word in words_of(segment)})
    for _ in range(100):
        asked = random.sample(stems, random.randint(2, 6))
        rarity = np.array([random.random() * 12 for _ in asked])
        documents = np.array(sorted(random.sample(range(segment.articles), 30)))
        found = compiled.standing(segment, asked, rarity, documents)
        expected = standing(PlaceMap(segment), asked, rarity, documents)
        assert found is None or [one.tolist() for one in found] == [
            one.tolist() for one in (expected.near, expected.ordered, expected.early)
        ]


def test_places_are_alike(searcher, both):
    documents, places = np.arange(0, searcher.segment.articles, 3), PlaceMap(searcher.segment)
    terms = {term for word in words_of(searcher.segment) for term in (word.stem, word.exact)}
    for field, text in sorted((term.field, term.text.encode()) for term in terms):
        fast, slow = both(lambda field=field, text=text: places.places(field, text).places)
        assert fast.tolist() == slow.tolist()
        fast, slow = both(lambda field=field, text=text: places.places_within(field, text, documents))
        assert fast.tolist() == slow.tolist()


def test_words_in_a_row_are_alike(searcher, both):
    random, places = Random(5), PlaceMap(searcher.segment)
    terms = sorted({(term.field, term.text.encode()) for word in words_of(searcher.segment) for term in word[:2]})
    known = {field: [text for name, text in terms if name == field] for field in (schema.STEM, schema.EXACT)}
    often = 0
    for field, texts in known.items():
        for length in (1, 2, 2, 2, 3, 3, 4):
            for _ in range(60):
                row = random.choices([*texts, b"tiada"] if length > 1 else texts, k=length)
                often += stand_alike(places, field, row, both)
        for text in (b"padi", b"sawah", b"dan"):
            often += stand_alike(places, field, [text] * 9, both) + stand_alike(places, field, [text] * 64, both)
        for text in (b"padi sawah padi sawah padi", b"sawah padi sawah"):
            often += stand_alike(places, field, text.split(), both)
    assert often > 120


def stand_alike(places, field, row, both):
    """Hold that *row* is found alike by compiled code and by numpy; return whether it is anywhere."""

    def found():
        words = [places.places(field, text).places for text in row]
        return places.row(field, row), places.counted(field, following(words, 0))

    (fast, also_fast), (none, slow) = both(found)
    assert none is None or not len(none[0])
    assert [one.tolist() for one in also_fast] == [one.tolist() for one in slow]
    assert fast is None or [one.tolist() for one in fast] == [one.tolist() for one in slow]
    return fast is not None and len(fast[0]) > 0


def test_words_of_other_fields_are_left_to_numpy(searcher):
    assert PlaceMap(searcher.segment).row(schema.TITLE, [b"padi"]) is None


def test_mixed_slots_are_among_those_that_were_compared(searcher):
    mixed = [form for form in map(searcher.segment.form, range(len(searcher.segment.forms))) if form.last_mixed]
    assert len({form.last_mixed for form in mixed}) > 5


def test_unions_are_alike(searcher, both):
    random, segment = Random(4), searcher.segment
    stems = sorted({int(segment.form_terms[number]) for number in range(len(segment.forms))})
    for count in (1, 2, 5, 20):
        for _ in range(30):
            forms = np.array(sorted(random.sample(range(len(segment.forms)), count)))
            fast, slow = both(lambda forms=forms: unions.documents_of_forms(segment, forms))
            assert fast.tolist() == slow.tolist()
            terms = np.array(sorted(random.sample(stems, count)))
            fast, slow = both(lambda terms=terms: unions.documents_of_terms(segment, terms, words=True))
            assert fast.tolist() == slow.tolist()


def test_near_words_are_alike(searcher, both):
    random, known, near = Random(6), searcher.segment.words, 0
    for number in range(len(known)):
        for changes in (0, 1, 2, 3):
            word = slip(known[number], random.randint(0, changes), random)
            fast, slow = both(lambda word=word, most=changes: near_words.near(known, word, most, 3))
            assert fast.tolist() == slow.tolist()
            near += len(fast)
    assert near > 2 * len(known)


def test_of_too_many_likely_words_the_best_known_are_compared(searcher, both, monkeypatch):
    monkeypatch.setattr(near_words, "_MOST_COMPARED", 3)
    known = searcher.segment.words
    for number in range(len(known)):
        fast, slow = both(lambda word=known[number]: near_words.near(known, word, 3, 3))
        assert fast.tolist() == slow.tolist() and len(fast) <= 3


def slip(word, changes, random):
    letters = bytearray(word)
    for _ in range(changes):
        place = random.randrange(len(letters))
        match random.randrange(4):
            case 0 if len(letters) > 1:
                del letters[place]
            case 1:
                letters.insert(place, random.choice(b"aiunktd"))
            case 2:
                letters[place] = random.choice(b"aiunktd")
            case _:
                letters[place : place + 2] = reversed(letters[place : place + 2])
    return bytes(letters[:24])


def test_words_that_are_none_are_refused(searcher):
    known = searcher.segment.words
    asked = known.text.whole(), known.starts.whole()
    for number in (-1, len(known), (1 << 63) - 1):
        with pytest.raises(ValueError, match="words have numbers"):
            compiled.native.similar(*asked, np.array([number]), b"padi", 1)
    with pytest.raises(ValueError, match="24 letters"):
        compiled.native.similar(*asked, np.array([0]), b"padi" * 7, 1)
