"""
What a reader may have meant: what is typed -> how it may go on, and how it was to be spelt.

`completing` offers words and titles for the beginning of a query. `correcting` says which words of a whole query are
misspelt, and what was meant; `mistakes` how likely each slip is, and `typed_words` which words may have one at all.
Both ask the index what it knows (`search.engines.Offering`): nothing is ever offered that is not in it.
"""
