"""A portal's colour as the pages can use it: light enough or dark enough to be read, whatever it is."""

from collections.abc import Sequence

Colour = Sequence[float]
"""Red, green and blue from 0 to 1."""

GROUNDS = {"light": "#ffffff", "dark": "#14181d"}
"""What text stands on, by scheme; `page.css` and `telusur.css` have the same."""

MARKS = {"light": "#fff0b8", "dark": "#463a12"}
"""What marked words stand on."""

READABLE = 4.5
"""The contrast that WCAG 2.2 wants of text (success criterion 1.4.3)."""

_STEPS = 64


def theme(colour: str, of: str = ":root") -> str:
    """
    Return a rule with *colour*, or what is near it and can be read, for links, and for buttons below white text.

    *of* is the selector of what has that colour.
    """
    light, dark = (_shade(colour, scheme) for scheme in ("light", "dark"))
    return f"{of}{{--telusur-accent:light-dark({light},{dark});--telusur-button:{light}}}\n"


def contrast(one: str, other: str) -> float:
    """
    Return the contrast of two colours as WCAG defines it.

    >>> round(contrast("#ffffff", "#000000"), 1), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    darker, lighter = sorted(map(_luminance, (_parsed(one), _parsed(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _shade(colour: str, scheme: str) -> str:
    """Return *colour*, brought towards black or white until it can be read on the ground and the marks of *scheme*."""
    grounds, end = (GROUNDS[scheme], MARKS[scheme]), 0.0 if scheme == "light" else 1.0
    for step in range(_STEPS + 1):
        share = step / _STEPS
        mixed = _written([part + (end - part) * share for part in _parsed(colour)])
        if all(contrast(mixed, ground) >= READABLE for ground in grounds):
            break
    return mixed


def _parsed(colour: str) -> Colour:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _written(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)  # noqa: PLR2004 - the formula's
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
