"""Bytes -> text, whatever encoding they are said to have: UTF-8 where they are that, else as it was declared."""

import codecs
from collections.abc import Iterable, Iterator

_USUAL = "cp1252"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BYTES = bytes(range(256))


def decode(content: bytes, declared: str = "") -> str:
    """
    Return *content* as text, never an error.

    Text in another encoding is almost never valid UTF-8, so that it is tried first, byte by byte. What is not UTF-8
    is read in the encoding *declared* if that has one byte a character, else in Windows-1252.

    >>> decode("“Padi”".encode(), "iso-8859-1"), decode("“Padi”".encode("cp1252"), "utf-8")
    ('“Padi”', '“Padi”')
    """
    return "".join(decoded([content], declared))


def decoded(chunks: Iterable[bytes], declared: str = "") -> Iterator[str]:
    """Yield the text of *chunks*, which may be cut anywhere but in the first four bytes; see `decode`."""
    remaining = iter(chunks)
    start = next(remaining, b"")
    encoding = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "utf-8")
    errors = "replace" if encoding == "utf-16" else _read_as(_single_byte(declared))
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    yield decoder.decode(start)
    for chunk in remaining:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _single_byte(declared: str) -> str:
    """Return the name of the encoding *declared* if it has one byte a character, else that of Windows-1252."""
    try:
        name = codecs.lookup(declared).name
        fits = len(_BYTES.decode(name, "replace")) == len(_BYTES)
    except (LookupError, ValueError):
        return _USUAL
    # as browsers do: what is declared Latin-1 or ASCII holds the curly quotes of Windows
    return _USUAL if not fits or name in {"utf-8", "ascii", "iso8859-1"} else name


def _read_as(encoding: str) -> str:
    """Return the name of an error handler that reads in *encoding* what is no UTF-8."""

    def read(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode(encoding, "replace"), error.end

    codecs.register_error(f"telusur.{encoding}", read)
    return f"telusur.{encoding}"
