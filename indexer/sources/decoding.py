"""Bytes -> text, whatever encoding they are said to have: UTF-8 where they are that, else as it was declared."""

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain

_USUAL = "cp1252"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before that of UTF-16, which is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BYTES = bytes(range(256))
_WIDER = {
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""What browsers read where the narrower one is declared."""
_SEVERAL_BYTES = frozenset({*_WIDER.values(), "euc_jp", "iso2022_jp", "iso2022_kr", "hz"})
_ESCAPES = (b"\x1b", b"~{")


def decode(content: bytes, declared: str = "") -> str:
    """
    Return *content* as text, never an error.

    Text in another encoding is almost never valid UTF-8, so that it is tried first, byte by byte. What is not UTF-8
    is read in the encoding *declared*, else in Windows-1252.

    >>> decode("“Padi”".encode(), "iso-8859-1"), decode("“Padi”".encode("cp1252"), "utf-8")
    ('“Padi”', '“Padi”')
    """
    return "".join(decoded([content], declared))


def decoded(chunks: Iterable[bytes], declared: str = "") -> Iterator[str]:
    """Yield the text of *chunks*, which may be cut anywhere but in the first four bytes; see `decode`."""
    remaining = iter(chunks)
    start = next(remaining, b"")
    encoding = _marked(start)
    if not encoding and (several := _several_bytes(declared)):
        yield from _either(chain([start], remaining), several)
        return
    errors = "replace" if encoding and encoding != "utf-8-sig" else _read_as(_single_byte(declared))
    yield from _incrementally(chain([start], remaining), encoding or "utf-8", errors)


def _incrementally(chunks: Iterable[bytes], encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _marked(start: bytes) -> str:
    """Return the encoding that *start* shows: by a mark, or by the empty bytes that letters have in it."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    match [byte != 0 for byte in start[:4]]:
        case [True, False, False, False]:
            return "utf-32-le"
        case [False, False, False, True]:
            return "utf-32-be"
        case [True, False, True, False]:
            return "utf-16-le"
        case [False, True, False, True]:
            return "utf-16-be"
    return ""


def _either(chunks: Iterator[bytes], encoding: str) -> Iterator[str]:
    """Yield the text of *chunks*, which are in *encoding* unless the first that says more than ASCII is UTF-8."""
    if encoding.startswith(("iso2022", "hz")):  # it is ASCII to the eye
        start = next(chunks)
        is_so = any(escape in start for escape in _ESCAPES)
        yield from _incrementally(chain([start], chunks), encoding if is_so else "utf-8", "replace")
        return
    for chunk in chunks:
        if chunk.isascii():
            yield chunk.decode("ascii")
            continue
        is_so = not _is_utf_8(chunk)
        errors = "replace" if is_so else _read_as(_USUAL)
        yield from _incrementally(chain([chunk], chunks), encoding if is_so else "utf-8", errors)


def _is_utf_8(chunk: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _several_bytes(declared: str) -> str:
    """Return the name of the encoding *declared* if a character may have several bytes in it, but for UTF-8."""
    try:
        name = codecs.lookup(declared.removeprefix("x-").replace("sjis", "shift_jis")).name
    except (LookupError, ValueError):
        return ""
    name = _WIDER.get(name, name)
    return name if name in _SEVERAL_BYTES else ""


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
