"""What the commands that read sources share: what their help ends with."""

from indexer.sources import fields

NAMES = f"\b\nColumns of tables, databases and JSON are also known as\n{fields.described()}"
"""The names of columns that are known."""
