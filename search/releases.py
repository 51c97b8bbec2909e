"""One article -> the others that are the same release, as other portals printed it."""

from search.answers import Answers
from search.results import Page


def duplicates(answers: Answers, article_id: str, limit: int) -> Page:
    """
    Return the other articles that are the same release as the one of this id, *limit* at most.

    Raises:
        ArticleNotFound: there is no article of this id.
    """
    answers.article(article_id)
    with answers.curated.open() as index:
        return index.engine.duplicates(article_id, limit=limit)
