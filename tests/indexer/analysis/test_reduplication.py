import pytest

from indexer.analysis.reduplication import reduplicated


@pytest.mark.parametrize(
    ("first", "second", "root"),
    [
        ("anak", "anak", "anak"),
        ("berlari", "lari", "lari"),
        ("meniru", "nirukan", "tiru"),
        ("tolong", "menolong", "tolong"),
        ("bertahun", "tahun", "tahun"),
        ("buah", "buahan", "buah"),
        ("rumah", "rumahan", "rumah"),
        ("sayur", "mayur", "sayur"),
        ("gerak", "gerik", "gerak"),
        ("undang", "undang", "undang-undang"),
        ("undang", "undangnya", "undang-undang"),
        ("perundang", "undangan", "undang-undang"),
        ("oleh", "oleh", "oleh-oleh"),
        ("pertama", "tama", "pertama"),
        ("jakarta", "bandung", None),
        ("covid", "19", None),
        ("a", "a", None),
        ("kabupaten", "kota", None),
    ],
)
def test_a_doubled_word_is_told_from_two_words(first, second, root):
    assert reduplicated(first, second) == root
