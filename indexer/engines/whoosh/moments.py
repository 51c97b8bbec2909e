"""The term that Whoosh has for a moment of publication."""

SIGN = 1 << 63
"""What Whoosh adds to a number so that its bytes sort as it does."""


def moment_term(seconds: int) -> bytes:
    """Return the term that Whoosh's field of numbers has for *seconds*."""
    return b"\0" + (seconds + SIGN).to_bytes(8, "big")
