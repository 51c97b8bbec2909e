"""The HTTP service: Falcon's app and resources, the table of errors, the results page, the waitress server."""
