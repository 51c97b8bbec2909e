"""
The cases that an analyzer of Indonesian must get right, by the numbers under which they were collected.

Those that only a query can show (51, 52, 59, 60) are in `tests/search/query/test_meaning.py`.
"""

import pytest

from indexer.analysis import analyze

ONE_STEM = {
    1: ("memperkuat penguatan menguatkan kekuatan", "kuat"),
    2: ("pemberdayaan memberdayakan diberdayakan", "daya"),
    3: ("perlindungan pelindungan melindungi", "lindung"),
    4: ("penanganan menangani ditangani", "tangan"),
    5: ("menyelenggarakan penyelenggaraan", "selenggara"),
    6: ("perkawinan kawin", "kawin"),
    7: ("perbankan bank", "bank"),
    8: ("kerusakan merusak perusakan", "rusak"),
    9: ("gerakan pergerakan bergerak", "gerak"),
    10: ("penarikan menarik", "tarik"),
    11: ("penegakan menegakkan", "tegak"),
    12: ("memasuki pemasukan masuk", "masuk"),
    13: ("mengubah berubah perubahan", "ubah"),
    14: ("menyeberangi penyeberangan", "seberang"),
    15: ("persetujuan menyetujui disetujui setuju", "setuju"),
    16: ("perhatian memperhatikan", "hati"),
    17: ("belajar pelajar pelajaran pembelajaran", "ajar"),
    18: ("bekerja pekerja pekerjaan", "kerja"),
    19: ("pertanggungjawaban mempertanggungjawabkan tanggungjawab", "tanggungjawab"),
    22: ("mengoordinasikan mengkoordinasikan koordinasi", "koordinasi"),
    23: ("menyukseskan mensukseskan sukses", "sukses"),
    24: ("mengecat cat", "cat"),
    25: ("bukunya bukuku bukumu bukulah bukupun", "buku"),
    28: ("laki-laki lelaki laki", "laki"),
    30: ("sayur-mayur sayur", "sayur"),
    31: ("berlari-lari lari", "lari"),
    32: ("perundang-undangan undang-undang", "undang-undang"),
    33: ("buku2 buku-buku buku²", "buku"),
    37: ("Fátima fatima", "fatima"),
    41: ("Jum'at Jum’at Jumat", "jumat"),
    48: ("DP3AKB DPPPAKB dp3akb", "dpppakb"),
    49: ("P3K PPPK", "pppk"),
    55: ("perem\u00adpuan perem\u200bpuan \ufeffperempuan perempuan", "perempuan"),
    56: ("cafe\u0301 café cafe", "cafe"),
    57: ("aktifitas aktivitas", "aktivitas"),
    58: ("Soeharto Suharto", "suharto"),
}

MORE_OF_ONE_STEM = [
    ("pernikahan menikah", "nikah"),
    ("mengebom bom", "bom"),
    ("kubaca kaubaca dibaca", "baca"),
    ("anak-anak anak", "anak"),
    ("isu-isu isu", "isu"),
    ("ibu-ibu ibu", "ibu"),
    ("perempuan-perempuan perempuan", "perempuan"),
    ("bolak-balik balik", "balik"),
    ("asal-usul asal", "asal"),
    ("meniru-nirukan tiru", "tiru"),
    ("tolong-menolong tolong", "tolong"),
    ("bertahun-tahun tahun", "tahun"),
    ("Qur'an Quran", "quran"),
    ("Ma'ruf Maruf", "maruf"),
    ("ta'aruf taaruf", "taaruf"),
    ("DP3A DPPPA", "dpppa"),
    ("ＤＰ３ＡＫＢ DP3AKB", "dpppakb"),
    ("ﬁlm film", "film"),
    ("ijin izin mengijinkan", "izin"),
    ("resiko risiko", "risiko"),
    ("apotik apotek", "apotek"),
    ("nasehat nasihat menasehati", "nasihat"),
    ("praktek praktik", "praktik"),
    ("antri antre", "antre"),
    ("hutang utang", "utang"),
    ("propinsi provinsi", "provinsi"),
    ("Nopember November", "november"),
    ("Djakarta Jakarta", "jakarta"),
    ("Soerabaja Surabaya", "surabaya"),
    ("Tjipto Cipto", "cipto"),
    ("ketidakadilan adil", "adil"),
    ("ketidakpastian pasti", "pasti"),
    ("Budha Buddha", "buddha"),
    ("samudera samudra", "samudra"),
    ("isteri istri", "istri"),
    ("Perancis Prancis", "prancis"),
    ("1960-an 1960an 1960", "1960"),
    ("90-an 90", "90"),
    ("Assassin's Assassin’s Assassin", "assassin"),
    ("1.5 1,5", "1.5"),
]


