"""Words of a query as nodes: analysed as the text was, each found by its stem and preferred in its exact form."""

import re
from collections.abc import Iterator

from indexer import schema
from indexer.analysis import Analyzer, Token, chat_forms, fold, function_words
from search.query.lexer import YEAR
from search.query.tree import All, AnyOf, Fuzzy, Node, Phrase, Prefer, Prefix, Range, Term, Wildcard

_SHORTEST = 2
"""Letters without which the beginning of a word, or what it is like, means nothing."""

_MOST_CHANGED = 2  # letters
_MOST_BETWEEN = 50  # words
_SIGNS = re.compile(r"([*?]+)")
_YEARS = re.compile(r"([0-9]{4})?(?:(\.\.+)([0-9]{4})?)?\W*")


def plain(text: str, analyzer: Analyzer, field: str | None, join: type[All] | type[AnyOf]) -> Node | None:
    """Return the node for one written word, which may hold several (kabupaten/kota); None if it holds none."""
    written = chat_forms().get(text, text)
    nodes = tuple(_alternatives(group, field) for group in _groups(analyzer.analyze(written)))
    if len(nodes) < 2:  # noqa: PLR2004 - nothing to join
        return nodes[0] if nodes else None
    return join(nodes)


def phrase(text: str, analyzer: Analyzer, field: str | None, *, slop: int = 0) -> Node | None:
    """
    Return the node for words in quotes: their exact forms, one after the other; None if there are no words.

    Between two of them *slop* others may stand.
    """
    tokens = [token for group in _groups(analyzer.analyze(text)) for token in (_parts(group) or group)]
    if not tokens:
        return None
    name = field or schema.EXACT
    terms = tuple(_term_text(token, name) for token in tokens)
    return Phrase(name, terms, min(slop, _MOST_BETWEEN)) if len(terms) > 1 else Term(name, terms[0])


def prefix(text: str, field: str | None) -> Node | None:
    """Return the node for the beginning of a word; None if it is too short to mean anything."""
    folded = fold(text)
    return Prefix(field or schema.EXACT, folded) if len(folded) >= _SHORTEST else None


def wildcard(text: str, field: str | None) -> Node | None:
    """
    Return the node for words like *text*; None if it says too little of them.

    It must begin with a letter and have two of them: all words would have to be looked through for others.
    """
    like = "".join(_sign(part) if _SIGNS.fullmatch(part) else fold(part) for part in _SIGNS.split(text))
    if like[:1].isalnum() and sum(map(str.isalnum, like)) >= _SHORTEST:
        return Wildcard(field or schema.EXACT, like)
    return None


def fuzzy(text: str, field: str | None, distance: int) -> Node | None:
    """Return the node for words that differ from *text* by *distance* letters; None if it is too short for that."""
    folded = fold(text)
    if len(folded) < _SHORTEST:
        return None
    return Fuzzy(field or schema.EXACT, folded, min(max(distance, 1), _MOST_CHANGED))


def years(text: str) -> Node | None:
    """Return the node for a year, or for those from one to another (2018..2020), or None if *text* names none."""
    match = _YEARS.fullmatch(text)
    if match is None or not (match[1] or match[3]):
        return None
    first, last = match[1] or "", match[3] or ("" if match[2] else match[1])
    return Range(YEAR, *(sorted((first, last)) if last else (first, last)))


def without_signs(text: str) -> str:
    """Return *text* with blanks for the signs that stand for letters."""
    return _SIGNS.sub(" ", text).strip()


def is_function_word(node: Node) -> bool:
    """Say whether *node* asks for a word that never decides whether an article matches."""
    match node:
        case Prefer(Term(), Term(schema.EXACT, text)):
            return text in function_words()
    return False


def _sign(signs: str) -> str:
    """Return the least *signs* that stand for the same letters."""
    return "?" * signs.count("?") + "*" * ("*" in signs)


def _groups(tokens: list[Token]) -> Iterator[list[Token]]:
    """Part *tokens* into groups: a token that spans others, and those (COVID-19, and covid, 19), or one alone."""
    group: list[Token] = []
    for token in tokens:
        if group and token.start >= max(member.end for member in group):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _parts(group: list[Token]) -> list[Token]:
    """Return the tokens of *group* that stand next to each other within a longer one."""
    end = max(token.end for token in group)
    return [token for token in group if (token.start, token.end) != (group[0].start, end)]


def _alternatives(group: list[Token], field: str | None) -> Node:
    parts = _parts(group)
    wholes = [_word(token, field) for token in group if token not in parts]
    if not parts:
        return wholes[0]
    name = field or schema.STEM
    return AnyOf((*wholes, Phrase(name, tuple(_term_text(part, name) for part in parts))))


def _word(token: Token, field: str | None) -> Node:
    if field:
        return Term(field, _term_text(token, field))
    return Prefer(Term(schema.STEM, token.stems[0]), Term(schema.EXACT, token.exact))


def _term_text(token: Token, field: str) -> str:
    return token.stems[0] if field in (schema.STEM, schema.TITLE) else token.exact
