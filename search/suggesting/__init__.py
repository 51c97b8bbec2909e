"""
What a reader may have meant: what is typed -> how it may go on, and how it was to be spelt.

`completing` offers words and titles for the beginning of a query. `correcting` says which words of a whole query are
misspelt, and what was meant; `mistakes` how likely each slip is, and `typed_words` which words may have one at all.
`similar` says what else there is to read on the subject of an article. All ask the index what it knows: nothing is
ever offered that is not in it.
"""
