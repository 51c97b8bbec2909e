"""What a segment keeps of its fields, for those who write it and those who read it."""

from dataclasses import dataclass

from indexer import schema
from indexer.engines.whoosh.codec.positions import PositionFormat

CODED = 1 << 31
"""Set in the number of a term's documents where its record says which form each holds."""

ESCAPED = ("term", "slot", "title", "body")
"""The arrays of the counts that no byte can say; see `records`."""

MIXED = ("slot", "title", "body", "skip")
"""The arrays of what exact forms have in slots that hold several of them."""


@dataclass(frozen=True, slots=True)
class FieldKind:
    """
    What a field keeps: *words* have counts and positions, whole values do not.

    *titled*: positions below the gap between title and body are of the title, and weigh more.
    """

    words: bool
    titled: bool = False

    def positions(self, *, wide: bool) -> PositionFormat:
        """Return how positions are written in a segment that has *wide* ones or not."""
        return PositionFormat(schema.BODY_GAP if self.titled else 0, wide)


FIELDS = tuple(sorted({*schema.WORD_FIELDS, *schema.KEY_FIELDS, schema.ID, schema.PUBLISHED} - {schema.EXACT}))
"""The fields that have terms of their own, in the order in which they are written; exact forms are kept with stems."""

KINDS = {field: FieldKind(words=field in schema.WORD_FIELDS, titled=field == schema.STEM) for field in FIELDS}
