"""Which segments to merge: small ones at once, larger ones once there are some of a size, and what is full of holes."""

from collections import defaultdict
from collections.abc import Sequence

from indexer.engines.whoosh.commits import Listed

SMALL = 2_000
"""Articles up to which a segment is small: to merge such takes a fraction of a second."""

_RATIO = 8  # between the sizes of one class and the next
_MOST = 3  # segments of one class
_DELETED = 4  # one in so many deleted articles is too much: they take room, and count in the statistics


def next_merge(segments: Sequence[Listed]) -> list[Listed]:
    """Return the segments that are to be made one, none if there are few enough."""
    classes: defaultdict[int, list[Listed]] = defaultdict(list)
    for listed in segments:
        classes[_class_of(_live(listed))].append(listed)
    for size, members in sorted(classes.items()):
        if len(members) > (_MOST if size else 1):
            return members
    return next(([listed] for listed in segments if len(listed.deleted) * _DELETED > listed.articles), [])


def _live(listed: Listed) -> int:
    return listed.articles - len(listed.deleted)


def _class_of(articles: int) -> int:
    size, most = 0, SMALL
    while articles > most:
        size, most = size + 1, most * _RATIO
    return size
