"""
What operators type: the commands that change an index and look after it, and the console that all commands share.

In come arguments and settings. Out go a text or one JSON document on standard output, how far it is on standard error,
and an exit code. Beside `search.commands`, which makes one command of all, nothing else knows of the terminal.
"""
