"""How the commands that review answers open generations."""

from indexer.commands.console import Console
from search.commands.opening import curation, highlighting, ranking
from search.reviewing.checks import Opener


def opener(terminal: Console) -> Opener:
    """Return what opens generations that need not be live."""
    lists = curation(terminal.document, terminal.analyzer)
    return Opener(ranking(terminal), highlighting(terminal), terminal.analyzer, lists)
