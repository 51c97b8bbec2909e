"""The arguments that the scripts share."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.engines.opensearch_node import NAME as OPENSEARCH
from benchmarks.engines.opensearch_node import Distribution
from benchmarks.engines.process import Engine, engines

PEERS = ("whoosh", "fts5", "tantivy", "lucene", "xapian")

RUNS = Path(__file__).parent / "runs"


def parser(description: str | None) -> ArgumentParser:
    """Return a parser for what every script takes."""
    made = ArgumentParser(description=description, formatter_class=RawDescriptionHelpFormatter)
    made.add_argument("articles", type=Path, help="the articles, as JSON Lines (.jsonl, .jsonl.gz)")
    made.add_argument("out", type=Path, help="a folder for the indexes; what is in it is overwritten")
    made.add_argument("--runs", type=Path, default=RUNS, help="the folder that the run is recorded in")
    made.add_argument("--peers", type=_names, default=PEERS, help=f"some of {','.join(PEERS)}, or none: ''")
    made.add_argument("--require", action="store_true", help="fail where a peer is missing, instead of naming it")
    made.add_argument("--lucene", type=Path, help="the folder with Lucene's jars")
    made.add_argument("--xapian", default="python3", help="the Python that has Xapian's bindings")
    made.add_argument("--questions", type=int, default=550, help="how many questions, all kinds together")
    return made


def with_count(made: ArgumentParser) -> ArgumentParser:
    """Return *made*, which takes the number of articles too."""
    made.add_argument("--articles", dest="count", type=int, help="how many articles, all if not given")
    return made


def with_sizes(made: ArgumentParser, default: str) -> ArgumentParser:
    """Return *made*, which takes several numbers of articles too."""
    made.add_argument("--sizes", type=numbers, default=numbers(default), help="how many articles, one after the other")
    return made


def with_opensearch(made: ArgumentParser, peers: Iterable[str]) -> ArgumentParser:
    """Return *made*, which takes OpenSearch as a peer too, beside *peers*."""
    made.set_defaults(peers=(OPENSEARCH, *peers))
    made.add_argument("--opensearch", type=Path, help="the folder of an unpacked distribution of OpenSearch")
    made.add_argument("--java", type=Path, help="the folder of the JDK that OpenSearch runs on")
    made.add_argument("--heap", default="2g", help="how much memory OpenSearch manages itself")
    return made


def distribution(given: Namespace, missing: dict[str, str]) -> Distribution | None:
    """Return OpenSearch if it is asked for and here; where it is asked for and not here, *missing* gets to know why."""
    if OPENSEARCH not in given.peers:
        return None
    found = Distribution(given.opensearch, given.java, given.heap)
    if reason := found.missing():
        missing[OPENSEARCH] = reason
        assert not given.require, missing
        return None
    return found


def chosen(given: Namespace) -> tuple[list[Engine], dict[str, str]]:
    """Return the engines that are here, Telusur first, and why each of the others is missing."""
    wanted = engines([peer for peer in given.peers if peer != OPENSEARCH], lucene=given.lucene, xapian=given.xapian)
    missing = {engine.name: reason for engine in wanted if (reason := engine.missing())}
    assert "telusur" not in missing, missing["telusur"]
    assert not (missing and given.require), missing
    return [engine for engine in wanted if engine.name not in missing], missing


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(",") if name)


def numbers(text: str) -> list[int]:
    """Return the numbers of *text*, which has commas between them."""
    return [int(number.replace("_", "")) for number in text.split(",")]
