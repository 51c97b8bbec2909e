"""
What can go wrong while a query is answered.

    SearchError
    ├── ArticleNotFound       no article has this id
    ├── TaskNotFound          no task has this id
    ├── CursorGone            a page of an index that does not answer any more was to be followed by the next
    ├── NoCursor              a text is no cursor
    ├── DeadlinePassed        the answer would take longer than it may
    ├── EvaluationUnavailable what measures rankings is not installed
    ├── EngineUnavailable     the engine cannot answer now
    ├── QueryLogUnavailable   nothing is logged of what is asked, or it cannot be read
    └── Refused               a request is answered with a problem (`search.service.problems`)

Every message names the value and the remedy. What a reader types as a query is never an error.
"""


class SearchError(Exception):
    """The root of the search side's errors."""


class ArticleNotFound(SearchError):
    """No article has this id."""


class TaskNotFound(SearchError):
    """No task has this id."""


class CursorGone(SearchError):
    """A page of an index that does not answer any more was to be followed by the next."""


class NoCursor(SearchError):
    """A text is no cursor."""


class DeadlinePassed(SearchError):
    """The answer would take longer than it may; what was read for it is remembered, so that asking again may help."""


class EngineUnavailable(SearchError):
    """The engine cannot answer now."""


class QueryLogUnavailable(SearchError):
    """Nothing is logged of what is asked, or the log cannot be read."""


class EvaluationUnavailable(SearchError):
    """What measures rankings is not installed."""
