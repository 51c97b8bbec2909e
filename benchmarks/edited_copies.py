"""Copies of articles as other portals print them: another lead and byline, an end cut off, set phrases of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from indexer.article import Article

_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+")
_CITIES = ("Banjarmasin", "Surabaya", "Makassar", "Medan", "Kupang", "Pontianak", "Ambon", "Padang")
_WORDS = (
    "baca simak ikuti dapatkan unduh bagikan kabar berita tautan saluran ponsel aplikasi redaksi pembaca halaman foto "
    "video pilihan terbaru terkini resmi langsung lengkap menarik lainnya setiap hari pekan ini kami anda untuk dengan "
    "melalui pada serta klik gabung langganan gratis laporan data rangkuman ulasan sorotan warga kota daerah nasional"
).split()
_HEADS = ("{title}, Ini Penjelasannya", "Terungkap! {title}", "{title}: Begini Kronologinya")
_LEAST_CUT, _MOST_CUT = 0.1, 0.3  # of the sentences


@dataclass(frozen=True, slots=True)
class Edited:
    """A *copy*, and the id of the article that it was made of."""

    copy: Article
    origin: str


def edited(originals: Sequence[Article], random: Random, *, retitled: bool) -> list[Edited]:
    """Return a copy of each of *originals*, edited in every way at once, *retitled* with a headline of its own."""
    return [Edited(_copy(one, number, random, retitled), one.id) for number, one in enumerate(originals)]


def _copy(original: Article, number: int, random: Random, retitled: bool) -> Article:  # noqa: FBT001 - as above
    portal, city = f"portal-{number % 20}.example", random.choice(_CITIES)
    later = timedelta(minutes=random.randint(10, 2_000))
    return replace(
        original,
        id=f"copy-{original.id}",
        title=_headline(original, random) if retitled else original.title,
        body=_body(original, portal, city, random),
        url=f"https://www.{portal}/{number}",
        author=f"Redaksi {city}",
        source=portal,
        published=original.published + later if original.published else None,
    )


def _headline(original: Article, random: Random) -> str:
    """Return the title with more around it, or the beginning of the second sentence."""
    if random.random() < 0.5:
        return random.choice(_HEADS).format(title=original.title)
    _, *rest = _SENTENCE.split(original.body)
    return " ".join((rest or [original.body])[0].split()[:8]).rstrip(",.")


def _body(original: Article, portal: str, city: str, random: Random) -> str:
    _, *rest = _SENTENCE.split(original.body)
    kept = max(1, round(len(rest) * (1 - random.uniform(_LEAST_CUT, _MOST_CUT))))
    own = Random(portal)  # noqa: S311 - the phrases of a portal are the same in all that it prints
    within, after, last = (" ".join(own.choices(_WORDS, k=14)).capitalize() + "." for _ in range(3))
    told = " ".join(random.choices(_WORDS, k=12))
    middle = rest[:kept]
    middle.insert(len(middle) // 2, within)
    lead = f"{city.upper()}, {portal} – {original.title} {told}."
    return f"{lead}\n{' '.join(middle)} (rdk/{city[:3].lower()})\n{after} {last}"
