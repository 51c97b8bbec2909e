"""
Curating: what editors say about answers in files that may change while the service runs.

In come three lists: words that mean the same (`synonyms`), queries with the articles that are pinned to them (`pins`),
and articles that no answer shows (`hiding`). Out goes a `Curation`, by which questions are asked. `lists` reads the
lines of a file and names those that are wrong; `following` notices that a file was changed.
"""
