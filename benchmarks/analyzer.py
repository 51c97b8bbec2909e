"""
How many tokens a second the whole analyzer reads, in one process, on real articles.

    python benchmarks/analyzer.py ARTICLES.jsonl.gz [LIMIT]

Each article is read twice: cold, with nothing remembered, and warm. Both must give the same number of tokens.
"""

import gzip
import json
import resource
import sys
import time
from itertools import islice

from indexer.analysis import Analyzer


def tokens_a_second(analyzer: Analyzer, texts: list[str]) -> tuple[int, float]:
    """Return how many tokens *texts* have, and how many were read in a second."""
    started = time.perf_counter()
    count = sum(len(analyzer.analyze(text)) for text in texts)
    return count, count / (time.perf_counter() - started)


def main() -> None:
    """Print the figures."""
    limit = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["body"] for line in islice(file, limit)]
    assert len(texts) == limit, f"there are only {len(texts)} articles"
    analyzer = Analyzer()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cold_count, cold = tokens_a_second(analyzer, texts)
    warm_count, warm = tokens_a_second(analyzer, texts)
    assert cold_count == warm_count > limit
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(
        f"{limit:,} articles, {warm_count:,} tokens: cold {cold:,.0f}/s, warm {warm:,.0f}/s, {grown / 1024:.0f} MB more"
    )


if __name__ == "__main__":
    main()
