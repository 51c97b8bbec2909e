"""
What an HTML page says of its article: in goes the tree of the page, out come its headline, authors and moment.

Only what the page states of itself counts, and not what it says of others: those that it lists beside.
"""
