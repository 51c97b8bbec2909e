"""The words and titles that a segment keeps for who types: all of them, in order, and the same after a merge."""

from itertools import count

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import folded_words, function_words
from indexer.engines.whoosh import commits
from indexer.engines.whoosh.codec.files import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.titles import LONGEST, SORTED, KnownTitles, write_titles
from indexer.engines.whoosh.codec.words import KnownWords, write_words
from tests.building import article, in_title, written

WORD = st.one_of(st.sampled_from(["harga", "beras", "di", "yang", "undang"]), st.text("abé", min_size=1, max_size=30))
TITLES = st.lists(st.lists(WORD, max_size=8).map(" ".join), max_size=12)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Return what writes a file by a function, and opens it."""
    folder, numbers = tmp_path_factory.mktemp("files"), count()

    def through(write, *arguments):
        path = folder / f"{next(numbers)}"
        file = ArrayFileWriter(path)
        write(file, *arguments)
        return ArrayFile(path, file.finish())

    return through


def places_of(titles, text):
    """Return where words begin in *titles* from which they go on with *text*, by reading all of them."""
    found = set()
    for document, title in enumerate(titles):
        place = 0
        for word in title.split(" "):
            if word and (place == 0 or word not in function_words()) and title[place:].startswith(text):
                found.add((document, len(title[:place].encode())))
            place += len(word) + 1
    return found


@given(TITLES, WORD, st.integers(0, 3))
def test_titles_are_found_by_how_they_go_on_anywhere(read, titles, word, cut):
    known = KnownTitles(read(write_titles, titles))
    text = word[: len(word) - cut] or word
    places = known.holding(text.encode())

    assert known.all() == titles
    assert set(
        zip(known.documents.take(places).tolist(), known.offsets.take(places).tolist(), strict=True)
    ) == places_of(titles, text)


def test_titles_that_begin_alike_for_long_are_told_apart(read):
    beginning = "jadwal imsakiyah ramadan untuk kota "
    known = KnownTitles(read(write_titles, [f"{beginning}{city}" for city in ("medan", "padang", "palu")]))

    assert len(beginning) > SORTED
    assert known.documents.take(known.holding(f"{beginning}pa".encode())).tolist() == [1, 2]


def test_what_is_too_long_of_a_title_is_left_out_at_a_blank(read):
    known = KnownTitles(read(write_titles, ["kata " * 100, "x" * 300, "padi"]))

    assert [len(title) <= LONGEST for title in known.all()] == [True, True, True]
    assert known[0].endswith(b"kata") and known[1] == b"" and known[2] == b"padi"


def test_words_are_plain_ones_that_more_than_a_few_documents_hold(read):
    forms = [b"24", b"beras", b"beras", b"covid19", b"di", b"harga", b"isu-isu", b"\xd0\xbc\xd0\xb8\xd1\x80"]
    holding = np.array([9, 2, 3, 9, 9, 1, 4, 9])
    few, many = (KnownWords(read(write_words, forms, holding, articles)) for articles in (100, 80_000))

    assert [few[number] for number in range(len(few))] == [b"beras", b"harga", b"isu-isu"]
    assert few.holding.whole().tolist() == [5, 1, 4]
    assert [many[number] for number in range(len(many))] == [b"beras", b"isu-isu"]


def test_words_and_titles_of_merged_segments_are_those_of_their_articles(tmp_path, analyzer):
    many = [in_title("padi", f"p-{n}") for n in range(4)]
    folder, held = written(
        tmp_path,
        analyzer,
        [
            (many, [], False),
            ([article("x", title="Jum’at di Café")], ["p-1"], False),
            ([in_title("jagung", "p-2")], [], True),
        ],
    )
    segments = [commits.opened(folder, listed) for listed in commits.load(folder).segments]

    assert len(segments) == 1
    (segment,) = segments
    titles = {segment.columns.ids[document]: segment.titles[document].decode() for document in range(segment.articles)}
    assert titles == {one.id: " ".join(folded_words(one.title)) for one in held}
    words = {segment.words[number].decode() for number in range(len(segment.words))}
    assert {"jumat", "cafe", "padi", "jagung"} <= words
