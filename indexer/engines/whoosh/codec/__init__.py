"""
Our codec for Whoosh: a segment as flat arrays in memory-mapped files.

A segment is seven files of arrays (`terms`, `forms`, `postings`, `columns`, `stored`, and for who types `words` and
`titles`) and a manifest in JSON that says where in them each array lies. Nothing is unpickled, nothing is read before
it is needed, and each block of 64 KiB is checked against its checksum when it is first read.

`fields` says what is kept of each field. On the way in, `occurrences` are the arrays that a segment is made of, and
`sorting` puts them in order. `building` writes them: `encoding` makes `records` of them, of documents (`doclists`), of
a byte for count and form (`symbols`, and `mixing` where an article holds several forms) and of `positions`. `tables`
gathers what is known of each term, and `dictionary` writes the texts of the terms; `columns` takes what a document has
one of, also the signature and the portal by which copies of one release are told, `tags` those it has several of,
with `strings` of what has a number, `stored` the documents, packed with a `phrasebook`. `files` writes the arrays,
`manifest` says where they are.

On the way out, `reading` opens a segment, `postings` takes the record of one term apart, `found` says in which slots a
term or a form is, and `unions` reads many terms at once. `kernels` has what is compiled of that, from the C files in
`native/`, where there was a compiler; without them numpy does the same, slower. `merging` makes one segment of several:
`decoding` turns records into occurrences again, and `merged_terms` walks the terms of all.

Whoosh sees this through `codec`: `opening` is the half that reads, with `terms` and `documents`; `gathering` takes what
Whoosh's own writer hands over; `segment` is what Whoosh lists.
"""
