"""
Answers queries from an OpenSearch cluster: our query tree in its language, with the ranking of `search.ranking`.

A query's way: `engine` holds one index open, and what `watching` last heard of it. `matching` says of a node of the
tree which articles it finds, with `spaced_phrases`, which have words between. `compiling` adds scores, by BM25 as our
own index has them, for which `rarity` says what words tell; `standing` what words are worth that stand near each other,
in order or early; `dates` what a date is worth; `limits` what hits are limited to, counted and sorted by. `requesting`
puts these together, with `pinning` for hits that come first whatever they score, and without the articles of which a
copy is shown, as `collapsing` tells them. `asking` sends it, and `explaining` takes a score apart by what the cluster
tells of each part of a query.

For who types, `offering` looks words and titles up, and `beginnings` finds words that begin nearly as what was typed.
What cannot be answered is said by `unavailable`.
"""
