"""Terms may change only together with the fingerprint: else an index would be read by terms that it does not have."""

import json
from pathlib import Path

from indexer import sources
from indexer.analysis import Analyzer
from indexer.sources.records import Found

GOLDEN = Path(__file__).parent / "golden_terms.json"
SAMPLES = Path(__file__).parents[3] / "indexer" / "samples"


def terms() -> dict[str, str]:
    """Return the words of all samples, each with its exact form and its stems."""
    analyzer = Analyzer()
    texts = [str(item.record["body"]) for item in sources.read(str(SAMPLES)) if isinstance(item, Found)]
    return {
        text[token.start : token.end]: " ".join((token.exact, *token.stems))
        for text in texts
        for token in analyzer.analyze(text)
    }


def test_terms_change_only_with_the_fingerprint():
    """
    Where this fails: raise `REVISION` in `fingerprint.py` if the code changed, then write the file anew with
    ``python -m tests.indexer.analysis.test_golden_terms``.
    """
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    found = terms()
    changed = {
        word: (golden["terms"].get(word), found[word]) for word in found if golden["terms"].get(word) != found[word]
    }

    assert changed == {}, "terms changed"
    assert golden["fingerprint"] == Analyzer().fingerprint, "the lists changed: write the file anew"


if __name__ == "__main__":
    document = {"fingerprint": Analyzer().fingerprint, "terms": dict(sorted(terms().items()))}
    GOLDEN.write_text(json.dumps(document, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
