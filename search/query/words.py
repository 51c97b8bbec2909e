"""Words of a query as nodes: analysed as the text was, each found by its stem and preferred in its exact form."""

import re
from collections.abc import Callable, Iterator

from indexer import schema
from indexer.analysis import Analyzer, Token, chat_forms, fold, function_words
from indexer.analysis.characters import HYPHENS
from search.query.colloquial import formal
from search.query.lexer import YEAR
from search.query.tree import AnyOf, Fuzzy, Node, Phrase, Prefer, Prefix, Range, Term, Wildcard

_SHORTEST = 2
"""Letters without which the beginning of a word, or what it is like, means nothing."""

_MOST_CHANGED = 2  # letters
_MOST_BETWEEN = 50  # words
_SIGNS = re.compile(r"[*?]+")
_SIGNS_AND_HYPHENS = re.compile(rf"([*?]+|[{HYPHENS}])")
_YEARS = re.compile(r"([0-9]{4})?(?:(\.\.+)([0-9]{4})?)?\W*")


def each(text: str, analyzer: Analyzer, field: str | None) -> list[tuple[str, Node]]:
    """Return the exact form and the node of each word of *text*, which may hold several (kabupaten/kota) or none."""
    written = chat_forms().get(text) or (formal(text, analyzer) if text.isalpha() and text.islower() else text)
    return [(group[0].exact, _alternatives(group, field)) for group in groups(analyzer.analyze(written))]


def phrase(text: str, analyzer: Analyzer, field: str | None, *, slop: int = 0) -> Node | None:
    """
    Return the node for words in quotes: their exact forms, one after the other; None if there are no words.

    Between two of them *slop* others may stand.
    """
    tokens = [token for group in groups(analyzer.analyze(text)) for token in (_parts(group) or group)]
    if not tokens:
        return None
    name = field or schema.EXACT
    terms = tuple(_term_text(token, name) for token in tokens)
    return Phrase(name, terms, min(slop, _MOST_BETWEEN)) if len(terms) > 1 else Term(name, terms[0])


def prefix(text: str, field: str | None) -> Node | None:
    """Return the node for the beginning of a word; None if it is too short to mean anything."""
    return _like(text, lambda folded: Prefix(field or schema.EXACT, folded))


def wildcard(text: str, field: str | None) -> Node | None:
    """
    Return the node for words like *text*; None if it says too little of them.

    It must begin with a letter and have two of them: all words would have to be looked through for others.
    """
    return _like(text, lambda folded: Wildcard(field or schema.EXACT, folded)) if text[:1].isalnum() else None


def fuzzy(text: str, field: str | None, distance: int) -> Node | None:
    """Return the node for words that differ from *text* by *distance* letters; None if it is too short for that."""
    changes = min(max(distance, 1), _MOST_CHANGED)
    return _like(text, lambda folded: Fuzzy(field or schema.EXACT, folded, changes))


def _like(text: str, node: Callable[[str], Node]) -> Node | None:
    """
    Return the *node* of *text*, folded but for its signs, or None if it has too few letters.

    A hyphen may be within the word, as doubled words are kept (undang-undang), or not (COVID-19 is covid19).
    """
    hyphenated = "".join(_folded_but_signs(text))
    if sum(map(str.isalnum, hyphenated)) < _SHORTEST:
        return None
    nodes = tuple(map(node, dict.fromkeys((hyphenated.replace("-", ""), hyphenated))))
    return nodes[0] if len(nodes) == 1 else AnyOf(nodes)


def _folded_but_signs(text: str) -> Iterator[str]:
    """Yield the parts of *text*: words folded, a hyphen as it is, signs as the fewest that stand for the same."""
    for part in _SIGNS_AND_HYPHENS.split(text):
        if _SIGNS.fullmatch(part):
            yield _sign(part)
        else:
            yield "-" if part and part in HYPHENS else fold(part)


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


def groups(tokens: list[Token]) -> Iterator[list[Token]]:
    """Part *tokens* into groups: a token that spans others, and those (COVID-19, and covid, 19), or one alone."""
    group: list[Token] = []
    for token in tokens:
        if group and token.start >= max(member.end for member in group):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def stems(text: str, analyzer: Analyzer) -> tuple[str, ...]:
    """Return the stem of each word of *text* by which it is looked for, in their order."""
    return tuple(group[0].stems[0] for group in groups(analyzer.analyze(text)))


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
