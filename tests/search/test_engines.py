"""What every engine must do; each engine of the dictionary runs through the same claims."""

from dataclasses import replace
from datetime import date

import pytest

from search.query import AnyOf, Everything, Expansions, Filters, Place, Prefer, Query, Sort, Term, parse
from tests.building import article, in_body, in_title


@pytest.fixture
def index(any_index):
    return any_index


@pytest.fixture
def ids(analyzer):
    """Return what finds the ids for a query text, in order."""

    def find(engine, text, **options):
        query = Query(parse(text, analyzer), **options)
        return [hit.article.id for hit in engine.search(query, offset=0, limit=100).hits]

    return find


def test_title_matches_outrank_body_matches(engine_over, ids):
    assert ids(engine_over(in_body("kereta"), in_title("kereta")), "kereta") == ["in-title", "in-body"]


def test_the_word_as_typed_outranks_its_other_forms(engine_over, ids):
    engine = engine_over(in_body("perkawinan", "long"), in_body("kawin", "short"))

    assert ids(engine, "perkawinan") == ["long", "short"]
    assert ids(engine, "kawin") == ["short", "long"]


def test_a_rare_word_outranks_a_frequent_one(engine_over, ids):
    engine = engine_over(*(in_body("padi", f"padi-{n}") for n in range(5)), in_body("gandum", "rare"))

    assert ids(engine, "padi OR gandum")[0] == "rare"


def test_a_word_that_fills_a_short_article_outranks_one_lost_in_a_long_one(engine_over, ids):
    engine = engine_over(article("long", body="padi " + "kata lain " * 200), article("short", body="padi kata lain"))

    assert ids(engine, "padi") == ["short", "long"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rumah sakit", {"both"}),
        ("rumah OR sakit", {"both", "rumah", "sakit"}),
        ("rumah -sakit", {"rumah"}),
        ("-sakit", {"rumah", "none"}),
        ('"rumah sakit"', {"both"}),
        ('"sakit rumah"', set()),
        ("rum*", {"both", "rumah"}),
        ("judul:kabar rumah", {"both", "rumah"}),
        ("judul:rumah", set()),
        ("penulis:rina", {"rumah"}),
        ("sumber:a.example", {"sakit"}),
        ("kategori:ekonomi", {"none"}),
        ("tag:panen", {"none"}),
        ("", {"both", "rumah", "sakit", "none"}),
        ("***", set()),
        ("tidakada", set()),
        ('"rumah tidakada"', set()),
        ("tidakada*", set()),
        ("ru*h", {"both", "rumah"}),
        ("r?mah", {"both", "rumah"}),
        ("r?ah", set()),
        ("apa itu rumah?", {"both", "rumah"}),
        ("judul:k?bar -rumah", {"sakit", "none"}),
        ("sakut~", {"both", "sakit"}),
        ("suk~", set()),
        ("sukt~2 -rumah", {"sakit"}),
        ("takit~", set()),
        ("penulis:rena~", {"rumah"}),
        ('"di umum"', set()),
        ('"di umum"~1', set()),
        ('"di umum"~2', {"both"}),
        ('"umum di"~9', set()),
        ("tahun:2019", {"rumah"}),
        ("tahun:2018..2019", {"rumah", "sakit"}),
        ("year:2019..", {"rumah"}),
        ("tahun:..2018", {"sakit"}),
        ("tahun:1990..1991", set()),
        ("rumah -tahun:2019", {"both"}),
        ("rumah (sakit OR tidakada)", {"both"}),
    ],
)
def test_every_kind_of_query_finds_what_it_says(engine_over, ids, query, expected):
    engine = engine_over(
        article("both", body="Di rumah sakit umum."),
        article("rumah", body="Rumah panggung.", author="Rina Lestari", published="2019-05-01"),
        article("sakit", body="Orang sakit.", source="a.example", published="2018-12-31"),
        article("none", category="Ekonomi", tags=["panen"]),
    )

    assert set(ids(engine, query)) == expected


