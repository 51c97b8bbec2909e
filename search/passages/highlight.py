"""
Highlighting: stored text and query tree -> spans -> passages; HTML only at the last step.

Works on the text that is shown and on nothing that an engine keeps, so that every engine marks alike. A word is
marked where one of its terms is asked for, whole with its affixes; the words of a phrase only where the phrase stands.
"""

from collections.abc import Iterable

from indexer import schema
from indexer.analysis import Analyzer, Finder, Span, sentences
from search.deadline import checkpoint
from search.passages.choosing import chosen
from search.passages.concepts import Concepts, Rarity
from search.passages.cutting import Passage, passage
from search.passages.marks import Like, Mark, Marker, hints_of, is_stemmed, likeness, terms_of
from search.passages.sentences import by_sentence, merged
from search.query.tree import Node, Phrase

__all__ = ["Highlighter", "Passage"]

_BODY_FIELDS = frozenset({schema.STEM, schema.EXACT})
_TITLE_FIELDS = _BODY_FIELDS | {schema.TITLE}


class Highlighter:
    """Marks the words of one query in any number of texts; for one thread."""

    def __init__(self, tree: Node, analyzer: Analyzer, rarity: Rarity = lambda _: 1.0) -> None:
        """Look for what *tree* asks for, in texts analysed by *analyzer*; *rarity* says which words to show first."""
        self._analyzer = analyzer
        self._concepts = Concepts(tree, rarity)
        asked = {leaf: own for leaf, own in self._concepts.leaves.items() if leaf.field in _TITLE_FIELDS}
        in_bodies = {leaf: own for leaf, own in asked.items() if leaf.field in _BODY_FIELDS}
        self._of_titles = Marker(asked, self._concepts.wholes)
        self._of_bodies = Marker(in_bodies, self._concepts.wholes)
        self._reads_titles = any(isinstance(leaf, Like) and is_stemmed(leaf) for leaf in asked)
        self.effort = sum(len(leaf.terms) if isinstance(leaf, Phrase) else 1 for leaf in asked)
        """How many words are looked for."""
        alike = [leaf for leaf in asked if isinstance(leaf, Like)]
        hints = [found for leaf in alike if (found := hints_of(leaf)) is not None]
        self._finder = Finder(
            analyzer,
            {term for leaf in asked for term in terms_of(leaf)},
            list(map(likeness, alike)),
            hints=frozenset().union(*hints) if len(hints) == len(alike) else None,
            runs=[leaf.terms for leaf in asked if isinstance(leaf, Phrase)],
        )

    def title(self, text: str) -> Passage:
        """Return the whole title *text* with its marks."""
        if self._reads_titles:  # for what the finder does not know of pieces: how stems begin
            return Passage(text, _spans(merged(self._of_titles.marks(self._analyzer.analyze(text)))))
        return Passage(text, _spans(merged(self._marks(text, self._of_titles))))

    def whole(self, text: str) -> Passage:
        """Return the whole body *text* with its marks."""
        return Passage(text, _spans(merged(self._marks(text, self._of_bodies))))

    def passages(self, text: str, *, count: int, length: int) -> list[Passage]:
        """
        Return the *count* sentences of the body *text* that say most about the query, in the order of the text.

        Each has *length* characters at most. Where nothing is marked, the lead stands for the article.
        """
        if not count:
            return []
        marked = by_sentence(text, self._marks(text, self._of_bodies))
        if not marked:
            lead = _lead(text, length)
            return [passage(text, lead, Span(lead.start, lead.start), (), length)] if lead else []
        shown = chosen(marked, count, length, self._concepts.weight)
        return [passage(text, one.sentence, stretch, one.marks, length) for one, stretch in shown]

    def _marks(self, text: str, marker: Marker) -> list[Mark]:
        checkpoint()
        return marker.marks_in(text, self._finder)


def _spans(marks: Iterable[Mark]) -> tuple[Span, ...]:
    return tuple([Span(start, end) for start, end, _ in marks])


def _lead(text: str, length: int) -> Span | None:
    """Return the first sentences of *text* that have *length* characters at most together; one at least, if any."""
    lead: Span | None = None
    for start, end in sentences(text):
        if lead and end - lead.start > length:
            break
        lead = Span(lead.start if lead else start, end)
    return lead
