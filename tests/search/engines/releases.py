"""Copies and groups, article by article and pair by pair: what the arrays must come to."""

from itertools import combinations

from indexer import schema
from indexer.analysis import folded_words
from indexer.engines.releases.copies import CONTAINED, LATEST, SAME_DAY, SHARED, SHARED_UNDER_ONE_TITLE
from indexer.engines.releases.portals import credited, portal
from indexer.engines.releases.signatures import FEWEST, SLOTS, stem_hash

_ALL = (1 << 64) - 1


def releases(articles, analyzer) -> list[list[str]]:
    """Return the ids of *articles* that are in groups, each as it is shown."""
    traits = {given.id: Traits(given, analyzer) for given in articles}
    shared = {
        frozenset(pair): part
        for pair in combinations(sorted(traits), 2)
        if (part := copies(*(traits[name] for name in pair))) is not None
    }
    kept = [pair for pair in shared if _is_kept(pair, shared, traits)]
    chains = [group for group in _joined(kept) if _is_chain([traits[name] for name in group])]
    strong = {pair for pair in kept if shared[pair] >= 127 or len({traits[name].portal for name in pair}) == 1}
    kept = [pair for pair in kept if pair in strong or not any(pair <= group for group in chains)]
    return [sorted(group, key=lambda name: _shown(traits[name], [traits[n] for n in group])) for group in _joined(kept)]


class Traits:
    """What tells copies, of one article."""

    def __init__(self, given, analyzer) -> None:
        stems = schema.postings(given, analyzer)[schema.STEM]
        self.id, self.published = given.id, given.published.timestamp() if given.published else None
        self.words = len(schema.postings(given, analyzer)[schema.EXACT])
        self.portal, self.credited = portal(given.url, given.source), credited(given.source)
        self.title = " ".join(folded_words(given.title))
        self.signature = signature([own for own in stems if own.position >= schema.BODY_GAP])


def signature(body) -> dict[int, int]:
    """Return the slots that shingles belong to, with their least hash, in 16 bits."""
    positions = sorted({own.position for own in body})
    words = [sum(stem_hash(own.term) for own in body if own.position == position) for position in positions]
    least: dict[int, int] = {}
    for three in zip(words, words[1:], words[2:], strict=False):
        hashed = _hashed(three)
        slot = (hashed >> 32) * SLOTS >> 32
        least[slot] = min(least.get(slot, _ALL), hashed & 0xFFFFFFFF)
    if len(least) < FEWEST:
        return {}
    return {slot: min((value * 0x9E3779B1 & 0xFFFFFFFF) >> 16, 0xFFFE) for slot, value in least.items()}


def copies(one, other) -> int | None:
    """Return how much two articles share, of 255, if they are copies."""
    known = one.signature.keys() | other.signature.keys()
    equal = one.signature.items() & other.signature.items()
    shared = 255 * len(equal) // max(1, len(known))
    part = shared / 255
    in_common = part / (1 + part) * (one.words + other.words)
    apart = abs(one.published - other.published) if one.published and other.published else 0
    elsewhere = one.portal != other.portal and apart <= LATEST
    is_same_title = bool(one.title) and one.title == other.title
    again = is_same_title and apart <= SAME_DAY
    is_enough = shared >= SHARED and in_common >= CONTAINED * min(one.words, other.words)
    is_enough = is_enough or (is_same_title and shared >= SHARED_UNDER_ONE_TITLE)
    return shared if is_enough and (elsewhere or again) else None


def _is_kept(pair, shared, traits) -> bool:
    one, other = pair
    is_again = traits[one].portal == traits[other].portal
    return is_again or (_most_like(one, other, shared, traits) and _most_like(other, one, shared, traits))


def _is_chain(group) -> bool:
    return len({(own.portal, own.title) for own in group}) > len({own.portal for own in group})


def _most_like(one, other, shared, traits) -> bool:
    """Say whether of what the portal of *other* printed nothing is more like *one*."""
    mine = [name for pair in shared if one in pair for name in pair - {one}]
    there = [name for name in mine if traits[name].portal == traits[other].portal]
    return shared[frozenset((one, other))] == max(shared[frozenset((one, name))] for name in there)


def _joined(pairs) -> list[set[str]]:
    groups: list[set[str]] = []
    for pair in pairs:
        met = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair] + [set(pair).union(*met)]
    return groups


def _shown(own, group) -> tuple:
    credit = sum(other.credited == own.portal for other in group if other is not own)
    return -credit, own.published is None, own.published or 0, own.id


def _hashed(three) -> int:
    hashed = three[0] & _ALL
    for word in three[1:]:
        hashed = (hashed * 0x9E3779B97F4A7C15 + word) & _ALL
    hashed = (hashed ^ hashed >> 32) * 0xFF51AFD7ED558CCD & _ALL
    return (hashed ^ hashed >> 32) * 0x9E3779B97F4A7C15 & _ALL
