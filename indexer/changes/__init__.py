"""
Changes to a running index: queued durably, applied in order, in batches, by one process at a time.

In come articles that are to be put in and ids that are to be taken out, each of which gets a number once it is on disk.
Out go commits of the live generation, which say through which number they hold them.
"""
