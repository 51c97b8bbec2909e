"""What is believed of the acronyms that articles define."""

from indexer import acronyms
from indexer.acronyms import AcronymCounts
from tests.building import article

STRICT = "Badan Pusat Statistik (BPS) hadir."
LOOSE = "Rumah Sakit Umum Daerah Banjarbaru Idaman (RSDI) buka."
SMALL, LARGE = 60, 1_000_000


def counted(*definitions: tuple[str, str, int]) -> AcronymCounts:
    counts = AcronymCounts()
    for short, long, articles in definitions:
        counts.articles[short, long] = articles
        counts.strict.add((short, long))
    return counts


def longs(counts, articles=SMALL) -> list[tuple[str, int]]:
    return [(found.long, found.articles) for found in counts.clear(articles)]


def test_in_a_small_index_one_article_is_enough_for_a_strict_pair_and_three_for_a_loose_one(tmp_path):
    counts = AcronymCounts()
    for number in range(2):
        counts.add(article(str(number), body=f"{STRICT} {LOOSE}"))
    assert longs(counts) == [("badan pusat statistik", 2)]

    counts.add(article("3", body=LOOSE))
    counts.save(tmp_path, SMALL)
    assert [tuple(found) for found in acronyms.load(tmp_path)] == [
        ("BPS", "badan pusat statistik", 2),
        ("RSDI", "rumah sakit umum daerah banjarbaru idaman", 3),
    ]


def test_a_large_index_asks_for_more_articles():
    assert longs(counted(("BPS", "badan pusat statistik", 10)), LARGE) == []
    assert longs(counted(("BPS", "badan pusat statistik", 11)), LARGE) == [("badan pusat statistik", 11)]


def test_typing_errors_count_for_the_commonest_spelling():
    counts = counted(
        ("KPK", "komisi pemberantasan korupsi", 8),
        ("KPK", "komisi pemberatasan korupsi", 2),
        ("KPK", "komisi pemberantasankorupsi", 1),
        ("KPK", "dari komisi pemberantasan korupsi", 1),
    )

    assert longs(counts) == [("komisi pemberantasan korupsi", 12)]


def test_of_several_long_forms_the_two_that_many_articles_mean_are_believed():
    counts = counted(
        ("PBB", "perserikatan bangsa-bangsa", 6),
        ("PBB", "partai bulan bintang", 4),
        ("PBB", "pajak bumi dan bangunan", 5),
        ("PBB", "perkampungan budaya betawi", 1),
    )

    assert longs(counts) == [("perserikatan bangsa-bangsa", 6), ("pajak bumi dan bangunan", 5)]


def test_a_roman_figure_is_no_short_form():
    assert longs(counted(("XI", "xyz indonesia", 9), ("MC", "media center", 9))) == []
