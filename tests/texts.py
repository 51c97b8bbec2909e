"""What texts are written of that are cut into pieces."""

from hypothesis import strategies as st

PARTS = [
    "Panen",
    "raya,",
    "12",
    "Januari",
    "jan.",
    "2025",
    "1 Mei 2024",
    "isu-isu",
    "a.b",
    "'",
    "--",
    "#tag",
    "é",
    "“",
    "”",
]
"""Words, dates and signs, each of which is cut in its own way."""

TEXTS = st.lists(st.sampled_from([*PARTS, " ", "\n", "\0", *"ab1.,-/:#_ \xa0ß"])).map("".join)
"""Texts of these, with and without blanks between them."""
