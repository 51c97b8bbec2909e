from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.lexicon import Lexicon
from indexer.analysis.stemmer import Stemmer, default_stemmer, stem, stems

FAMILIES = """
perintah pemerintah memerintah
periksa pemeriksaan diperiksa memeriksa
kuat penguatan memperkuat menguatkan
tulis menulis penulis tulisan
tangkap menangkap penangkapan tertangkap
kurang mengurangi dikurangi pengurangan kekurangan
menteri kementerian
sinar menyinari
beli dibelinya pembelian membeli pembeli
gerak gerakan bergerak pergerakan
masuk memasuki pemasukan
selidik penyelidikan menyelidiki penyelidik
cek mengecek pengecekan dicek
pilih memilih pemilih pemilihan terpilih
kata mengatakan dikatakan perkataan
menang pemenang kemenangan memenangkan
merdeka kemerdekaan memerdekakan
nilai penilaian menilai dinilai
baik perbaikan memperbaiki kebaikan
kirim mengirim pengiriman dikirim kiriman
pukul memukul pemukulan dipukul
serah menyerahkan penyerahan diserahkan
lapor melaporkan laporan pelapor dilaporkan
bangun pembangunan membangun dibangun bangunan
lindung perlindungan melindungi dilindungi
didik pendidikan mendidik dididik
tumbuh pertumbuhan menumbuhkan tumbuhan
kembang pengembangan mengembangkan berkembang perkembangan
tingkat meningkatkan peningkatan ditingkatkan
laksana pelaksanaan melaksanakan dilaksanakan
bantu bantuan membantu dibantu pembantu
guna penggunaan menggunakan digunakan pengguna berguna
ajar pengajar mengajar diajarkan pelajaran
sehat kesehatan menyehatkan penyehatan
adil keadilan pengadilan mengadili diadili
hukum hukuman menghukum dihukum
tahan penahanan menahan ditahan tahanan
bunuh pembunuhan membunuh dibunuh pembunuh
curi pencurian mencuri dicuri pencuri
korupsi dikorupsi mengorupsi
sidang persidangan disidangkan menyidangkan
putus putusan keputusan memutuskan diputuskan
tinggal meninggal peninggalan ditinggalkan
sebar menyebarkan penyebaran tersebar disebarkan
banjir kebanjiran membanjiri
bakar kebakaran membakar terbakar pembakaran
selamat keselamatan menyelamatkan penyelamatan
jalan perjalanan berjalan menjalankan dijalankan
dagang perdagangan pedagang berdagang
tani petani pertanian bertani
nelayan
hasil menghasilkan penghasilan berhasil keberhasilan
uji pengujian menguji diuji ujian
ubah perubahan mengubah diubah berubah
temu pertemuan menemukan ditemukan penemuan bertemu
anggar anggaran menganggarkan penganggaran dianggarkan
satu persatuan kesatuan bersatu menyatukan penyatuan
percaya kepercayaan mempercayai dipercaya
kelola pengelolaan mengelola dikelola pengelola
salur penyaluran menyalurkan disalurkan saluran
resmi meresmikan peresmian diresmikan
buka pembukaan membuka dibuka terbuka
tutup penutupan menutup ditutup penutup
naik kenaikan menaikkan dinaikkan
turun penurunan menurunkan diturunkan
jual penjualan menjual dijual penjual
sewa penyewaan menyewa disewa penyewa
tanam penanaman menanam ditanam tanaman
panen memanen dipanen pemanenan
rawat perawatan merawat dirawat perawat
kemas mengemas pengemasan kemasan dikemas pengemas
las mengelas pengelasan dilas
kurung mengurung pengurungan terkurung dikurung
urung mengurungkan diurungkan
saring menyaring penyaringan disaring
padu memadukan perpaduan dipadukan
marah memarahi kemarahan
merah memerah memerahkan kemerahan
tonton penontonnya menontonnya
dengar dengarkan mendengarkan pendengaran
lukis lukisan pelukis melukis
tangan tangani menangani penanganan
aku akui mengakui pengakuan
tinju petinju bertinju
dunia duniawi keduniawian
surga surgawi
manusia manusiawi
islam keislaman mengislamkan
nostalgia bernostalgia
kru krunya
tenagakerja ketenagakerjaan
tatanegara ketatanegaraan
titikberat menitikberatkan
sebelas kesebelas
persentil
menak
kebab
"""

NAMES = (
    "kediri kejari pertamina perindo jokowi mendagri kemendikbud pemilu pekanbaru kendari ternate merauke kalimantan"
    " menteng sekadau selayar kutai maluku pemalang pekalongan berau melawi merangin bengkalis telkomsel garuda"
    " gerindra prabowo megawati kemenkes polri bawaslu pertagas pelni perbaungan seputih bali bekasi"
)

KNOWN_WRONG = {"mengerami": "rami", "berempati": "berempati", "terpental": "terpental"}
"""Words that come out wrong today; one that comes out right is to be taken off this list."""


@pytest.mark.parametrize("family", FAMILIES.split("\n")[1:-1])
def test_a_family_has_one_stem(family):
    root, *forms = family.split()

    assert {word: stem(word) for word in forms} == dict.fromkeys(forms, root)


@pytest.mark.parametrize("name", NAMES.split())
def test_a_name_stays_whole(name):
    assert stem(name) == name


@pytest.mark.parametrize(("word", "wrong"), KNOWN_WRONG.items())
def test_what_is_known_to_be_wrong(word, wrong):
    assert stem(word) == wrong


def test_a_parse_says_how_and_why():
    parse = default_stemmer().parse("mempertimbangkannya")

    assert (parse.root, parse.affixes, parse.because) == ("timbang", ("-nya", "-kan", "meN-", "per-"), "affixes")


@pytest.mark.parametrize(
    ("word", "because"),
    [
        ("perempuan", "written roots"),
        ("kediri", "names"),
        ("perubahan", "exceptions"),
        ("ekosistem", "counted roots"),
        ("antarlembaga", "first parts"),
        ("xyzzy", "left alone"),
    ],
)
def test_a_parse_names_the_list_that_settled_it(word, because):
    assert default_stemmer().parse(word).because == because


def test_an_operators_exception_goes_before_everything():
    own = Stemmer(default_stemmer().lexicon, {"perkawinan": "perkawinan", "kediri": "diri"})

    assert (own.stem("perkawinan"), own.stem("kediri"), own.stem("memperkuat")) == ("perkawinan", "diri", "kuat")


def test_a_lexicon_of_ones_own_decides_what_a_root_is():
    own = Stemmer(Lexicon.of(roots=["telusur"]))

    assert own.stem("penelusurannya") == "telusur"
    assert own.stem("perkawinan") == "perkawinan"


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_any_word_has_a_stem_and_always_the_same(word):
    assert stem(word) == stem(word) != ""
    assert stems(word)[0] == stem(word)


def test_threads_that_come_first_get_the_right_stem():
    default_stemmer.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(stem, ["penguatan"] * 32)) == {"kuat"}
