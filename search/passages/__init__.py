"""
Passages: where in a text is the reason why it was found?

In come the text of an article as it is stored and the tree of a query. Out come the sentences that say most of it, as
text with the places of the marks; only the last step writes HTML, escaped.

`concepts` parts the query into what a text may show of it, `marks` finds that, `choosing` takes the sentences, and
`cutting` makes them as long as they may be; `highlight` is the way through.
"""