@pytest.mark.parametrize(
    ("words", "stem"),
    [*ONE_STEM.values(), *MORE_OF_ONE_STEM],
    ids=[*map(str, ONE_STEM), *(w for w, _ in MORE_OF_ONE_STEM)],
)
def test_words_of_one_family_share_one_stem(words, stem):
    assert {token.stems[0] for token in analyze(words)} == {stem}
    assert len(analyze(words)) == len(words.split())


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("antarlembaga", "lembaga"),
        ("nonaktif", "aktif"),
        ("pascabencana", "bencana"),
        ("prasejarah", "sejarah"),
        ("ber-KTP", "ktp"),
        ("non-ASN", "asn"),
        ("pertanggungjawaban", "tanggung"),
        ("pertanggungjawaban", "jawab"),
        ("ketenagakerjaan", "tenaga"),
        ("keolahragaan", "raga"),
        ("Assassin's", "assassins"),
        ("K3", "kkk"),
        ("ke-7", "7"),
        ("ke-VII", "7"),
        ("ke-VII", "vii"),
        ("Rp1.500.000,75", "1500000"),
        ("Rp 1,5 triliun", "1.5"),
        ("7,5%", "7.5"),
        ("10.30 WIB", "10:30"),
        ("10:30", "10:30"),
        ("UU No. 1/2023", "2023"),
        ("UU No. 1/2023", "1"),
        ("COVID-19", "covid19"),
        ("covid19", "19"),
        ("G30S/PKI", "g30s"),
        ("G30S/PKI", "pki"),
        ("Jl. Sudirman", "jalan"),
        ("No.5", "5"),
        ("PT. Telkom", "pt"),
        ("S.H.", "sh"),
        ("d.k.k.", "dkk"),
        ("M.Si.", "msi"),
        ("info@kalsel.go.id", "info"),
        ("info@kalsel.go.id", "kalsel.go.id"),
        ("info@kalsel.go.id", "info@kalsel.go.id"),
        ("https://diskominfomc.kalselprov.go.id/x", "kalselprov"),
        ("https://diskominfomc.kalselprov.go.id/x", "diskominfomc.kalselprov.go.id"),
        ("#IndonesiaEmas2045", "indonesiaemas2045"),
        ("#IndonesiaEmas2045", "emas"),
    ],
)
def test_a_text_is_found_by_what_stands_in_it(text, stem):
    assert stem in {found for token in analyze(text) for found in token.stems}


@pytest.mark.parametrize(
    "word",
    "walaupun meskipun adalah bagaimana masalah sekolah jumlah pemilu tamu kamu wartawan ilmuwan Bekasi Bali Maluku"
    " Kutai Selayar Pemalang Pekalongan Kediri Berau Melawi Merangin Bengkalis Perindo Sekadau Menteng Prabowo"
    " Pertamina Jokowi Megawati perempuan keluarga kepala menteri jaya maju B20 G20 4G PK5".split(),
)
def test_a_word_without_affix_stays(word):
    (token,) = analyze(word)

    assert token.stems == (word.lower(),)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("se-Kalimantan Selatan", ["se-Kalimantan", "Selatan"]),
        ("kabupaten/kota", ["kabupaten", "kota"]),
        ("dan/atau", ["dan", "atau"]),
        ("gender—baik", ["gender", "baik"]),
        ("gender–baik", ["gender", "baik"]),
        ("anak\u2011anak", ["anak\u2011anak"]),
        ("tanggung\u00a0jawab", ["tanggung", "jawab"]),
    ],
)
def test_words_are_parted_where_a_reader_parts_them(text, surfaces):
    tokens = analyze(text)

    assert [text[token.start : token.end] for token in tokens] == surfaces
    assert [token.position for token in tokens] == list(range(len(surfaces)))


@pytest.mark.parametrize("text", ["12 Januari 2025", "12/01/2025", "12/1/2025", "2025-01-12"])
def test_a_day_is_one_term(text):
    assert analyze(text)[0].stems == ("2025-01-12",)


def test_a_doubled_name_of_an_animal_is_found_in_two_words():
    assert {token.stems[0] for token in analyze("kupu-kupu kupu kupu")} == {"kupu"}


def test_the_exact_form_of_a_doubled_law_is_kept():
    assert [token.exact for token in analyze("perundang-undangan undang-undang")] == [
        "perundang-undangan",
        "undang-undang",
    ]
