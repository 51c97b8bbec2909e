"""What the service says to programs and readers when something is wrong, in Indonesian and English."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("id", "en")

_CUT = 60  # characters of what a stranger wrote that are repeated to him


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of `DETAILS` by its *name*, with the *values* that stand in it."""

    name: str
    values: Mapping[str, object] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        """Return the sentence in *language*."""
        return DETAILS[self.name][LANGUAGES.index(language)].format(**self.values)

    def __str__(self) -> str:
        """Return the sentence in English, as logs have it."""
        return self.in_language("en")


def said(name: str, **values: object) -> Said:
    """
    Return the sentence *name* with *values*; what a stranger wrote must be `quoted`.

    >>> said("unknown_facet", value=quoted("warna"), known="source").in_language("id")
    "memuat 'warna'; yang ada: source"
    """
    return Said(name, values)


def quoted(value: object) -> str:
    r"""
    Return *value* as a sentence may repeat it: in quotes, its control characters escaped, and cut.

    >>> quoted("x" * 70) == repr("x" * 60 + "…"), quoted("a\nb")
    (True, "'a\\nb'")
    """
    if not isinstance(value, str):
        return f"{value!r:.{_CUT}}"
    return repr(value if len(value) <= _CUT else value[:_CUT] + "…")


DETAILS: Mapping[str, tuple[str, str]] = {
    # what is wrong with a parameter or a field
    "missing": ("belum diisi: berikan {wanted}", "is missing: give {wanted}"),
    "no_query": ("belum diisi: berikan kata yang dicari", "is missing: give the words to look for"),
    "both": ("tidak boleh bersama {other}: berikan salah satu", "cannot stand beside {other}: give one of them"),
    "unknown": ("tidak dikenal; yang ada: {known}", "is not known; there are {known}"),
    "no_number": (
        "berisi {value}; harus bilangan bulat dari {lowest} sampai {highest}",
        "is {value}; it must be a whole number from {lowest} to {highest}",
    ),
    "no_day": ("berisi {value}; harus tanggal seperti 2025-01-31", "is {value}; it must be a day such as 2025-01-31"),
    "no_year": ("berisi {value}; harus tahun seperti 2025", "has {value}; it must be a year such as 2025"),
    "no_month": ("berisi {value}; harus bulan seperti 2025-01", "has {value}; it must be a month such as 2025-01"),
    "no_color": ("berisi {value}; harus warna seperti #0b5394", "is {value}; it must be a colour such as #0b5394"),
    "no_cursor": (
        "berisi {value}; harus nilai next dari jawaban sebelumnya, tanpa perubahan",
        "is {value}; it must be what an answer gave as next, unchanged",
    ),
    "other_cursor": (
        "berasal dari pertanyaan lain: ulangi q, mode, sort, correct dan saringan yang sama, atau mulai tanpa cursor",
        "is of another question: repeat the same q, mode, sort, correct and filters, or begin without a cursor",
    ),
    "cursor_gone": (
        "berasal dari indeks yang sudah diganti: ulangi pertanyaan tanpa cursor",
        "is of an index that was replaced: ask again without a cursor",
    ),
    "no_choice": ("berisi {value}; pilihannya: {known}", "is {value}; it must be one of {known}"),
    "no_boolean": ("berisi {value}; harus true atau false", "is {value}; it must be true or false"),
    "no_text": ("berisi {value}; harus teks", "is {value}; it must be text"),
    "no_list": ("berisi {value}; harus daftar teks", "is {value}; it must be a list of texts"),
    "unknown_facet": ("memuat {value}; yang ada: {known}", "has {value}; there are {known}"),
    "too_long": (
        "panjangnya {count:,} karakter; paling banyak {most:,}: pendekkan",
        "has {count:,} characters; {most:,} are read: shorten it",
    ),
    "too_many": (
        "memuat {count:,} nilai; paling banyak {most:,}: kurangi",
        "has {count:,} values; {most:,} are read: give fewer",
    ),
    "too_much_to_mark": (
        "{count:,} karakter untuk {leaves} kata kueri terlalu banyak (hasil kalinya paling banyak {most:,}): bagilah",
        "{count:,} characters for {leaves} words of the query are too many (their product may be {most:,}): part them",
    ),
    "days_exchanged": (
        "adalah {since}, sesudah to={until}: tukarkan",
        "is {since}, after to={until}: exchange the two",
    ),
    "no_json": (
        "bukan JSON yang sah ({reason}): kirim objek JSON dalam UTF-8",
        "is no valid JSON ({reason}): send a JSON object in UTF-8",
    ),
    "no_object": (
        "adalah {kind} JSON; harus objek dengan {known}",
        "is a JSON {kind}; it must be an object with {known}",
    ),
    "no_lines": ("tidak memuat baris: kirim satu objek JSON per baris", "has no line: give one JSON object a line"),
    "no_article": ("bukan artikel: {reason}", "is no article: {reason}"),
    "other_id": (
        "berisi {value} dalam isi, {address} dalam alamat: samakan",
        "is {value} in the body and {address} in the address: give the same",
    ),
    "more": ("dan {count:,} kesalahan lain", "and {count:,} more are wrong"),
    # what is wrong with a request
    "no_such_article": (
        "tidak ada artikel dengan id {value}: id adalah yang diberikan /v1/search",
        "no article has the id {value}: ids are those that /v1/search gives",
    ),
    "no_such_task": (
        "tidak ada tugas {value}: id tugas adalah yang dijawab bersama 202",
        "there is no task {value}: ids are those that were answered with 202",
    ),
    "nothing_here": (
        "tidak ada apa-apa di {path}; /v1/search?q=… mencari, /docs menjelaskan",
        "there is nothing at {path}; /v1/search?q=… searches, /docs tells more",
    ),
    "no_method": (
        "{method} tidak dapat dilakukan di {path}; header Allow menyebut yang dapat",
        "{method} cannot be done at {path}; the header Allow names what can",
    ),
    "bad_request": ("permintaan tidak dapat dibaca: {reason}", "the request cannot be read: {reason}"),
    "bad_media": (
        "isi bertipe {value}; kirim {wanted}",
        "the body is of the type {value}; send {wanted}",
    ),
    "body_too_long": (
        "isi permintaan melebihi {most:,} byte: kirim sebagian demi sebagian",
        "the body has more than {most:,} bytes: send it in parts",
    ),
    "head_too_long": (
        "alamat dan header melebihi {most:,} byte: pendekkan",
        "the address and the headers have more than {most:,} bytes: shorten them",
    ),
    "key_needed": (
        "beri kunci sebagai 'Authorization: Bearer KUNCI'; `telusur keys create NAMA` membuatnya",
        "give a key as 'Authorization: Bearer KEY'; `telusur keys create NAME` makes one",
    ),
    "admin_needed": (
        "masukkan kunci sebagai kata sandi, dengan nama apa pun; `telusur keys create NAMA --scope admin` membuatnya",
        "enter a key as the password, with any name; `telusur keys create NAME --scope admin` makes one",
    ),
    "scope_needed": (
        "kunci ini tidak berlaku untuk {scope}: pakai kunci dengan --scope {scope}",
        "this key is not for {scope}: use one that was made with --scope {scope}",
    ),
    "too_many_requests": (
        "lebih dari {most:,} satuan per menit: coba lagi {seconds} detik lagi",
        "more than {most:,} units a minute were asked for: try again in {seconds} seconds",
    ),
    "deadline": (
        "jawaban memakan waktu lebih dari {seconds:g} detik: sederhanakan kueri, atau coba lagi",
        "the answer takes more than {seconds:g} seconds: ask for something simpler, or try again",
    ),
    "busy": ("terlalu banyak permintaan sedang menunggu: coba lagi", "too many requests are waiting: try again"),
    "no_index": (
        "belum ada indeks yang dapat menjawab: jalankan `telusur reindex SOURCE…`; log layanan memuat rinciannya",
        "there is no index that can answer: run `telusur reindex SOURCE…`; the log of the service has the details",
    ),
    "no_queue": (
        "perubahan tidak dapat disimpan sekarang: coba lagi; log layanan memuat sebabnya",
        "changes cannot be kept now: try again; the log of the service says why",
    ),
    "no_engine": (
        "indeks tidak dapat dibaca sekarang: coba lagi; log layanan memuat sebabnya",
        "the index cannot be read now: try again; the log of the service says why",
    ),
    "no_keys": (
        "pencarian tetap berjalan; log layanan memuat apa yang menghalangi penulisan",
        "searches go on; the log of the service says what keeps writing",
    ),
    "failed": ("sebabnya ada di log layanan", "the log of the service says why"),
}