def test_no_phrase_reaches_from_title_to_body(engine_over, ids):
    engine = engine_over(article("1", title="Kabar rumah", body="Sakit hati."))

    assert ids(engine, '"rumah sakit"') == []
    assert ids(engine, "rumah sakit") == ["1"]


def test_the_total_counts_what_the_page_does_not_show(engine_over):
    engine = engine_over(*(in_body("padi", f"{n:02}") for n in range(25)))
    query = Query(Term("stem", "padi"))
    pages = [engine.search(query, offset=offset, limit=10) for offset in (0, 10, 20, 30)]

    assert {page.total for page in pages} == {25}
    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert len({hit.article.id for page in pages for hit in page.hits}) == 25


DATED = [
    article("old", published="2024-05-01T08:00:00+07:00"),
    article("new", published="2026-02-03T08:00:00+07:00"),
    article("b-none"),
    article("a-none"),
    article("mid", published="2025-12-31T23:59:00+07:00"),
]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.NEWEST, ["new", "mid", "old", "a-none", "b-none"]),
        (Sort.OLDEST, ["old", "mid", "new", "a-none", "b-none"]),
    ],
)
def test_articles_without_a_date_come_last_in_either_order(engine_over, ids, sort, expected):
    assert ids(engine_over(*DATED), "", sort=sort) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2025, 1, 1), None, {"mid", "new"}),
        (None, date(2025, 12, 31), {"old", "mid"}),
        (date(2025, 12, 31), date(2025, 12, 31), {"mid"}),
        (date(2026, 3, 1), None, set()),
        (date.min, date.max, {"old", "mid", "new"}),
    ],
)
def test_both_days_of_a_range_are_in_it(engine_over, ids, since, until, expected):
    assert set(ids(engine_over(*DATED), "", filters=Filters(since=since, until=until))) == expected


def test_filters_of_one_field_are_alternatives_and_of_several_conditions(engine_over, ids):
    engine = engine_over(
        article("1", source="a.example", category="Ekonomi"),
        article("2", source="b.example", category="Ekonomi"),
        article("3", source="b.example", category="Olahraga"),
    )

    assert set(ids(engine, "", filters=Filters({"source_key": ("a.example", "b.example")}))) == {"1", "2", "3"}
    both = Filters({"source_key": ("b.example",), "category_key": ("Ekonomi",)})
    assert ids(engine, "kabar", filters=both) == ["2"]


def test_facets_count_all_hits_the_most_frequent_first(engine_over):
    engine = engine_over(*(article(str(n), source=f"{'a' if n % 3 else 'b'}.example") for n in range(9)), article("x"))
    page = engine.search(Query(Everything(), facets=("source_key", "year_key")), offset=0, limit=1)

    assert [(count.value, count.count) for count in page.facets["source_key"]] == [("a.example", 6), ("b.example", 3)]
    assert page.facets["year_key"] == ()


def test_an_article_comes_back_as_it_went_in(engine_over):
    given = article(
        "ä/1",
        title="Judul — “kutip”",
        body="Baris satu.\nBaris dua 😀.",
        url="https://a.example/1",
        author="Rina",
        source="a.example",
        category="Ekonomi",
        tags=["padi", "sawah"],
        published="2025-01-12T10:30:00+08:00",
        reading_minutes=0,
        credit="MC/ri",
    )
    engine = engine_over(given, article("2"))

    assert engine.article("ä/1") == given
    assert engine.article("ä/1").published.isoformat() == "2025-01-12T10:30:00+08:00"
    assert engine.article("3") is None


