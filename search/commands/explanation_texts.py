"""The words of an explanation, in Indonesian and in English."""

from collections.abc import Iterator, Mapping

from search.explaining.explanation import Explanation
from search.web.wording import number

LABELS: Mapping[str, Mapping[str, str]] = {
    "id": {
        "typed": "diketik",
        "read": "dibaca",
        "why": "alasan",
        "title": "judul",
        "body": "isi",
        "score": "skor",
        "sum": "jumlah",
    },
    "en": {
        "typed": "typed",
        "read": "read as",
        "why": "why",
        "title": "title",
        "body": "body",
        "score": "score",
        "sum": "sum",
    },
}
"""The heads of the table, by language."""

_SENTENCES: Mapping[str, Mapping[str, str]] = {
    "id": {
        "found": "Ditemukan: peringkat {place} dari {total} artikel.",
        "deep": "Ditemukan, di luar {looked} artikel pertama dari {total}.",
        "not_found": "Tidak ditemukan.",
        "pinned": "Disematkan pada kueri ini: tampil lebih dahulu, apa pun skornya.",
        "hidden": "Disembunyikan oleh daftar lists.hidden: tidak tampil di hasil mana pun.",
        "instead": "Siaran yang sama tampil sebagai artikel lain: {names}.",
        "filtered": "Tidak lolos penyaring: {names}.",
        "excluded": "Memuat kata yang dikecualikan kueri: {names}.",
        "lacking": "Tidak memuat kata yang wajib ada: {names}.",
        "partly": "Sedikit artikel memuat semua kata, maka sebagian kata cukup. Yang tidak ada di sini: {names}.",
        "corrected": "Kueri tidak menemukan apa pun; yang dicari: {names}.",
        "dropped": "Kata yang tidak dicari karena kueri terlalu panjang: {names}.",
    },
    "en": {
        "found": "Found: place {place} of {total} articles.",
        "deep": "Found, beyond the first {looked} of {total} articles.",
        "not_found": "Not found.",
        "pinned": "It is pinned to this query: it comes first, whatever its score.",
        "hidden": "It is hidden by the list lists.hidden: no result shows it.",
        "instead": "The same release is shown as another article: {names}.",
        "filtered": "Filters leave it out: {names}.",
        "excluded": "It holds words that the query excludes: {names}.",
        "lacking": "It lacks words that must be found: {names}.",
        "partly": "Few articles hold all words, so that some are enough. Not in this one: {names}.",
        "corrected": "The query finds nothing; what was looked for is: {names}.",
        "dropped": "Words that were not looked for, as the query is too long: {names}.",
    },
}


def sentences(found: Explanation, language: str) -> Iterator[str]:
    """Yield in *language* what is so: whether the article is found and where, what speaks for it, and what against."""
    for name, values in _said(found, language):
        yield _SENTENCES[language][name].format(**values)


def _said(found: Explanation, language: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    asked = found.found
    if asked.is_corrected:
        yield "corrected", {"names": asked.corrected or ""}
    total, looked = number(found.total, language), number(len(asked.page.ids), language)
    if not found.is_found:
        yield "not_found", {}
    elif found.place:
        yield "found", {"place": number(found.place, language), "total": total}
    else:
        yield "deep", {"looked": looked, "total": total}
    if found.is_pinned:
        yield "pinned", {}
    if found.is_hidden:
        yield "hidden", {}
    if found.instead:
        yield "instead", {"names": found.instead}
    lacking = "partly" if found.is_relaxed else "lacking"
    named = {
        "filtered": found.filtered,
        "excluded": found.excluded,
        lacking: found.lacking,
        "dropped": asked.asked.dropped,
    }
    yield from ((name, {"names": ", ".join(names)}) for name, names in named.items() if names)
