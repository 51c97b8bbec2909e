"""
What can go wrong while a query is answered.

    SearchError
    ├── InvalidQuestion       a parameter has a value that it cannot have
    ├── ArticleNotFound       no article has this id
    ├── TaskNotFound          no task has this id
    ├── EvaluationUnavailable what measures rankings is not installed
    └── EngineUnavailable     the engine cannot answer now

Every message names the value and the remedy. What a reader types as a query is never an error.
"""


class SearchError(Exception):
    """The root of the search side's errors."""


class InvalidQuestion(SearchError):
    """
    One or more parameters have values that they cannot have.

    *problems* maps each parameter's name to what is wrong with it.
    """

    def __init__(self, problems: dict[str, str]) -> None:
        """Take what is wrong, by parameter."""
        super().__init__("; ".join(f"{name}: {detail}" for name, detail in problems.items()))
        self.problems = problems


class ArticleNotFound(SearchError):
    """No article has this id."""


class TaskNotFound(SearchError):
    """No task has this id."""


class EngineUnavailable(SearchError):
    """The engine cannot answer now."""


class EvaluationUnavailable(SearchError):
    """What measures rankings is not installed."""
