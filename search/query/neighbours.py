"""
Neighbours: what words that a reader types next to each other mean together, read as a text would be.

"undang undang" is undang-undang, "12 Januari 2025" a day, "No 1 Tahun 2023" the number of a law, "perang dunia 2" the
Second World War; and what one writes together another writes apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer import schema
from indexer.analysis import function_words
from search.query import figures, quantities, words
from search.query.figures import Figure
from search.query.meanings import Meanings, Word, alike, stem_of
from search.query.tree import All, AnyOf, Node, Phrase, Term


@dataclass(frozen=True, slots=True)
class Neighbours:
    """
    Reads words next to each other, of which each is looked for or one, as *join* says.

    Where all of the query *is_shouted*, capitals say nothing of any word.
    """

    meanings: Meanings
    join: type[All] | type[AnyOf]
    is_shouted: bool = False

    def nodes(self, texts: Iterable[str], field: str | None) -> list[Node]:
        """Return the nodes for *texts*, which stand next to each other; none if they hold no word."""
        found = [word for text in texts for word in self._words(text, field)]
        if field not in (None, schema.TITLE):
            return [word.node for word in found]
        return list(self._with_meanings(list(self._read(found, field)), field))

    def alone(self, texts: Iterable[str], field: str | None) -> list[Node]:
        """Return the nodes for *texts*, each for itself and as it is."""
        return [word.node for text in texts for word in self._words(text, field)]

    def together(self, nodes: Sequence[Node]) -> Node:
        """
        Join the words that decide; function words are left out where there are others.

        To have them add a fifth of what other words would changed no measure by more than .001, and took a third of
        the time: they are in nearly all articles.
        """
        deciding = [node for node in nodes if not words.is_function_word(node)] or nodes
        return deciding[0] if len(deciding) == 1 else self.join(tuple(deciding))

    def phrase(self, text: str, field: str | None, *, slop: int) -> Node | None:
        """Return the node for *text* in quotes; words that a hyphen makes one may be written with it."""
        typed = words.phrase(text, self.meanings.analyzer, field, slop=slop)
        hyphenated = " ".join(self._hyphenated(text.split()))
        other = words.phrase(hyphenated, self.meanings.analyzer, field, slop=slop) if "-" in hyphenated else typed
        return AnyOf((typed, other)) if typed and other and typed != other else typed

    def _hyphenated(self, texts: Sequence[str]) -> Iterator[str]:
        place = 0
        while place < len(texts):
            pair = "-".join(texts[place : place + 2])
            is_one = place + 1 < len(texts) and self.meanings.is_one(*texts[place : place + 2])
            yield pair if is_one else texts[place]
            place += 2 if is_one else 1

    def _words(self, text: str, field: str | None) -> list[Word]:
        return self.meanings.words(text, field, is_shouted=self.is_shouted)

    def _read(self, found: Sequence[Word], field: str | None) -> Iterator[Word]:
        """Yield the words *found*, those that mean one thing together as one."""
        rest, before = list(found), None
        while rest:
            if doubled := self._doubled(rest, field):
                rest[:2] = [doubled]
            taken, word = self._longest(before, rest, field)
            yield word
            before, rest = rest[taken - 1], rest[taken:]

    def _longest(self, before: Word | None, rest: Sequence[Word], field: str | None) -> tuple[int, Word]:
        """Return how many words of *rest* mean one thing after the word *before*, and that as one word."""
        exact = [word.exact for word in rest]
        if day := quantities.day(exact):
            return day.words, self._or_others(rest[: day.words], self._written(day.others, field))
        if self.join is AnyOf:  # where any word will do, those of a sum or a figure are found as they are
            return 1, self.meanings.alone(rest[0], field)
        if said := quantities.reading(exact, before.exact if before else ""):
            return said.words, self._or_others(rest[: said.words], self._written(said.others, field))
        figure = figures.figure(exact)
        if figure and (others := self._figures(figure, before, rest, field)):
            return figure.words, self._or_others(rest[: figure.words], others)
        return 1, self.meanings.alone(rest[0], field)

    def _or_others(self, together: Sequence[Word], others: Iterable[Term | Phrase]) -> Word:
        if len(together) == 1:
            return together[0]._replace(also=tuple(others))
        return Word("", alike(self.join(tuple(word.node for word in together)), tuple(others)))

    def _doubled(self, rest: Sequence[Word], field: str | None) -> Word | None:
        """Return the first two words as one, if a hyphen makes them one: undang undang, sayur mayur, ke 5."""
        if len(rest) < 2:  # noqa: PLR2004 - a pair
            return None
        first, second = rest[:2]
        if not self.meanings.is_one(first.exact, second.exact):
            return None
        if first.exact != second.exact and stem_of(first.node) == stem_of(second.node):
            return None  # petani tani: both words ask for it
        (word,) = self._words(f"{first.exact}-{second.exact}", field)
        return word

    def _figures(
        self, figure: Figure, before: Word | None, rest: Sequence[Word], field: str | None
    ) -> list[Term | Phrase]:
        """Return the other ways to write *figure*, with which *rest* begins, by the word *before* or the word after."""
        name = field or schema.STEM
        after = rest[figure.words] if len(rest) > figure.words else None
        typed = tuple(stem_of(word.node) for word in rest[: figure.words])
        found: list[Term | Phrase] = []
        if figure.words == 1 and not field:
            found += [Term(schema.EXACT, form) for form in figures.ordinals(rest[0].exact)]
        if before and (stem := _content(before)):
            ways = map(self._stems, figures.written(figure.value))
            found += [Phrase(name, (stem, *way)) for way in ways if way != typed]
        if after and not figure.is_ordinal and figure.value > 1 and (stem := _content(after)):
            ways = map(self._stems, figures.counted(figure.value))
            found += [Phrase(name, (*way, stem)) for way in ways if way != typed]
        return [leaf for leaf in dict.fromkeys(found) if self.meanings.vocabulary.holding(leaf)]

    def _written(self, others: Iterable[str], field: str | None) -> Iterator[Term | Phrase]:
        """Yield the leaves for *others*, ways in which a text may write the same."""
        name = field or schema.STEM
        for stems in map(self._stems, others):
            yield Phrase(name, stems) if len(stems) > 1 else Term(name, stems[0])

    def _stems(self, text: str) -> tuple[str, ...]:
        return words.stems(text, self.meanings.analyzer)

    def _with_meanings(self, read: Sequence[Word], field: str | None) -> Iterator[Node]:
        """Yield the nodes of the words *read*, with all that each and several of them mean."""
        meant = list(map(self.meanings.widened, read))
        pairs = {place: self.meanings.joined(*pair, field) for place, pair in enumerate(pairwise(read))}
        groups = list(self.meanings.expansions.joined(meant, self.together))
        place = 0
        while groups:
            length, node = groups.pop(0)
            if length == 1 and pairs.get(place) and groups[0][0] == 1:
                length, node = 2, self.join((node, groups.pop(0)[1]))
            yield alike(node, pairs.get(place, ())) if length == 2 else node  # noqa: PLR2004 - a pair
            place += length


def _content(word: Word) -> str | None:
    """Return the stem of *word* if it says what a figure beside it counts."""
    return None if word.exact in function_words() or figures.figure([word.exact]) else stem_of(word.node)
