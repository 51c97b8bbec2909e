"""
Our codec for Whoosh: a segment as flat arrays in memory-mapped files.

A segment is five files of arrays (`terms`, `forms`, `postings`, `columns`, `stored`) and a manifest in JSON that says
where in them each array lies. Nothing is unpickled, nothing is read before it is needed, and each block of 64 KiB is
checked against its checksum when it is first read.
"""
