"""What the cluster gets of a text is what the analysis says of it, piece by piece."""

from collections import Counter
from itertools import chain
from weakref import ref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import schema
from indexer.analysis import Analyzer
from indexer.engines.opensearch import texts
from indexer.engines.opensearch.mapping import EMPTY, STACKED
from indexer.engines.opensearch.texts import Texts, fit
from indexer.engines.opensearch.traits import rows_of_slots, rows_of_texts, slots_of, traits
from indexer.engines.releases.signatures import EMPTY as NONE
from indexer.engines.releases.signatures import SLOTS, signature_of, stem_hash
from tests.building import article
from tests.texts import TEXTS

ANALYZER = Analyzer()
ALL = (1 << 64) - 1


def places(found):
    """Return the terms of *found*, pairs of a position and a term, as they are written."""
    by_place = {position: [term for place, term in found if place == position and term] for position, _ in found}
    return " ".join(
        STACKED.join(map(fit, by_place.get(place, ()))) or EMPTY for place in range(max(by_place, default=-1) + 1)
    )


def told(text):
    """Return what is sent of *text* by its tokens, all at once, and the hash of each word by which copies are told."""
    tokens = ANALYZER.analyze(text)
    stems = [(token.position, stem) for token in tokens for stem in token.stems]
    hashes: Counter[int] = Counter()
    for position, stem in stems:
        hashes[position] += stem_hash(stem)
    words = [hashes[position] & ALL for position in sorted(hashes)]
    return places(stems), places([(token.position, token.exact) for token in tokens]), len(tokens), words


@pytest.mark.parametrize("kept", [0, 5, 1_000])
@given(given_texts=st.lists(st.lists(TEXTS), max_size=3))
def test_texts_are_sent_as_the_analysis_reads_them(kept, given_texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "_KEPT", kept)
        reader = Texts(ANALYZER)
        read = [text for some in given_texts for text in reader.read(some)]
    wanted = [told(text.replace("\0", " ")) for some in given_texts for text in some]

    assert [(text.stems(), text.exact(), text.tokens, text.words.tolist()) for text in read] == wanted


def test_signatures_are_those_of_the_schema_and_are_read_back_from_documents():
    bodies = [" ".join(f"kata{n * step % 90}" for n in range(80)) for step in (1, 7)] + ["Panen raya."]
    rows = rows_of_texts([text.words for text in Texts(ANALYZER).read(bodies)])
    signatures = [traits(article("1"), row, 1).get("signature", []) for row in rows]
    slots = list(map(slots_of, signatures))
    kept = rows_of_slots(np.array([*chain.from_iterable(slots)], np.uint32), np.array([*map(len, slots)]))

    assert kept.tolist() == rows.tolist()
    assert rows[2].tolist() == [NONE] * SLOTS != rows[0].tolist() != rows[1].tolist()
    for body, row in zip(bodies, rows, strict=True):
        postings = schema.postings(article("1", body=body), ANALYZER)[schema.STEM]
        assert signature_of((posting.term, posting.position) for posting in postings).tolist() == row.tolist()


def test_what_was_remembered_is_let_go_at_once(monkeypatch):
    monkeypatch.setattr(texts, "_KEPT", 10)
    reader = Texts(ANALYZER)
    before = [
        ref(text.terms)
        for number in range(3)
        for text in reader.read([" ".join(f"kata{number}{n}" for n in range(20))])
    ]

    assert [terms() is None for terms in before[:-1]] == [True, True]
