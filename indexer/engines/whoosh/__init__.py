"""
Writes the Whoosh index: articles in, segments and a commit out; and changes, merges and inspects it.

An article's way: `runs` takes articles in, as many as fit into memory. `vocabulary` makes words of their texts, which
`indexer.engines.pieces` cuts; `stored` makes JSON of the article; `spill` is the run on disk, sorted, and `kept_runs`
finds it again after an interruption. `segments` reads all runs together, by `run_fields`, and has `codec` make one
segment of them, in several processes where it is large (`spreading`). `writer` does so for a new index, `updater` for
changes to one; `commits` says which segments are the index; `committing` puts a commit in the place of the one before,
and `sweeping` removes the files of the others.

Then `merge_policy` chooses what `updater` merges, `inspector` looks at a complete index, and `sampling` compares some
of its articles with their texts. `schema` is what Whoosh itself must know of our fields, `moments` are dates as
numbers.
"""