def test_a_bonus_lifts_what_only_a_weak_word_finds(engine_over):
    weak = [article(f"weak-{n}", body="padi " + "kata lain " * n) for n in range(30)]
    engine = engine_over(*weak, *(in_body("gandum", f"strong-{n}") for n in range(4)), in_body("padi jagung", "lifted"))
    query = Query(Prefer(AnyOf((Term("stem", "padi"), Term("stem", "gandum"))), Term("stem", "jagung"), 5.0))

    assert engine.search(query, offset=0, limit=1).hits[0].article.id == "lifted"


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("banjir riau", "Banjir besar melanda Riau. Kota sunyi.", "Banjir besar. Kota " + "sunyi " * 20 + "di Riau."),
        ("banjir riau", "Kota sunyi: banjir Riau surut.", "Kota sunyi: Riau banjir surut."),
        ("banjir riau", "Banjir Riau surut di kota sunyi.", "Di kota sunyi surut banjir Riau."),
    ],
    ids=["near", "in order", "early"],
)
def test_words_count_more_where_they_stand(engine_over, analyzer, text, first, second):
    others = (article(f"other-{number}", body="Kota sunyi.") for number in range(9))
    engine = engine_over(article("2", body=second), article("1", body=first), *others)
    hits = engine.search(Query(parse(text, analyzer)), offset=0, limit=9).hits

    assert [hit.article.id for hit in hits] == ["1", "2"] and hits[0].score > hits[1].score


def test_words_that_no_article_holds_stand_near_nothing(engine_over, analyzer):
    engine = engine_over(in_body("banjir", "1"), in_body("banjir", "2"))
    hits = engine.search(Query(parse("banjir tahun zaitun", analyzer, require_all=False)), offset=0, limit=9).hits

    assert len({hit.score for hit in hits}) == 1


def test_a_rare_form_does_not_outweigh_its_stem(engine_over, analyzer):
    much = article("much", body="Perkawinan dini marak. " + "Perkawinan itu dicegah. " * 8)
    once = article("once", body="Ia kawin. " + "Warga desa hadir di sana. " * 7)
    engine = engine_over(much, once, *(article(f"{n}", body="Perkawinan.") for n in range(30)), in_body("desa", "x"))

    assert engine.search(Query(parse("kawin", analyzer)), offset=0, limit=1).hits[0].article.id == "much"


def test_a_synonym_counts_for_less_than_the_word_itself(engine_over, analyzer):
    expansions = Expansions([("Kalsel", "kalimantan selatan")], analyzer)
    engine = engine_over(
        article("long", body="Warga Kalimantan Selatan hadir."), article("short", body="Warga Kalsel di sana hadir.")
    )
    query = Query(parse("kalsel", analyzer, expansions))
    hits = engine.search(query, offset=0, limit=2).hits

    assert [hit.article.id for hit in hits] == ["short", "long"]
    (parts,) = engine.explain(query, ["long"])
    assert [part.reason.value for part in parts] == ["short_form"]
    assert sum(part.score for part in parts) == pytest.approx(hits[1].score)


def test_an_explanation_adds_up_to_the_score(engine_over, analyzer):
    engine = engine_over(
        in_body("perkawinan", "1"), in_title("anak", "2"), in_title("perkawinan anak", "3"), article("4")
    )
    query = Query(parse("perkawinan anak -desa", analyzer))
    (hit,) = engine.search(query, offset=0, limit=10).hits
    (parts, none) = engine.explain(query, [hit.article.id, "gone"])

    assert [(part.text, part.reason.value) for part in parts] == [
        ("kawin", "stem"),
        ("perkawinan", "exact"),
        ("anak", "stem"),
        ("anak", "exact"),
        ("kawin anak", "near"),
        ("kawin anak", "order"),
    ]
    assert sum(part.score for part in parts) == pytest.approx(hit.score)
    assert none == ()


def test_the_ids_alone_are_those_of_the_hits(engine_over, analyzer):
    engine = engine_over(in_title("kereta"), in_body("kereta"), in_body("padi", "other"))
    found = engine.ids(Query(parse("kereta", analyzer)), offset=1, limit=5)

    assert (found.total, found.ids) == (2, ("in-body",))


