"""The texts of the results page, by language."""

from collections.abc import Mapping
from datetime import datetime

TEXTS: Mapping[str, Mapping[str, str]] = {
    "id": {
        "title": "Telusur",
        "tagline": "Cari di {articles} artikel",
        "label": "Kata yang dicari",
        "placeholder": "Misalnya: kawin anak kalsel",
        "button": "Cari",
        "results": "Hasil untuk",
        "count": "{total} artikel",
        "relaxed": "Hanya sedikit artikel yang memuat semua kata. Sebagian hasil mungkin tidak memuat: {words}.",
        "dropped": "Terlalu banyak kata; {count} kata tidak dicari.",
        "cut": "Terlalu luas; hanya kata yang paling sering muncul yang dicari untuk: {words}.",
        "corrected": "Menampilkan hasil untuk",
        "as_typed": "Cari apa adanya:",
        "meant": "Mungkin maksud Anda:",
        "none": "Tidak ada artikel yang cocok dengan",
        "advice": "Periksa ejaannya, kurangi jumlah kata, atau coba kata lain yang semakna.",
        "previous": "Sebelumnya",
        "next": "Berikutnya",
        "page": "Halaman {page}",
        "pages": "Halaman hasil",
        "sort": "Urutkan",
        "relevance": "Paling sesuai",
        "newest": "Terbaru",
        "oldest": "Terlama",
        "minutes": "{minutes} menit baca",
        "duplicates": "{count} artikel lain dari rilis ini",
        "help": "Gunakan “tanda kutip” untuk frasa, -kata untuk pengecualian, ATAU untuk pilihan, judul: untuk judul.",
        "failed": "Pencarian tidak dapat dilakukan",
        "back": "Kembali ke halaman pencarian",
        "skip": "Langsung ke hasil",
        "api_note": "Semua yang dapat diminta dari layanan ini. Spesifikasinya:",
        "api_key": "Perlu kunci.",
        "api_parameter": "Parameter",
        "api_values": "Nilai",
        "api_meaning": "Arti",
        "api_body": "Isi permintaan:",
    },
    "en": {
        "title": "Telusur",
        "tagline": "Search {articles} articles",
        "label": "Words to look for",
        "placeholder": "For example: kawin anak kalsel",
        "button": "Search",
        "results": "Results for",
        "count": "{total} articles",
        "relaxed": "Few articles hold all of the words. Some results may lack: {words}.",
        "dropped": "Too many words; {count} were not looked for.",
        "cut": "Too wide; only the commonest words were looked for of: {words}.",
        "corrected": "Showing results for",
        "as_typed": "Search as typed:",
        "meant": "Did you mean:",
        "none": "No article matches",
        "advice": "Check the spelling, use fewer words, or try others of the same meaning.",
        "previous": "Previous",
        "next": "Next",
        "page": "Page {page}",
        "pages": "Pages of results",
        "sort": "Sort by",
        "relevance": "Relevance",
        "newest": "Newest",
        "oldest": "Oldest",
        "minutes": "{minutes} minutes to read",
        "duplicates": "{count} more of this release",
        "help": "Use “quotes” for a phrase, -word to exclude, OR for alternatives, title: for titles only.",
        "failed": "The search could not be done",
        "back": "Back to the search page",
        "skip": "Skip to the results",
        "api_note": "All that can be asked of this service. Its specification:",
        "api_key": "A key is needed.",
        "api_parameter": "Parameter",
        "api_values": "Values",
        "api_meaning": "Meaning",
        "api_body": "Body of the request:",
    },
}

REASONS: Mapping[str, Mapping[str, str]] = {
    "id": {
        "exact": "kata persis",
        "stem": "kata dasar sama",
        "synonym": "singkatan atau padanan",
        "correction": "ejaan mirip",
        "phrase": "frasa",
        "pattern": "pola kata",
        "field": "kata di kolom itu",
        "near": "kata berdekatan",
        "order": "urutan kata sama",
        "early": "di awal isi",
        "date": "waktu terbit",
        "all": "semua artikel",
    },
    "en": {
        "exact": "exact word",
        "stem": "same root",
        "synonym": "short form or synonym",
        "correction": "similar spelling",
        "phrase": "phrase",
        "pattern": "pattern of words",
        "field": "word of that field",
        "near": "words near each other",
        "order": "words in the same order",
        "early": "early in the body",
        "date": "time of publication",
        "all": "all articles",
    },
}
"""Why something adds to a score, by `search.results.Reason`."""

_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def number(value: int, language: str) -> str:
    """
    Return *value* with its thousands grouped.

    >>> number(1234567, "id"), number(1234, "en")
    ('1.234.567', '1,234')
    """
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if language == "id" else grouped


def day(moment: datetime, language: str) -> str:
    """
    Return the day of *moment*, in its own zone.

    >>> day(datetime(2026, 1, 12), "id")
    '12 Januari 2026'
    """
    return f"{moment.day} {_MONTHS[language][moment.month - 1]} {moment.year}"
