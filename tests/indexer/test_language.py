import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from indexer.language import _factory, detected, language

INDONESIAN = "Petani di desa itu memanen padi lebih awal karena hujan diperkirakan turun pekan depan."
ENGLISH = "Farmers in the village harvested their rice early because rain is expected next week."
CLEAR = "Warga dan petugas membersihkan jalan yang tertutup lumpur setelah banjir surut, karena truk tidak dapat lewat."
MALAY = (
    "Kementerian berkata langkah itu perlu kerana peniaga mahu harga baharu diumumkan sebelum cuti, iaitu bulan depan."
)

WITHOUT_LANGDETECT = f"""
from indexer.language import _profiles, language
print(language({CLEAR!r}), _profiles.cache_info().currsize, language({ENGLISH!r}), _profiles.cache_info().currsize)
"""

COLD_START = f"""
from concurrent.futures import ThreadPoolExecutor
from indexer.language import detected
with ThreadPoolExecutor(8) as pool:
    print(set(pool.map(detected, [{INDONESIAN!r}] * 8)))
"""


@pytest.mark.parametrize(("text", "expected"), [(INDONESIAN, "id"), (ENGLISH, "en")])
def test_an_article_is_told_by_its_language(text, expected):
    assert language(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (INDONESIAN.upper(), "id"),
        (ENGLISH.upper(), "en"),
        ("BANJIR MELANDA LIMA DESA DI HULU SUNGAI. WARGA MENGUNGSI. Bantuan sudah dikirim.", "id"),
        ("BUPATI TINJAU JALAN RUSAK", "id"),
    ],
)
def test_a_text_in_capitals_is_told_as_one_in_small_letters_is(text, expected):
    assert language(text) == expected


def test_a_text_whose_words_tell_its_language_needs_no_langdetect():
    run = subprocess.run([sys.executable, "-c", WITHOUT_LANGDETECT], capture_output=True, text=True, check=True)

    assert run.stdout.split() == ["id", "0", "en", "1"]


def test_malay_is_told_from_indonesian_by_its_words():
    assert (language(MALAY), detected(MALAY)) == ("ms", "id")


def test_only_the_beginning_of_a_text_is_read():
    assert language(f"{CLEAR} " * 5 + MALAY * 20) == "id"


@pytest.mark.parametrize("text", ["", "   ", "12345 67 89", "😀😀", "\ud800", "\0"])
def test_what_has_no_language_is_unknown(text):
    assert language(text) == "unknown"


def test_the_answer_is_the_same_at_every_call():
    text = "Rapat koordinasi DP3AKB Kalsel"

    assert len({language(text) for _ in range(20)}) == 1


def test_threads_that_come_first_get_the_right_answer_too():
    run = subprocess.run([sys.executable, "-c", COLD_START], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "{'id'}"


def test_threads_share_one_detector():
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(detected, [INDONESIAN, ENGLISH] * 10)) == ["id", "en"] * 10


@pytest.mark.parametrize(
    "text",
    [
        INDONESIAN,
        "PT PLN dan KPK membahas RUU",
        "BPS: Inflasi",
        "padi",
        "Lihat https://example.org/the/news atau tulis ke redaksi@example.org ya",
        "Café di Curaçao, naïve dan façade",
        "Tiếng Việt là ngôn ngữ của người Việt",
        "これは日本語の文章です Tokyo",
        "اللغة العربية",
    ],
)
def test_what_is_detected_is_the_answer_of_langdetect(text):
    detector = _factory().create()
    detector.append(text)
    best = detector.get_probabilities()[0]

    assert detected(text) == (best.lang if best.prob >= 0.7 else "unknown")
