"""A minus excludes what a reader wants left out, and nothing from a sentence that was pasted."""

import pytest

from search.query.dashes import is_dash

PROSE = "Presiden meresmikan jalan tol yang menghubungkan dua kota besar di pulau itu -pembangunan dua tahun"


@pytest.mark.parametrize(
    "text",
    [
        "jenis band -nya",
        "tahun 1960 -an",
        "negara -negara barat",
        "posisi lima -Posisi play-off",
        "jalan (besar) -jalan kecil",
        PROSE,
    ],
)
def test_a_dash_excludes_nothing(text):
    assert is_dash(text, text.rindex(" -") + 2)


@pytest.mark.parametrize(
    "text",
    [
        "banjir -jakarta",
        "banjir rob di jakarta utara -bogor",
        "-banjir",
        "banjir -banjir",
        "banjir -jakarta -jakarta",
        "banjir -(jakarta OR bogor)",
        'banjir -"jakarta utara"',
        "banjir " + " ".join(f"-kota{number}" for number in range(20)) + " -bogor",
    ],
)
def test_a_minus_excludes(text):
    assert not is_dash(text, text.rindex("-") + 1)