TITLES: Mapping[str, tuple[str, str]] = {
    "invalid-parameters": ("Ada parameter dengan nilai yang tidak sah", "Parameters have values that they cannot have"),
    "invalid-body": ("Isi permintaan tidak sah", "The body has values that it cannot have"),
    "bad-request": ("Permintaan tidak dapat dibaca", "The request cannot be read"),
    "key-needed": ("Perlu kunci", "A key is needed"),
    "key-not-allowed": ("Kunci ini tidak boleh", "The key is not for this"),
    "not-found": ("Tidak ada", "There is nothing here"),
    "article-not-found": ("Tidak ada artikel itu", "There is no such article"),
    "cursor-gone": ("Indeks dari cursor ini sudah diganti", "The index of this cursor was replaced"),
    "task-not-found": ("Tidak ada tugas itu", "There is no such task"),
    "method-not-allowed": ("Metode itu tidak ada di sini", "This cannot be done here"),
    "body-too-long": ("Isi permintaan terlalu panjang", "The body is too long"),
    "unsupported-media-type": ("Tipe isi tidak didukung", "The type of the body is not supported"),
    "head-too-long": ("Alamat dan header terlalu panjang", "The address and the headers are too long"),
    "too-many-requests": ("Terlalu banyak permintaan", "There were too many requests"),
    "internal-error": ("Layanan gagal", "The service failed"),
    "not-implemented": ("Tidak didukung", "This is not supported"),
    "deadline-passed": ("Jawaban tidak siap pada waktunya", "The answer was not ready in time"),
    "service-busy": ("Layanan sedang sibuk", "The service is busy"),
    "keys-unavailable": ("Kunci tidak dapat diperiksa sekarang", "Keys cannot be checked now"),
    "queue-unavailable": ("Perubahan tidak dapat diterima sekarang", "Changes cannot be taken now"),
    "index-unavailable": ("Belum ada indeks", "There is no index to answer from"),
    "engine-unavailable": ("Mesin pencari tidak dapat menjawab sekarang", "The engine cannot answer now"),
}
"""The titles of the problems, by the last part of their `type`."""
