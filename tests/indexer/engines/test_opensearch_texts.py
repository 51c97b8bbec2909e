"""What the cluster gets of a text is what the analysis says of it, piece by piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer
from indexer.engines.opensearch import texts
from indexer.engines.opensearch.mapping import EMPTY, STACKED
from indexer.engines.opensearch.texts import Texts, fit
from tests.texts import TEXTS

ANALYZER = Analyzer()


def places(found):
    """Return the terms of *found*, pairs of a position and a term, as they are written."""
    by_place = {position: [term for place, term in found if place == position and term] for position, _ in found}
    return " ".join(
        STACKED.join(map(fit, by_place.get(place, ()))) or EMPTY for place in range(max(by_place, default=-1) + 1)
    )


def told(text):
    """Return what is sent of *text* by its tokens, all at once."""
    tokens = ANALYZER.analyze(text)
    stems = [(token.position, stem) for token in tokens for stem in token.stems]
    return places(stems), places([(token.position, token.exact) for token in tokens]), len(tokens)


@pytest.mark.parametrize("kept", [0, 5, 1_000])
@given(given_texts=st.lists(st.lists(TEXTS), max_size=3))
def test_texts_are_sent_as_the_analysis_reads_them(kept, given_texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "_KEPT", kept)
        reader = Texts(ANALYZER)
        read = [text for some in given_texts for text in reader.read(some)]
    wanted = [told(text.replace("\0", " ")) for some in given_texts for text in some]

    assert [(text.stems(), text.exact(), text.tokens) for text in read] == wanted
    assert [len(text.words) for text in read] == [
        sum(place != EMPTY for place in stems.split()) for stems, _, _ in wanted
    ]
