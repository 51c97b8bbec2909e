"""
Pieces: texts taken apart many at a time, so that each distinct piece is analysed once and from then on is a number.

`cutting` parts texts into pieces, `numbers` tells the number of each, and `reading` has the words in a new one found.
What is kept of a piece, by its number, is for each engine to say.
"""

from indexer.engines.pieces.reading import Found, PieceReader

__all__ = ["Found", "PieceReader"]
