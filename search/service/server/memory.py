"""Memory that processes share, read and written by cells of eight bytes, each of them at once."""

from mmap import mmap

_SIZE = 8  # bytes


class Cells:
    """
    So many cells that children share with who made them, as *whole* numbers from 0 up or as *real* ones.

    `struct` writes a record byte by byte, and zeros before that: who reads beside it sees numbers that nobody wrote.
    A cell of a view is one instruction, so that it is always one that was written; two cells need not belong together.
    """

    def __init__(self, count: int) -> None:
        """Make *count* cells, all of them 0."""
        memory = memoryview(mmap(-1, count * _SIZE))
        self.whole, self.real = memory.cast("Q"), memory.cast("d")
