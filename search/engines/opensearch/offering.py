"""
What of an index may be offered to who types: words and titles, asked of the cluster.

Words are those of titles, which are fewer and better written than those of all texts; how many articles hold them is
counted in all texts. Of titles that hold what was typed the newest are looked at.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from indexer import schema
from indexer.analysis import function_words
from indexer.engines.opensearch.mapping import ARTICLE, OFFERED, OFFERED_WORDS
from search.engines.opensearch.asking import Asking, Body
from search.engines.opensearch.beginnings import begins_nearly
from search.engines.opensearch.rarity import Rarity
from search.query import Term
from search.results import Known

_LOOKED_AT = 200  # titles, the newest, of which those are chosen that are offered
_COMPARED = 4_096  # words of one first letter, those that most titles hold
_EXPANDED = 1_000  # words that a begun one is looked for as within a phrase
_NEAR = 100  # similar words that the cluster tells of
_TOLD_FROM = 3  # letters of a begun word from which it tells which titles are meant, wherever it stands in them
_NEWEST = [{schema.PUBLISHED: {"order": "desc", "missing": "_last"}}, {"_score": {"order": "desc"}}]


class ClusterOffering:
    """Implements `search.engines.Offering`."""

    def __init__(self, asking: Asking, rarity: Rarity) -> None:
        """Ask by *asking*; *rarity* knows how many articles hold a word."""
        self._asking, self._rarity = asking, rarity

    def similar(self, word: str, *, changes: int, least: int) -> list[Known]:
        """Return the words that *changes* of a letter, or fewer, make of *word*, and that *least* articles hold."""
        if not _is_word(word):
            return []
        near = {
            "field": schema.EXACT,
            "analyzer": "keyword",
            "suggest_mode": "always",
            "max_edits": changes,
            "prefix_length": 0,
            "min_word_length": 1,
            "max_term_freq": 1e9,
            "min_doc_freq": max(least - 1, 0),
            "size": _NEAR,
            "string_distance": "damerau_levenshtein",
        }
        answer = self._asking.search({"size": 0, "suggest": {"near": {"text": word, "term": near}}})
        found = [option["text"] for part in answer["suggest"]["near"] for option in part["options"]]
        return [known for known in self._known([word, *filter(_is_word, found)]) if known.articles >= max(least, 1)]

    def completed(self, beginning: str, *, changes: int, most: int) -> list[Known]:
        """Return the words that begin with *beginning*, or nearly so, *most* at most, the best known first."""
        if not beginning.isascii() or not beginning.isalnum():
            return []
        if not changes:
            return self._known(self._words(beginning, most))
        words = self._words(beginning[0], _COMPARED)
        return self._known([word for word in words if begins_nearly(word, beginning, changes)][:most])

    def titled(self, words: str) -> int:
        """Return how many titles have *words*, with a blank between them, as they are."""
        return self._asking.totals([_in_titles(words)])[0]

    def continued(self, words: Sequence[str], *, most: int) -> list[Known]:
        """Return how titles go on that hold *words*, of which the last is only begun: up to the end of its word."""
        text = " ".join(words)
        going_on = re.compile(rf"(?:^| )({re.escape(text)}\S*)")
        ways: Counter[str] = Counter()
        for source in self._titles([_begun(words)]):
            ways.update(set(going_on.findall(source[OFFERED])))
        likely = [way for way, _ in ways.most_common(most) if way != text.rstrip() and not way.endswith(" ")]
        counts = self._asking.totals([_in_titles(way) for way in likely])
        return _best_first(Known(way, count) for way, count in zip(likely, counts, strict=True))

    def titles(self, words: Sequence[str], *, most: int) -> list[Known]:
        """Return titles as they are written that hold *words*, of which the last is only begun; *most* at most."""
        text = " ".join(words)
        found = sorted(self._titles([_begun(words)]), key=lambda source: _rank(source[OFFERED], text))
        *whole, begun = words
        if whole and len(begun) >= _TOLD_FROM and len(found) < most:
            telling = [_in_titles(word) for word in whole if word not in function_words()]
            found += self._titles([*telling, _begun([begun])])
        titles = {source[OFFERED]: source[ARTICLE]["title"] for source in reversed(found)}
        first = list(dict.fromkeys(source[OFFERED] for source in found))[:most]
        same = Counter({source[ARTICLE]["id"]: source[OFFERED] for source in found}.values())
        return [Known(titles[offered], same[offered]) for offered in first]

    def _titles(self, queries: Sequence[Body]) -> list[dict[str, Any]]:
        """Return the newest articles whose titles match all of *queries*, with their titles alone."""
        answer = self._asking.search(
            {
                "query": {"bool": {"filter": list(queries)}},
                "size": _LOOKED_AT,
                "sort": _NEWEST,
                "_source": [OFFERED, f"{ARTICLE}.id", f"{ARTICLE}.title"],
            }
        )
        return [hit["_source"] for hit in answer["hits"]["hits"]]

    def _words(self, beginning: str, most: int) -> list[str]:
        """Return the *most* words with this *beginning* that most titles hold."""
        words = {
            "field": OFFERED_WORDS,
            "include": f"{re.escape(beginning)}.*",
            "size": most,
            "order": [{"_count": "desc"}, {"_key": "asc"}],
        }
        query = {"prefix": {OFFERED_WORDS: {"value": beginning}}}
        answer = self._asking.search({"size": 0, "query": query, "aggs": {"words": {"terms": words}}})
        return [bucket["key"] for bucket in answer["aggregations"]["words"]["buckets"]]

    def _known(self, words: Sequence[str]) -> list[Known]:
        terms = {word: Term(schema.EXACT, word) for word in words}
        self._rarity.learn(terms.values())
        return _best_first(Known(word, self._rarity.holding(term)) for word, term in terms.items())


def _best_first(known: Iterable[Known]) -> list[Known]:
    return sorted(known, key=lambda one: (-one.articles, one.text))


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _in_titles(words: str) -> Body:
    return {"match_phrase": {OFFERED: {"query": words}}}


def _begun(words: Sequence[str]) -> Body:
    """Return what matches the titles that have *words* in a row, of which the last is only begun."""
    if not words[-1]:
        return _in_titles(" ".join(words[:-1]))
    return {"match_phrase_prefix": {OFFERED: {"query": " ".join(words), "max_expansions": _EXPANDED}}}


def _rank(title: str, text: str) -> int:
    """Return 0 where *text* is all of *title*, 1 where it begins with it, and 2 elsewhere."""
    if title == text:
        return 0
    return 1 if title.startswith(text) else 2
