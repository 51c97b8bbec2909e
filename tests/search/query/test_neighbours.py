"""What words mean next to each other: as a text would be read, and as the articles write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer
from indexer.settings import IndexSettings
from search.answers import Answers
from search.live import LiveIndex
from search.passages.highlight import Highlighter
from search.query import AllWords, Phrase, Term, leaves, parse
from search.query.colloquial import formal
from search.query.figures import figure, written
from search.query.quantities import reading
from search.questions import Mode, Question
from tests.building import article, publish

ANALYZER = Analyzer()
TEXTS = {
    "law": "Undang-Undang Desa disahkan.",
    "laws": "Undang Undang Desa dibahas; undang-undangnya berlaku.",
    "invited": "Warga desa mengundang tamu, para undangan hadir.",
    "souvenir": "Toko oleh-oleh itu ramai.",
    "by": "Disusun oleh panitia, dibuka oleh bupati.",
    "vegetable": "Sayur-mayur naik harga.",
    "tiktok": "Akun TikTok itu viral.",
    "tik tok": "Akun Tik Tok itu ditutup.",
    "motogp": "Balapan MotoGP dimulai.",
    "moto gp": "Balapan Moto GP selesai.",
    "node": "Pustaka Node.js diperbarui.",
    "mayor": "Wali Kota meninjau pasar.",
    "mayors": "Walikota meresmikan taman.",
    "labour": "Dinas Ketenagakerjaan membuka pelatihan.",
    "sports": "Lapangan olah raga dan keolahragaan.",
    "commerce": "Pasar e-commerce tumbuh.",
    "shop": "Pasar ecommerce melambat.",
    "day": "Rapat digelar 12/01/2025 pagi.",
    "date": "Rapat lagi pada 12 Januari 2025 malam.",
    "other day": "Pada 12 Februari lalu, sampai Januari tahun 2025.",
    "law 1": "Menurut UU No. 1 Tahun 2023 itu.",
    "law 1/2023": "Menurut UU 1/2023 itu.",
    "law 2": "Menurut UU Nomor 2 Tahun 2022 itu.",
    "sum": "Bantuan Rp1,5 miliar cair.",
    "sum in figures": "Bantuan Rp 1.500.000.000 cair.",
    "sum in rupiah": "Bantuan 1,5 miliar rupiah cair.",
    "sum with a point": "Bantuan Rp 1.5 miliar cair.",
    "war ii": "Sejarah Perang Dunia II.",
    "war two": "Sejarah Perang Dunia Kedua.",
    "war 2": "Sejarah perang dunia 2.",
    "war": "Perang kedua kubu dagang dunia.",
    "rank 5": "Ia di peringkat ke-5.",
    "rank five": "Ia di peringkat kelima.",
    "rank v": "Ia di peringkat V.",
    "century": "Pada abad ke-20 itu.",
    "century xx": "Pada abad XX itu.",
    "century words": "Pada abad kedua puluh itu.",
    "sixties": "Musik tahun 1960-an.",
    "1960": "Musik tahun 1960.",
    "creed": "Permainan Assassin's Creed.",
    "assassin": "Para Assassin bersembunyi.",
    "assassins": "Para Assassins menyerang.",
    "doctor": "Ia endokrinolog ternama.",
    "science": "Ia mendalami endokrinologi.",
    "heard": "Ia mendengarkan lagu.",
    "made": "Ia bikin kue.",
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory, ranking, highlighting):
    index = IndexSettings(tmp_path_factory.mktemp("neighbours") / "index", "whoosh", 2, 1)
    publish(index, *(article(name, body=body) for name, body in TEXTS.items()))
    live = LiveIndex(index.path, ranking, ANALYZER)
    yield Answers(live, highlighting)
    live.close()


def found(answers, text: str, mode: str = "all") -> set[str]:
    page = answers.search(Question(text=text, page=1, per_page=50, mode=mode))
    return {shown.hit.article.id for shown in page.hits}


LAW, SOUVENIR = {"law", "laws"}, {"souvenir"}
TIKTOK, MOTOGP = {"tiktok", "tik tok"}, {"motogp", "moto gp"}
SUMS = {"sum", "sum in figures", "sum in rupiah", "sum with a point"}
WARS, RANKS = {"war ii", "war two", "war 2"}, {"rank 5", "rank five", "rank v"}
CENTURIES = {"century", "century xx", "century words"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("undang undang desa", LAW),
        ("Undang-undang desa", LAW),
        ('"undang undang desa"', LAW),
        ("oleh oleh", SOUVENIR),
        ("Oleh oleh", SOUVENIR),
        ('"oleh oleh"', SOUVENIR),
        ("sayur mayur", {"vegetable"}),
        ('"sayur mayur"', {"vegetable"}),
        ("tik tok", TIKTOK),
        ("tiktok", TIKTOK),
        ("tik-tok", TIKTOK),
        ("moto gp", MOTOGP),
        ("motogp", MOTOGP),
        ("judul:motogp", set()),
        ("nodejs", {"node"}),
        ("node.js", {"node"}),
        ("node js", {"node"}),
        ("walikota", {"mayor", "mayors"}),
        ("wali kota", {"mayor", "mayors"}),
        ("tenaga kerja", {"labour"}),
        ("ketenagakerjaan", {"labour"}),
        ("olah raga", {"sports"}),
        ("olahraga", {"sports"}),
        ("e commerce", {"commerce", "shop"}),
        ("ecommerce", {"commerce", "shop"}),
        ("12 Januari 2025", {"day", "date", "other day"}),
        ("12 januari 2025 malam", {"date"}),
        ("12/1/2025", {"day", "date"}),
        ("UU No 1 Tahun 2023", {"law 1", "law 1/2023"}),
        ("UU nomor 1 tahun 2023", {"law 1", "law 1/2023"}),
        ("UU 1 Tahun 2023", {"law 1", "law 1/2023"}),
        ("uu 1/2023", {"law 1", "law 1/2023"}),
        ("no 2 tahun 2022", {"law 2"}),
        ("Rp 1,5 miliar", SUMS),
        ("Rp1,5 miliar", SUMS),
        ("Rp 1.500.000.000", SUMS),
        ("1,5 miliar rupiah", SUMS),
        ("perang dunia 2", WARS),
        ("perang dunia II", WARS),
        ("perang dunia ii", WARS),
        ("perang dunia kedua", WARS | {"war"}),
        ("perang dunia dua", WARS),
        ("peringkat ke-5", RANKS),
        ("peringkat ke 5", RANKS),
        ("peringkat kelima", RANKS),
        ("peringkat 5", RANKS),
        ("peringkat V", RANKS),
        ("abad 20", CENTURIES),
        ("abad XX", CENTURIES),
        ("abad kedua puluh", CENTURIES),
        ("tahun 1960-an", {"sixties", "1960"}),
        ("tahun 1960an", {"sixties", "1960"}),
        ("tahun 1960", {"sixties", "1960"}),
        ("Assassin's", {"creed", "assassin", "assassins"}),
        ("Assassins", {"creed", "assassins"}),
        ("assassin", {"creed", "assassin"}),
        ("endokrinolog", {"doctor", "science"}),
        ("endokrinologi", {"doctor", "science"}),
        ("dengerin lagu", {"heard"}),
        ("bikinin kue", {"made"}),
    ],
)
def test_a_query_finds_what_its_words_mean_together(answers, query, expected):
    assert found(answers, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("di di desa", "di desa"),
        ("petani tani", "petani tani"),
        ("desa OR undang undang", "(desa OR undang) undang"),
        ("undang AND undang", "undang AND undang"),
    ],
)
def test_words_that_mean_nothing_together_are_left_apart(answers, query, expected):
    assert found(answers, query) == found(answers, expected)


def test_an_author_is_looked_for_as_he_is_written():
    assert list(leaves(parse("penulis:(siti siti)", ANALYZER, vocabulary=AllWords()))) == [Term("author", "siti")] * 2


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("tik tok", "Akun TikTok, bukan Tik Tok", ["TikTok", "Tik", "Tok"]),
        ("tiktok", "Akun TikTok, bukan Tik Tok", ["TikTok", "Tik Tok"]),
        ("undang undang desa", "Undang-Undang Desa", ["Undang-Undang", "Desa"]),
        ("12 Januari 2025", "Pada 12/01/2025.", ["12/01/2025"]),
        ("perang dunia 2", "Perang Dunia Kedua, abad kedua", ["Perang", "Dunia Kedua"]),
        ("Rp 1,5 miliar", "Rp1.500.000.000", ["Rp", "1.500.000.000"]),
        ("judul:motogp", "Moto GP", []),
    ],
)
def test_what_means_the_same_is_marked(query, text, marked):
    highlighter = Highlighter(parse(query, ANALYZER, vocabulary=AllWords()), ANALYZER)

    assert [text[start:end] for start, end in highlighter.whole(text).ranges] == marked


def test_a_word_is_parted_only_where_the_index_has_the_phrase_often_enough():
    class Index:
        def __init__(self, **held: int) -> None:
            self.held = held

        def holding(self, leaf):
            return self.held.get(leaf.text.replace(" ", "_"), 0)

    often = parse("tiktok", ANALYZER, vocabulary=Index(tiktok=300, tik=9, tok=9, tik_tok=3))
    seldom = parse("tiktok", ANALYZER, vocabulary=Index(tiktok=301, tik=9, tok=9, tik_tok=3))

    assert Phrase("stem", ("tik", "tok")) in leaves(often)
    assert seldom == parse("tiktok", ANALYZER)


@pytest.mark.parametrize(
    ("words", "value"),
    [("tujuh belas", 17), ("ketiga puluh sembilan", 39), ("xxxix", 39), ("39", 39), ("pertama", 1), ("sebelas", 11)],
)
def test_a_figure_is_read_in_words_and_in_roman_letters(words, value):
    assert figure(words.split()).value == value


@pytest.mark.parametrize("words", ["40", "0", "empat puluh", "desa", "iiii", "di", "ke-99"])
def test_what_is_no_figure_below_forty_is_none(words):
    assert figure(words.split()) is None


@pytest.mark.parametrize("value", range(1, 40))
def test_each_way_to_write_a_figure_is_read_as_it(value):
    assert {figure(way.split()).value for way in written(value)} == {value}


@pytest.mark.parametrize("text", ["2025", "1 tahun", "no", "no satu", "rp", "12 januari", "1.5", "12345678", "99 99"])
def test_what_is_no_law_and_no_sum_is_none(text):
    assert reading(text.split()) is None


@pytest.mark.parametrize("word", ["vitamin", "mandarin", "berlin", "kawin", "yakin", "in", "protein", "martin"])
def test_a_word_that_only_ends_so_is_not_colloquial(word):
    assert formal(word, ANALYZER) == word


WORDS = st.sampled_from(
    "undang oleh di ke se e nya 5 0 12 januari 2025 no nomor tahun uu rp 1,5 1.5 miliar rupiah ii v kedua ke-5 belas"
    ' puluh satu tik tok tiktok moto - -- 12- -an judul: penulis: OR ( ) * ~ " 1/2023 ² ٣ ① Ⅷ sayur mayur'.split()
)


@given(st.lists(WORDS | st.text(max_size=5), max_size=9).map(" ".join), st.booleans())
def test_no_words_next_to_each_other_are_an_error(text, require_all):
    tree = parse(text, ANALYZER, vocabulary=AllWords(), require_all=require_all)

    Highlighter(tree, ANALYZER).whole(text)


def test_an_engine_says_how_many_articles_hold_a_term_or_a_phrase(answers):
    with answers.live.open() as index:
        held = [index.engine.holding(leaf) for leaf in (Term("stem", "tiktok"), Phrase("stem", ("tik", "tok")))]

    assert held == [1, 1]


def test_a_word_that_is_mostly_written_apart_tells_no_more_than_that(answers_over):
    """The rare way to write it would outweigh the usual one, and all other words of the query."""
    others = [article(f"apart-{number}", body=f"Ibu kota provinsi {number} ramai.") for number in range(30)]
    index = answers_over(
        *others,
        *(article(f"city-{number}", body=f"Nusantara nomor {number} luas.") for number in range(8)),
        article("joined", body="Ibukota. Ibukota. Ibukota lama di seberang."),
        article("asked", title="Pemindahan ibu kota ke Nusantara", body="Ibu kota pindah ke Nusantara."),
    )
    page = index.search(Question(text="ibukota nusantara", page=1, per_page=50, mode=Mode.ANY))

    assert page.hits[0].hit.article.id == "asked"
    scores = {shown.hit.article.id: shown.hit.score for shown in page.hits}
    assert scores["joined"] < scores["city-0"]
