"""Which language a client reads best, of those that the service speaks."""

import re

from search.service.texts import LANGUAGES

_WEIGHT = re.compile(r"\s*;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*", re.ASCII)
_MOST = 20  # items of a header that are looked at


def preferred(accepted: str) -> str:
    """
    Return the language that the header ``Accept-Language`` prefers; Indonesian where it names none of ours.

    >>> preferred("en-GB,en;q=0.9,id;q=0.5"), preferred("fr"), preferred("id,en;q=0.7"), preferred("id;q=²")
    ('en', 'id', 'id', 'id')
    """
    weights: dict[str, float] = {}
    for item in accepted.split(",")[:_MOST]:
        tag, sign, _ = item.partition(";")
        language, weight = tag.strip()[:2].lower(), _weight(item[len(tag) :]) if sign else 1.0
        if language in LANGUAGES and weight:
            weights.setdefault(language, weight)
    return max(weights, key=lambda language: weights[language], default=LANGUAGES[0])


def _weight(parameter: str) -> float:
    match = _WEIGHT.fullmatch(parameter)
    return float(match[1]) if match else 0.0
