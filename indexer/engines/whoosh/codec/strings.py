"""Texts by number in a file of arrays: one after the other, and where each begins."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from indexer.engines.whoosh.codec.files import ArrayFile, ArrayFileWriter


class Strings(Sequence[str]):
    """Texts that `write_strings` wrote, each read when it is asked for."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        """Read the texts called *name* from *file*."""
        self._starts = file.array(f"{name}_starts")
        self._text = file.array(f"{name}_text")

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:  # type: ignore[override]  # no slices
        """Return the text *number*."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        start, stop = self._starts.slice(number, number + 2).tolist()
        return self._text.slice(start, stop).tobytes().decode()


def write_strings(file: ArrayFileWriter, name: str, texts: Sequence[str]) -> None:
    """Write *texts* into *file*, called *name*."""
    encoded = [text.encode() for text in texts]
    file.write(f"{name}_starts", np.fromiter(accumulate(map(len, encoded), initial=0), "<u4", len(encoded) + 1))
    file.write(f"{name}_text", np.frombuffer(b"".join(encoded), np.uint8))
