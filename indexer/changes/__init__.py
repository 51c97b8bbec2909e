"""Changes to a running index: queued durably, applied in order, in batches, by one process at a time."""
