"""
Answers queries from a Whoosh index: evaluates the tree over whole arrays of each segment, by our own arithmetic.

A query's way: `engine` holds a `snapshot`, the segments of one commit with `views` of what is not deleted of them. Of
articles that are one release it leaves one in the views, by their `groups`; `pairing` finds which are copies of each
other in several segments. In each view, `ranked` finds the best documents, for which it asks `searcher` for the matches
of the tree's nodes. A word comes from `leaves`, which scores it with the `statistics` of the whole index; a phrase from
`phrases`; what stands for many terms from `expanding`. All of them are `matches`, documents with a score each, which
`combining` makes one of and `sums` adds up; `frequent` words are looked up where they may matter; what can be
`compiled` is asked first, and numpy does what it leaves; `cache` keeps what was read lately. `timely` adds what dates
are worth, and keeps the list exact; the best are looked at once more for the `nearness` of the words in them, and those
come before them that are there by `pinning`. `hits` has their order over all segments. `explaining` takes a score
apart. `filters` has what hits are limited to and sorted by; `facets` counts them by their values, which are numbers
(`coded`), and tells the `commonest`. `dated` puts hits in the order of their dates, and `continuing` finds the best
after a place in the order. Out go the ids and stored articles of the best.

For who types, `offering` looks words and titles up, and `near_words` finds those that few letters part from what was
typed. What cannot be read is said by `unavailable`.
"""
