"""How the commands that review answers open generations."""

from indexer.commands.console import Console
from search.commands.opening import highlighting, ranking
from search.reviewing.checks import Opener


def opener(terminal: Console) -> Opener:
    """Return what opens generations that need not be live."""
    return Opener(ranking(terminal), highlighting(terminal), terminal.analyzer)
