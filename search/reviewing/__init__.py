"""
Reviewing: does an index answer as it should? For operators, before and after it is published.

In come generations and queries: canaries from the settings, a file, or the latest that readers asked. Out come reasons
against publishing, and what readers would notice, query by query.
"""
