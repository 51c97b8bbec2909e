import pytest

from indexer.analysis import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ia datang. Ia pergi!", ["Ia datang.", "Ia pergi!"]),
        ("Dr. Rina hadir. Ia bicara.", ["Dr. Rina hadir.", "Ia bicara."]),
        ("Di Jl. Ahmad Yani No. 5 ramai. Macet.", ["Di Jl. Ahmad Yani No. 5 ramai.", "Macet."]),
        ("Kata M. Yusuf kemarin. Selesai.", ["Kata M. Yusuf kemarin.", "Selesai."]),
        ("“Kami siap.” Ia pergi.", ["“Kami siap.”", "Ia pergi."]),
        ("Nilainya 7.5 juta. Naik.", ["Nilainya 7.5 juta.", "Naik."]),
        ("Baris satu\nbaris dua", ["Baris satu", "baris dua"]),
        ("  \n ", []),
        ("", []),
        ("tanpa titik", ["tanpa titik"]),
        ("Pukul 10.30 WIB. acara mulai", ["Pukul 10.30 WIB. acara mulai"]),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text, expected):
    assert cut(text) == expected
