"""Who wrote an article, of what is written where its author should stand."""

import re
from collections.abc import Iterable

from indexer.sources.markup import text_of

_MAIL = re.compile(r"<?[^\s<>()@,;]+@[^\s<>()@,;]+>?")
_AROUND = " \t\n()<>[]|,;:-–—\"'"
_ROLE = re.compile(
    r"^(?:ditulis\s+)?(?:oleh|penulis|reporter|pewarta|wartawan|laporan|kontributor|by|author)\b\s*[:/-]?\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:[;|/]|,|\bdan\b|\band\b|&)\s*")
_NO_PERSON = frozenset(
    "admin administrator superadmin webmaster root redaksi redaktur editor reporter penulis pewarta wartawan"
    " kontributor tim team humas staff staf author user operator pt cv tbk media news portal group grup network cyber"
    " online jaringan kantor berita dinas diskominfo kominfo pemkab pemkot pemprov kementerian press newsroom desk"
    " anonymous".split()
)
_ADDRESS = re.compile(r"[\w.-]+\.[a-z]{2,}")
_WORD = re.compile(r"[^\W\d_]+")


def name_in(text: str) -> str:
    """
    Return the name that *text* gives, without an address of mail.

    >>> name_in("redaksi@kabar.example (Rina Lestari)"), name_in("Rina <rina@kabar.example>"), name_in("a@b.example")
    ('Rina Lestari', 'Rina', '')
    """
    return " ".join(_MAIL.sub(" ", text_of(text)).split()).strip(_AROUND)


def person_in(text: str, portal: Iterable[str] = ()) -> str:
    """
    Return the people whom *text* names; not the *portal* by any of its names, nor a firm or a role.

    >>> person_in("Penulis: Rina Lestari"), person_in("Kabar Harian", ["kabarharian"]), person_in("Tim Redaksi")
    ('Rina Lestari', '', '')
    """
    known = {_letters(name) for name in portal if name}
    names = [_ROLE.sub("", part).strip(_AROUND) for part in _PARTS.split(name_in(text))]
    return ", ".join(dict.fromkeys(name for name in names if _is_person(name, known)))


def _is_person(name: str, portal: set[str]) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    is_portal = _letters(name) in portal or any(word in portal for word in words)
    return bool(words) and not (is_portal or _NO_PERSON.intersection(words) or _ADDRESS.fullmatch(name))


def _letters(name: str) -> str:
    return "".join(_WORD.findall(name)).lower()
