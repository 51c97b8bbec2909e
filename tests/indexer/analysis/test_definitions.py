import pytest

from indexer.analysis.definitions import definitions

STRICT = "Badan Pusat Statistik (BPS) hadir."
LOOSE = "Rumah Sakit Umum Daerah Banjarbaru Idaman (RSDI) buka."


@pytest.mark.parametrize(
    ("text", "short", "long", "is_strict"),
    [
        (STRICT, "BPS", "badan pusat statistik", True),
        ("Dinas Kelautan dan Perikanan (DKP)", "DKP", "dinas kelautan dan perikanan", True),
        ("Kota Dinas Kesehatan (Dinkes)", "Dinkes", "dinas kesehatan", True),
        ("Kitab Undang-Undang Hukum Pidana (KUHP)", "KUHP", "kitab undang-undang hukum pidana", True),
        (
            "Dinas Pemberdayaan Perempuan, Perlindungan Anak, dan Keluarga Berencana (DP3AKB)",
            "DP3AKB",
            "dinas pemberdayaan perempuan perlindungan anak dan keluarga berencana",
            True,
        ),
        (LOOSE, "RSDI", "rumah sakit umum daerah banjarbaru idaman", False),
    ],
)
def test_the_words_before_the_bracket_are_the_long_form(text, short, long, is_strict):
    assert [tuple(found) for found in definitions(text)] == [(short, long, is_strict)]


@pytest.mark.parametrize(
    "text", ["Ia datang (Senin) lalu", "(BPS)", "Harga naik (Rp)", "Jumlah warga (XYZQ)", "A\nBCD (BCD)"]
)
def test_a_bracket_that_defines_nothing_is_passed_over(text):
    assert list(definitions(text)) == []
