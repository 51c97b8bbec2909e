"""
Writes the index of an OpenSearch cluster: articles in, documents and bulk requests out; and changes and inspects it.

A generation's folder holds no articles then, but says by `place` which index of the cluster has them; `client` reaches
that cluster, and what goes wrong there is put into words by `failures`. `mapping` is what the cluster is told of our
fields. `documents` makes of an article what is sent: the terms of our own analysis (`texts`), so that both engines find
the same, and the `traits` by which copies of a release are told; `releases` keeps in each document in which group of
these it is.

While a generation is built, `parts` keeps documents on disk, `writer` sends them by several connections at a time, in
the requests of `bulk`, and `copying` waits for its copies; `updater` sends changes. `inspector` looks at a complete
index, and `sampling` compares some of its articles with their texts. `indexes` has what concerns several: the alias of
the live one, and which of them nobody needs any more.
"""
