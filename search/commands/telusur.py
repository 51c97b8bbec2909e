"""The command ``telusur``: the commands that search, and those of the indexer, each imported when it is called."""

import os

import click

from indexer import __version__
from search.commands.deferred import DeferredCommand, DeferredGroup

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would start threads, for work that there is none of here

_COMMANDS = {
    "search.commands.serving": {
        "demo": "Index the articles that come with the program into data/demo, and serve them.",
        "serve": "Answer queries over HTTP until the process is told to end.",
    },
    "search.commands.reindexing": {
        "reindex": "Build the index anew from SOURCES, and put it in the place of the live one.",
    },
    "search.commands.migrating": {
        "migrate": "Write the articles of the live index with another engine, and answer from that from then on.",
    },
    "search.commands.comparing": {
        "diff": "Say what readers notice between the generations BEFORE and AFTER: the first ten results of queries.",
    },
    "search.commands.evaluating": {
        "evaluate": "Measure how well the queries of JUDGMENTS are answered: MRR@10, nDCG@10, Recall@100, success@1 and"
        " success@10.",
    },
    "search.commands.reporting": {
        "report": "Say what readers asked: top queries, those without hits or clicks, corrections, candidates for"
        " synonyms and names.",
    },
    "indexer.commands.changes": {
        "add": "Put the articles of SOURCES into the live index, each in the place of the one of its id.",
        "delete": "Take the articles of these IDs out of the live index.",
    },
    "search.commands.status": {
        "status": "Say what is live, what is kept beside it, what waits to be applied, and what editors' lists say.",
    },
    "indexer.commands.upkeep": {
        "verify": "Compare all that is kept with its checksums, with the queue of changes, and postings with the text"
        " of some articles.",
        "rollback": "Make another GENERATION that is kept the live one, at once; without a name the one before the live"
        " one.",
    },
    "search.commands.searching": {
        "search": "Search the live index, as the service does.",
        "suggest": "Show what is offered to a reader who has typed BEGINNING: words, titles, what others asked.",
        "analyze": "Show how TEXT is read: its words, their places, their stems, and what each step did and why.",
    },
    "search.commands.explaining": {
        "explain": "Say why the article ID is among the results of QUERY and in its place, or why it is not.",
    },
    "indexer.commands.keys": {
        "keys": "Make, list and take back the keys that the service asks for.",
    },
}
"""The modules of the commands, and the first sentence of each, which `--help` shows without importing any of them."""


@click.group(cls=DeferredGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="telusur")
def main() -> None:
    """Full-text search for Indonesian article portals."""


for module, summaries in _COMMANDS.items():
    for name, summary in summaries.items():
        main.add_command(DeferredCommand(name, module, summary))
