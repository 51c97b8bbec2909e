"""What is believed of the acronyms that articles define."""

from indexer import acronyms
from indexer.acronym_counts import AcronymCounts
from indexer.acronyms import FILE, Defined
from indexer.analysis import Analyzer, ShortForm
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
    counts.save(tmp_path, SMALL, Analyzer())
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


def test_short_forms_are_kept_as_the_analysis_reads_them(tmp_path):
    counts = counted(("KPK", "komisi pemberantasan korupsi", 8), ("BPS", "badan pusat statistik", 9), ("A/B", "a b", 9))
    counts.save(tmp_path, SMALL, Analyzer())
    read = [acronyms.load_read(tmp_path, Analyzer(), is_ready=is_ready) for is_ready in (True, False)]

    assert (
        read[0]
        == read[1]
        == [
            Defined(ShortForm("bps", "bps", ("badan", "pusat", "statistik"), is_together=False), 9),
            Defined(ShortForm("kpk", "kpk", ("komisi", "berantas", "korupsi"), is_together=False), 8),
        ]
    )


def test_those_that_another_analysis_has_read_are_read_again(tmp_path):
    (tmp_path / FILE).write_text("BPS\tbadan pusat statistik\t9\tbps\tbps\tbadan lain\n", encoding="utf-8")
    stems = [acronyms.load_read(tmp_path, Analyzer(), is_ready=is_ready)[0].form.long for is_ready in (True, False)]

    assert stems == [("badan", "lain"), ("badan", "pusat", "statistik")]


def test_a_file_without_them_serves_as_well(tmp_path):
    (tmp_path / FILE).write_text("BPS\tbadan pusat statistik\t9\n", encoding="utf-8")

    assert acronyms.load_read(tmp_path, Analyzer(), is_ready=True)[0].form.long == ("badan", "pusat", "statistik")
