"""
The texts of the plugin: those of its code, their translations, and the catalogue that WordPress reads, made of these.

After a text has changed, `python -m tests.wordpress.translations` writes the catalogue anew.
"""

import ast
import re
import struct
from pathlib import Path

PLUGIN = Path(__file__).parents[2] / "wordpress" / "telusur"
TRANSLATIONS = PLUGIN / "languages" / "telusur-id_ID.po"
CATALOGUE = TRANSLATIONS.with_suffix(".mo")
_CALL = re.compile(r"\b(?:esc_html)?__\( '((?:[^'\\]|\\.)*)', 'telusur' \)")
_ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', re.MULTILINE)
_MAGIC = 0x950412DE
_HEAD = 28


def texts() -> set[str]:
    """Return the texts that the code has translated."""
    return {text for path in PLUGIN.rglob("*.php") for text in _CALL.findall(path.read_text(encoding="utf-8"))}


def translations() -> dict[str, str]:
    """Return the translation of each text; that of the empty text is the head of the file."""
    return {_joined(text): _joined(own) for text, own in _ENTRY.findall(TRANSLATIONS.read_text(encoding="utf-8"))}


def catalogue(given: dict[str, str]) -> bytes:
    """Return the translations *given* as gettext's binary form: two tables of lengths and places, then the texts."""
    ordered = [(text.encode(), own.encode()) for text, own in sorted(given.items(), key=lambda pair: pair[0].encode())]
    columns = [[pair[side] for pair in ordered] for side in (0, 1)]
    tables, content, place = b"", b"", _HEAD + 16 * len(ordered)
    for value in (value for column in columns for value in column):
        tables += struct.pack("<2I", len(value), place + len(content))
        content += value + b"\0"
    second = _HEAD + 8 * len(ordered)
    return struct.pack("<7I", _MAGIC, 0, len(ordered), _HEAD, second, 0, place) + tables + content


def _joined(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.splitlines())


if __name__ == "__main__":
    CATALOGUE.write_bytes(catalogue(translations()))
