"""
The query log: what readers looked for and what they chose, kept beside the index where a setting turns that on.

In come searches and clicks, as the service saw them, and queue up for a thread that writes them down (`log`), so that
none waits for the disk; `texts` says what of a query may be written, `database` keeps it within its bounds. Out go the
latest queries (`latest`), those that many ask (`popular`), and the whole for a report (`search.reviewing.report`).
"""
