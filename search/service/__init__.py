"""
The HTTP service: Falcon's app and resources, the table of errors, the results page, the waitress server.

In come requests, of which `parameters` makes questions. Out go answers as JSON or as a page, changes as tasks that are
durably queued, and errors as problem documents, mapped in one table.
"""
