"""
What a query says of time, and what the date of an article is worth to it.

"kemarin", "pekan lalu" or "Agustus 2019" name a time: articles that were published then are preferred, and the words
need not be found. A query that says nothing of time prefers the new, the longer the less: of "banjir jakarta" readers
want the latest, while a question, words in quotes or a whole sentence ask for one thing, whenever it was written.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from indexer.analysis import function_words
from indexer.article import WIB
from search.query.calendar import Days, days_named
from search.query.lexer import FIELDS, YEAR, Kind, Lexeme, lexemes

NAMED_WEIGHT = 0.3
"""What being published at the named time adds to the score, times it."""

LONGER = 12
"""How many times longer the new stays new for a query of some words than for a short one."""

SHORT, LONG = 3, 7
"""So many words a short query has at most, and so many any that asks for what is new."""

UNDATED = 0.1
"""
An article without a date counts as one that is nine half-lives away. With a third of the whole, those without one took
the first page from all dated ones wherever these are old (`ihsg hari ini` in an archive: nDCG@10 lower by .23).
"""

_DAY = 86_400  # seconds
_EARLIEST = date(1990, 1, 1)  # portals have nothing of before: what was then was written about later
_ZONES = {"wib": WIB, "wita": timezone(timedelta(hours=8), "WITA"), "wit": timezone(timedelta(hours=9), "WIT")}
_ZONE = re.compile(r"(?<![\w:])(?:wib|wita|wit)(?!\w)", re.IGNORECASE)
_QUOTED = re.compile(r'["“”„«»][^"“”„«»]*')
_BARE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_QUESTIONS = frozenset(
    "apa apakah adakah siapa siapakah kapan kapankah mana manakah dimana dimanakah darimana darimanakah bagaimana "
    "bagaimanakah mengapa kenapa berapa berapakah seberapa".split()
)


@dataclass(frozen=True, slots=True)
class Timeliness:
    """
    That articles are preferred which were published from *since* to before *until*, in seconds since 1970.

    To the score of an article of that time *weight* times the score is added, to that of one *half_life* seconds away
    half of it, a third where it is twice as far away.
    """

    since: int
    until: int
    half_life: float
    weight: float

    @property
    def field(self) -> str:
        """What of an article is looked at."""
        return "published"

    @property
    def text(self) -> str:
        """The days, in Western Indonesian Time."""
        first, last = (datetime.fromtimestamp(moment, WIB).date() for moment in (self.since, self.until - 1))
        return f"{first}..{last}"

    def share(self, published: int | None) -> float:
        """
        Return how much of the weight an article has that was *published* then, from 0 to 1.

        >>> named = Timeliness(since=0, until=100, half_life=50, weight=0.3)
        >>> [named.share(moment) for moment in (0, 99, -50, 150, 200)], named.share(None) == UNDATED
        ([1.0, 1.0, 0.5, 0.5, 0.3333333333333333], True)
        """
        if published is None:
            return UNDATED
        return 1 / (1 + max(self.since - published, published - self.until, 0) / self.half_life)


@dataclass(frozen=True, slots=True)
class Newness:
    """How much the new counts for a short query: *weight* times its score, half of that after so many *days*."""

    weight: float
    days: float


@dataclass(frozen=True, slots=True)
class Moment:
    """When a query is asked, and when the *newest* article was published; None where none has a date."""

    now: datetime
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Times:
    """
    A query text whose words of time are told apart.

    *whole* has all words, *text* not those that articles of that time hardly hold (*said*: kemarin), *essence* neither
    those that they may hold (*written*: Agustus 2019).
    """

    whole: str
    text: str
    essence: str
    said: str
    written: str
    timeliness: Timeliness | None


def times_of(text: str, moment: Moment, newness: Newness) -> Times:
    """Return what the query *text* says of time, and which times it prefers at this *moment*."""
    unquoted = _QUOTED.sub(lambda found: " " * len(found.group()), text)
    zone = _ZONE.search(unquoted)
    here = _ZONES[zone.group().lower()] if zone else WIB
    days = days_named(unquoted, moment.now.astimezone(here).date())
    if not days:
        return Times(text, text, text, "", "", _newness(text, moment, newness))
    timeliness = _named(days, here)
    said = [(found.start, found.end) for found in days if not found.is_written] + ([zone.span()] if zone else [])
    written = [(found.start, found.end) for found in days if found.is_written and timeliness]
    parted = (_without(text, said), _without(text, said + written), _taken(text, said), _taken(text, written))
    return Times(text, *parted, timeliness)


def _named(days: list[Days], zone: timezone) -> Timeliness | None:
    """Return that *days* are preferred, from the first to the last where several are named."""
    first, last = min(found.first for found in days), max(found.last for found in days)
    if first < _EARLIEST:
        return None
    since, until = _midnight(first, zone), _midnight(last + timedelta(days=1), zone)
    return Timeliness(since, until, max(_DAY, (until - since) / 2), NAMED_WEIGHT)


def _newness(text: str, moment: Moment, newness: Newness) -> Timeliness | None:
    """Return that what is new is preferred, None where *text* asks for what is right at any time."""
    found = lexemes(text)
    words = [lexeme.text.lower() for lexeme in found if lexeme.kind is Kind.WORD]
    if any(_fixes(lexeme) for lexeme in found) or _QUESTIONS.intersection(words):
        return None
    count = len([word for word in words if word not in function_words()])
    if not (newness.weight and moment.newest and 0 < count <= LONG) or _BARE_YEAR.search(text):
        return None
    today = moment.now.astimezone(WIB).date()
    newest = min(today, moment.newest.astimezone(WIB).date())
    half_life = newness.days * _DAY * (1 if count <= SHORT else LONGER)
    return Timeliness(_midnight(newest, WIB), _midnight(today + timedelta(days=1), WIB), half_life, newness.weight)


def _fixes(lexeme: Lexeme) -> bool:
    """Say whether *lexeme* asks for certain words, or for a year."""
    return lexeme.kind is Kind.QUOTED or (lexeme.kind is Kind.FIELD and FIELDS[lexeme.text] == YEAR)


def _midnight(day: date, zone: timezone) -> int:
    return int(datetime.combine(day, time(), tzinfo=zone).timestamp())


def _taken(text: str, spans: list[tuple[int, int]]) -> str:
    return " ".join(text[start:end] for start, end in sorted(spans))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split()) if spans else text
