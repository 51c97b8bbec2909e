"""
Reviewing: does an index answer as it should? For operators, before and after it is published.

In come generations and queries: canaries from the settings, a file, the latest that readers asked, or judged ones. Out
come reasons against publishing, what readers would notice, query by query, how well what was judged is answered, and,
of the query log, what readers asked, missed and left lying.
"""