def test_the_newest_article_says_how_new_the_index_is(engine_over):
    dated = [article(str(day), published=f"2026-08-{day}T10:00+07:00") for day in (14, 13)]

    assert engine_over(*dated, article("undated")).newest.isoformat() == "2026-08-14T03:00:00+00:00"
    assert engine_over(article("undated")).newest is None


def test_a_page_that_goes_on_after_a_hit_is_the_rest(engine_over):
    engine = engine_over(*DATED, *(in_body("padi " * n, f"p{n}") for n in range(1, 6)))
    for query in (
        Query(Term("stem", "padi"), facets=("source_key",)),
        *(Query(Everything(), sort=sort) for sort in (Sort.NEWEST, Sort.OLDEST)),
    ):
        whole = engine.search(query, offset=0, limit=50)
        ids = [hit.article.id for hit in whole.hits]
        for place, hit in enumerate(whole.hits):
            published = hit.article.published
            after = Place(hit.score, int(published.timestamp()) if published else None, hit.article.id)
            page = engine.search(replace(query, after=after), offset=0, limit=2)

            assert [found.article.id for found in page.hits] == ids[place + 1 : place + 3], query
            assert (page.total, page.more) == (len(ids), len(ids) > place + 3)


def test_what_is_pinned_comes_first_in_its_order_whether_it_matches_or_not(engine_over):
    articles = (in_body("padi", "1"), in_body("padi padi", "2"), in_body("jagung", "3", source="a.example"))
    engine = engine_over(*articles, in_body("gandum", "4"))
    query = Query(Term("stem", "padi"), pinned=("3", "1", "gone"), facets=("source_key",))
    page = engine.search(query, offset=0, limit=2)

    assert [(hit.article.id, hit.is_pinned) for hit in page.hits] == [("3", True), ("1", True)]
    assert (page.total, page.more, engine.count(query)) == (3, True, 3)
    assert engine.ids(query, offset=1, limit=5).ids == ("1", "2")
    assert [(count.value, count.count) for count in page.facets["source_key"]] == [("a.example", 1)]
    assert set(engine.ids(replace(query, sort=Sort.NEWEST), offset=0, limit=9).ids) == {"1", "2", "3"}
    only = replace(query, filters=Filters({"source_key": ("a.example",)}))
    assert engine.ids(only, offset=0, limit=9).ids == ("3",)


def test_what_is_hidden_is_not_there_for_anything(engine_over):
    engine = engine_over(in_body("padi", "1"), in_title("padi", "2"), in_body("jagung", "3"))
    seen = engine.without(frozenset({"2"}))

    assert seen.ids(Query(Term("stem", "padi")), offset=0, limit=9).ids == ("1",)
    assert (seen.article("2"), seen.article("1").id) == (None, "1")
    assert seen.count(Query(Everything())) == 2
    assert [known.text for known in seen.offering.titles(("kabar", "pa"), most=3)] == []
    assert engine.count(Query(Everything())) == 3 and engine.without(frozenset()) is engine
    assert engine.without(frozenset({"2"})) is seen


def test_a_field_is_counted_without_its_own_filter_and_tags_one_by_one(engine_over):
    engine = engine_over(
        article("1", source="a.example", tags=["padi", "sawah"]),
        article("2", source="b.example", tags=["padi"]),
        article("3", source="b.example"),
    )
    chosen = Filters({"source_key": ("a.example",), "tag_key": ("padi",)})
    query = Query(Everything(), filters=chosen, sort=Sort.NEWEST, facets=("source_key", "tag_key"))
    page = engine.search(query, offset=0, limit=9)

    assert [hit.article.id for hit in page.hits] == ["1"] and page.total == 1
    assert [(count.value, count.count) for count in page.facets["source_key"]] == [("a.example", 1), ("b.example", 1)]
    assert [(count.value, count.count) for count in page.facets["tag_key"]] == [("padi", 1), ("sawah", 1)]
