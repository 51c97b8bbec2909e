"""The recipe: text -> chunks -> tokens. Each distinct chunk is read once and remembered."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from string import ascii_letters, digits, whitespace

from indexer.analysis import compounds, dates, numbers
from indexer.analysis.characters import fold
from indexer.analysis.compounds import BOUND, CAMEL, CLITICS, HYPHEN, SEPARATOR, Piece, pieces
from indexer.analysis.fingerprint import fingerprint
from indexer.analysis.hints import Hints
from indexer.analysis.kept_lexicon import keep
from indexer.analysis.lexicon import Lexicon
from indexer.analysis.reduplication import reduplicated
from indexer.analysis.rules import Explained, Rule, Tokens
from indexer.analysis.tokenizer import PARTS, chunks
from indexer.analysis.tokens import Token
from indexer.analysis.words import Reading, Step, WordReader

CACHED_CHUNKS = 1 << 17
"""Chunks remembered, about 40 MB when full; 24.8 million running words hold some 600,000 distinct ones."""

CACHED_WORDS = 1 << 14
"""Words remembered however they were written: a third of new chunks are known words with other capitals."""

_WITH_NUMBER = re.compile(r"([A-Za-z]{3,})(\d{1,4})")
_HALVES = 2
_SIGNS = str.maketrans(digits, "0" * len(digits), ascii_letters)

NO_EXCEPTIONS: Mapping[str, str] = {}


class Analyzer:
    """
    Turns Indonesian text into tokens; safe to share between threads.

    *exceptions* are words that the stemmer gets wrong, with their roots. Readers and writers of one index must use
    the same; equal *fingerprint*s say that they do.
    """

    def __init__(
        self,
        exceptions: Mapping[str, str] = NO_EXCEPTIONS,
        lexicon: Lexicon | None = None,
        kept: Path | None = None,
        chunks: int = CACHED_CHUNKS,
    ) -> None:
        """
        Read with *exceptions* and *lexicon*, or with the project's own, which is loaded with the first word.

        That is read from the file *kept*, if it is there; see `kept_lexicon`. So many *chunks* are remembered.
        """
        self.exceptions = dict(exceptions)
        self._lexicon, self._kept = lexicon, kept
        self._words = WordReader(self.exceptions, lexicon, kept)
        self._rules = (
            Rule("date", self._date, ("0", f"/.-{whitespace}")),
            Rule("time", self._time, ("0", ".:")),
            Rule("number", self._number, ("0",)),
            Rule("decade", self._decade, ("0",)),
            Rule("money", self._money, ("0",)),
            Rule("hashtag", self._hashtag, ("#",)),
            Rule("separate words", self._separate, ("/,:&+_",)),
            Rule("address", self._address, (".",)),
            Rule("abbreviation", self._abbreviation, (".",)),
            Rule("separate words", self._dotted, (".@",)),
            Rule("doubled word", self._doubled, ("-",)),
            Rule("clitic", self._clitic, ("-",)),
            Rule("ordinal", self._ordinal, ("-",)),
            Rule("possessive", self._possessive, ("'`",)),
            Rule("bound prefix", self._bound, ("-",)),
            Rule("compound", self._compound, ("-",)),
            Rule("letters and figures", self._with_number, ("0",)),
        )
        self._rules_for = lru_cache(maxsize=None)(self._rules_with)  # of the sets of the few signs that chunks hold
        self._read_word = lru_cache(maxsize=CACHED_WORDS)(self._words.read)
        self.read = lru_cache(maxsize=chunks)(self.read_once)
        """Return the tokens of one chunk, places counted from its start."""
        self.positions = lru_cache(maxsize=CACHED_WORDS)(self._positions)
        """Return how many positions a piece of text takes."""

    def __reduce__(self) -> tuple[Callable[..., "Analyzer"], tuple[Mapping[str, str], Lexicon | None, Path | None]]:
        """Say how another process makes the same analyzer; what this one remembers it leaves behind."""
        return _made_of, (self.exceptions, self._lexicon, self._kept)

    @property
    def fingerprint(self) -> str:
        """What must be equal in two programs for them to make the same terms of a text."""
        return fingerprint(self.exceptions)

    def analyze(self, text: str) -> list[Token]:
        """
        Return the tokens of *text* in the order of their places.

        >>> [(t.exact, t.stems) for t in Analyzer().analyze("Perkawinan anak-anak")]
        [('perkawinan', ('kawin',)), ('anak-anak', ('anak',))]
        """
        return self._in_a_row(chunks(text))

    def _positions(self, piece: str) -> int:
        return _width(self.analyze(piece))

    @cached_property
    def hints(self) -> Callable[[str], frozenset[str]]:
        """What says what a piece of text must hold to have a term in it; see `Hints`."""
        return Hints(self._words.stemmer.exceptions).of

    def keep_lexicon(self, path: Path) -> None:
        """Write the lexicon to *path*, from where another analyzer of an equal fingerprint may read it."""
        keep(self._words.stemmer.lexicon, fingerprint({}), path)

    def read_word(self, word: str) -> Reading:
        """Return what the folded *word* is found by: what `read` says of every chunk of letters that folds to it."""
        return self._words.read(word)

    def is_known(self, word: str) -> bool:
        """Say whether the folded *word* has a root, or is one that was written down; names and counted ones do not."""
        return self._words.is_written(word)

    def is_name(self, word: str) -> bool:
        """Say whether the folded *word* is a name that the lists have."""
        return word in self._words.stemmer.lexicon.names

    def explain(self, text: str) -> list[Explained]:
        """Return the tokens of *text*, each with what was done to get it."""
        return [self._explained(token, text[token.start : token.end]) for token in self.analyze(text)]

    def _explained(self, token: Token, surface: str) -> Explained:
        rule, _ = self._ruled(surface)
        if rule != "word":
            return Explained(token, rule, (Step(rule, token.exact, f"found by {', '.join(token.stems)}"),))
        folded = fold(surface)
        steps = [Step("fold", folded, "case and accents")] if folded != surface else []
        return Explained(token, rule, (*steps, *self._words.steps(folded)))

    def read_once(self, chunk: str) -> tuple[Token, ...]:
        """Return what `read` returns, for a caller that remembers it itself; the parts of the chunk are remembered."""
        return tuple(self._ruled(chunk)[1])

    def _ruled(self, chunk: str) -> tuple[str, Tokens]:
        """Return the tokens of *chunk*, and the name of the rule that read it."""
        if not chunk.isalpha():
            signs = frozenset(chunk.translate(_SIGNS))
            for rule in self._rules_for(signs) if chunk.isascii() else self._rules:
                tokens = rule.read(chunk)
                if tokens is not None:
                    return rule.name, tokens
        return "word", self._word(chunk)

    def _rules_with(self, signs: frozenset[str]) -> tuple[Rule, ...]:
        return tuple(rule for rule in self._rules if not any(signs.isdisjoint(group) for group in rule.signs))

    def _word(self, surface: str) -> Tokens:
        word = fold(surface)
        if not word:
            return ()
        exact, stems = self._read_word(word)
        return (_whole(surface, exact, *stems),)

    def _date(self, chunk: str) -> Tokens | None:
        day = dates.day(chunk)
        return (_whole(chunk, day, day), *self._matches(chunk, PARTS)) if day else None

    def _time(self, chunk: str) -> Tokens | None:
        time = dates.time(chunk)
        return (_whole(chunk, time, time),) if time else None

    def _number(self, chunk: str) -> Tokens | None:
        value = numbers.number(chunk)
        return (_whole(chunk, value, *dict.fromkeys((value, value.partition(".")[0]))),) if value else None

    def _money(self, chunk: str) -> Tokens | None:
        money = numbers.money(chunk)
        return self._in_a_row([(0, money[0]), (len(money[0]), money[1])]) if money else None

    def _hashtag(self, chunk: str) -> Tokens | None:
        return self._with_parts(chunk, fold(chunk), CAMEL) if chunk.startswith("#") else None

    def _separate(self, chunk: str) -> Tokens | None:
        return self._in_a_row(pieces(chunk, SEPARATOR)) if SEPARATOR.search(chunk) else None

    def _address(self, chunk: str) -> Tokens | None:
        if not compounds.is_address(chunk):
            return None
        if "@" in chunk:
            return [_whole(chunk, chunk.lower(), chunk.lower()), *self._in_a_row(pieces(chunk, compounds.AT))]
        return self._with_parts(chunk, chunk.lower(), PARTS)

    def _abbreviation(self, chunk: str) -> Tokens | None:
        return self._word(chunk) if compounds.is_abbreviation(chunk) else None

    def _dotted(self, chunk: str) -> Tokens | None:
        signs = [sign for sign in (compounds.DOT, compounds.AT) if sign.search(chunk)]
        return self._in_a_row(pieces(chunk, signs[0])) if signs else None

    def _doubled(self, chunk: str) -> Tokens | None:
        halves = pieces(chunk, HYPHEN)
        if len(halves) != _HALVES:
            return None
        first, second = (fold(half) for _, half in halves)
        root = reduplicated(first, second, self._words.stem)
        return (_whole(chunk, f"{first}-{second}", root),) if root else None

    def _clitic(self, chunk: str) -> Tokens | None:
        *heads, last = pieces(chunk, HYPHEN)
        return self._as_one(chunk, heads, exact=fold(chunk)) if heads and fold(last[1]) in CLITICS else None

    def _ordinal(self, chunk: str) -> Tokens | None:
        first, *rest = pieces(chunk, HYPHEN)
        value = numbers.ordinal(rest[0][1]) if len(rest) == 1 and fold(first[1]) == "ke" else None
        return (_whole(chunk, f"ke-{value}", *dict.fromkeys((value, fold(rest[0][1])))),) if value else None

    def _decade(self, chunk: str) -> Tokens | None:
        years = numbers.decade(chunk)
        return (_whole(chunk, f"{years}-an", years),) if years else None

    def _possessive(self, chunk: str) -> Tokens | None:
        owner = compounds.owner(chunk)
        return (_whole(chunk, fold(chunk), fold(owner), fold(chunk)),) if owner else None

    def _bound(self, chunk: str) -> Tokens | None:
        first, *rest = pieces(chunk, HYPHEN)
        prefix = fold(first[1])
        if not rest or prefix not in BOUND | {"se"}:
            return None
        return self._as_one(chunk, rest, exact="" if prefix == "se" else fold(chunk))

    def _compound(self, chunk: str) -> Tokens | None:
        joined = fold(chunk)
        if not HYPHEN.search(chunk) or not joined:
            return None
        return [_whole(chunk, joined, joined), *self._in_a_row(pieces(chunk, HYPHEN))]

    def _with_number(self, chunk: str) -> Tokens | None:
        if not _WITH_NUMBER.fullmatch(chunk) or (chunk.endswith("2") and chunk[:-1].isalpha()):
            return None
        return self._with_parts(chunk, fold(chunk), CAMEL)

    def _as_one(self, chunk: str, found: list[Piece], exact: str) -> Tokens:
        """Read the pieces *found* in a chunk, and give the first of their tokens the whole chunk as its place."""
        head, *rest = self._in_a_row(found) or (None,)
        if head is None:
            return ()
        end = head.end if rest else len(chunk)
        return [head._replace(start=0, end=end, exact=exact or head.exact), *rest]

    def _with_parts(self, chunk: str, whole: str, parts: re.Pattern[str]) -> Tokens:
        tokens = self._matches(chunk, parts)
        return [_whole(chunk, whole, whole), *(tokens if len(tokens) > 1 else ())] if whole else ()

    def _matches(self, chunk: str, parts: re.Pattern[str]) -> list[Token]:
        return self._in_a_row((match.start(), match.group()) for match in parts.finditer(chunk))

    def _in_a_row(self, found: Iterable[Piece]) -> list[Token]:
        tokens: list[Token] = []
        position = 0
        for start, piece in found:
            own = self.read(piece)
            if len(own) == 1:  # as nearly all are: a third of the time is saved here
                ((_, first, last, exact, stems),) = own
                tokens.append(Token(position, start + first, start + last, exact, stems))
                position += 1
            else:
                tokens += _moved(own, start, position)
                position += _width(own)
        return tokens


def _made_of(exceptions: Mapping[str, str], lexicon: Lexicon | None, kept: Path | None) -> Analyzer:
    return Analyzer(exceptions, lexicon=lexicon, kept=kept)


def _whole(chunk: str, exact: str, *stems: str) -> Token:
    return Token(0, 0, len(chunk), exact, stems)


def _moved(tokens: Iterable[Token], start: int, position: int) -> Iterator[Token]:
    for place, first, last, exact, stems in tokens:
        yield Token(place + position, first + start, last + start, exact, stems)


def _width(tokens: Iterable[Token]) -> int:
    """Return how many positions *tokens* take."""
    return max((token.position for token in tokens), default=-1) + 1


_DEFAULT = Analyzer()


def analyze(text: str) -> list[Token]:
    """
    Return the tokens of *text* by the project's own word lists, in the order of their places.

    Any string will do: what is neither letter nor digit is passed over. No term is empty or holds white space,
    and every span lies within *text*.
    """
    return _DEFAULT.analyze(text)
