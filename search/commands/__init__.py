"""
The command ``telusur``: what answers, serves, builds and compares, with the indexer's commands beside it.

One module for each group of commands; `telusur` gathers them. In come arguments and settings, out go a text or one JSON
document on standard output, and an exit code.
"""
