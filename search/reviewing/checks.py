"""What a new index must stand up to as readers see it, before it is published: canaries, and the top results of now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer import generations
from indexer.analysis import Analyzer
from indexer.errors import IndexUnavailable
from indexer.generations import Generation
from indexer.settings import PublishSettings
from search.answers import Answers
from search.curating.curation import NO_CURATION, Curation
from search.live import FixedIndex
from search.reviewing.canaries import missed
from search.reviewing.comparison import Comparison, compare
from search.tuning import Highlighting, Ranking


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens generations for queries, whichever is live; all with one ranking, one analyzer and the same lists."""

    ranking: Ranking
    highlighting: Highlighting
    analyzer: Analyzer
    curation: Callable[[], Curation] = lambda: NO_CURATION

    def answers(self, generation: Generation) -> Answers:
        """
        Return what answers from *generation*.

        Raises:
            IndexUnavailable: it cannot be opened.
        """
        fixed = FixedIndex(generation, self.ranking, self.analyzer)
        return Answers(fixed, self.highlighting, curation=self.curation)

    def compared(self, before: Generation, after: Generation, queries: Sequence[str]) -> Comparison:
        """Return what *queries* find in *before* and in *after*."""
        old, new = self.answers(before), self.answers(after)
        try:
            return compare(old, new, (before.name, after.name), queries)
        finally:
            old.live.close()
            new.live.close()


@dataclass(slots=True)
class Review:
    """
    The checks of one build: that the canaries find what they must, and that *queries* find much of what they find now.

    *comparison* is what the second found, None where there was nothing to compare; *remark* says why.
    """

    root: Path
    opener: Opener
    rules: PublishSettings
    queries: Sequence[str] = ()
    comparison: Comparison | None = field(default=None, init=False)
    remark: str = field(default="", init=False)

    def canaries(self, generation: Generation) -> list[str]:
        """Return which canaries do not find what they must in *generation*."""
        if not self.rules.canaries:
            return []
        answers = self.opener.answers(generation)
        try:
            return [reason for canary in self.rules.canaries if (reason := missed(canary, answers))]
        finally:
            answers.live.close()

    def overlap(self, generation: Generation) -> list[str]:
        """Compare *generation* with the live one, and return that too little stays, if it does."""
        if not self.queries:
            return []
        try:
            live = generations.find(self.root, generations.live_name(self.root))
            self.comparison = self.opener.compared(live, generation, self.queries)
        except IndexUnavailable as exc:
            self.remark = f"There is nothing to compare with: {exc}"
            return []
        if live.manifest.fingerprint != generation.manifest.fingerprint:
            self.remark = (
                "The live index was written with another analysis; the words of queries were read by the new one."
            )
        overlap, least = self.comparison.overlap, self.rules.min_overlap
        return [f"the overlap of {overlap:.2f} is less than publish.min_overlap {least}"] if overlap < least else []
