"""
Passages: where in a text is the reason why it was found?

In come the text of an article as it is stored and the tree of a query. Out come the sentences that say most of it, as
text with the places of the marks; only the last step writes HTML, escaped.
"""
