"""
Explaining: why is this article among the results of a query, in this place, or why is it not?

In come an article, and what was asked of the engine for a question. Out goes an `Explanation`: what stands against the
article, and the parts of its score, with how often the words are in it (`parts`).
"""
