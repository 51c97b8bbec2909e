"""Writes the index: articles in, a complete and verified generation out."""

__version__ = "0.1.0"
