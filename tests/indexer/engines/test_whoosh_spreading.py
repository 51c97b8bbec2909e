"""A process that encodes terms answers with what they are written as, or with what went wrong."""

import errno
from collections.abc import Iterator
from typing import Self

import numpy as np
import pytest

from indexer.engines.whoosh import spreading
from indexer.engines.whoosh.codec.building import Extent
from indexer.engines.whoosh.codec.columns import Columns
from indexer.engines.whoosh.run_fields import NumberedRun, RunFields, Span
from indexer.engines.whoosh.runs import RunWriter
from indexer.engines.whoosh.spreading import Encoder, spread, work
from indexer.schema import EXACT, WORD_FIELDS
from tests.building import article

NO_COLUMNS = Columns([], np.zeros(0, np.int64), {}, [], [], np.zeros((0, 32), np.uint16), np.zeros(0, np.uint32))


@pytest.fixture
def encoder(tmp_path, analyzer) -> Encoder:
    writer = RunWriter(tmp_path, analyzer)
    for number in range(9):
        writer.add(article(f"{number}", body="Padi dipanen lebih awal."))
    return Encoder(RunFields([NumberedRun(writer.write("0.run"), np.arange(9))], 9), Extent(9, wide=False))


class Told:
    """A connection that says what it was given, and then ends."""

    def __init__(self, *messages: object) -> None:
        self.heard: list = []
        self._messages: Iterator[object] = iter(messages)

    def recv(self) -> object:
        for message in self._messages:
            return message
        raise EOFError

    def send(self, message: object) -> None:
        self.heard.append(message)


def test_a_process_answers_each_span_with_its_terms(encoder):
    connection = Told(None, (0, (encoder, Span("stem", b"l", b"panen"))), (0, (encoder, Span("stem", b"panen"))))
    with pytest.raises(EOFError):
        work(connection)

    below, above = ([term for own in found for term in own.terms] for found in connection.heard)
    assert b"lebih" in below and b"awal" not in below
    assert {b"panen", b"padi"} & {*below} == {b"padi"} and b"panen" in above


def test_a_process_answers_with_what_went_wrong(encoder, tmp_path):
    (tmp_path / "0.run").unlink()
    connection = Told(None, (0, (encoder, Span("stem"))))
    with pytest.raises(EOFError):
        work(connection)

    assert [error.errno for error in connection.heard] == [errno.ENOENT]


def test_what_went_wrong_in_a_process_is_told_as_in_this_one(encoder, monkeypatch):
    monkeypatch.setattr(spreading, "Worker", Sick)
    with pytest.raises(OSError, match="No space left"), spread(encoder, NO_COLUMNS, 2) as encoded:
        _ = [list(encoded(field)) for field in WORD_FIELDS if field != EXACT]


class Sick:
    """A process that can do nothing any more."""

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def give(self, *_: object) -> None:
        pass

    def said(self) -> object:
        return OSError(errno.ENOSPC, "No space left on device")
