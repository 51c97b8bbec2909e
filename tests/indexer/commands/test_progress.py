"""Whoever waits for a build is told how far it is, as suits them."""

import gzip
import json
from itertools import count

import pytest

from indexer.commands import progress
from indexer.commands.progress import Events, Lines, Pace, Silence, line
from indexer.reading.pipeline import Counts, Stage
from indexer.sources import read
from indexer.sources.extent import Extent


@pytest.fixture
def clock(monkeypatch):
    """Let a second pass with each look at the clock."""
    seconds = count()
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(seconds)))


@pytest.mark.usefixtures("clock")
def test_the_time_left_is_that_of_the_records_left():
    pace = Pace()
    for read_by_then in (0, 10, 20):
        pace.note(Counts(accepted=read_by_then))

    assert pace.per_second == 10
    assert pace.left(Counts(accepted=20, expected=100)) == 8
    assert pace.left(Counts(accepted=20)) is None
    assert pace.left(Counts(accepted=20, expected=100, stage=Stage.WRITING)) is None


@pytest.mark.usefixtures("clock")
def test_the_pace_is_that_of_late():
    pace = Pace()
    for second in range(100):
        pace.note(Counts(accepted=1_000 + second))

    assert pace.per_second == 1


@pytest.mark.usefixtures("clock")
def test_a_line_says_all_that_is_known():
    pace = Pace()
    pace.note(Counts())
    pace.note(Counts())
    pace.note(Counts(accepted=2_000))

    assert line(Counts(accepted=2_000, rejected=3, expected=5_000_003), pace) == (
        "reading: 2,003 of about 5,000,003 records, 1,000 a second, 3 rejected, about 1:23:18 left"
    )
    assert line(Counts(accepted=9, stage=Stage.CHECKING), Pace()) == "checking: 9 records"


@pytest.mark.usefixtures("clock")
def test_lines_come_ever_more_rarely(capsys):
    lines = Lines()
    for number in range(2_000):
        lines.progress(Counts(accepted=number))
    lines.say("Selesai.")
    written = capsys.readouterr().err.splitlines()

    assert 8 < len(written) < 15
    assert written[0].startswith("reading: ") and written[-1] == "Selesai."


@pytest.mark.usefixtures("clock")
def test_events_are_json_and_tell_of_every_stage(capsys):
    events = Events()
    events.progress(Counts(accepted=1, rejected=1, expected=4))
    events.progress(Counts(accepted=4, stage=Stage.WRITING))
    events.say("Selesai.")
    first, second, third = map(json.loads, capsys.readouterr().err.splitlines())

    assert first == {
        "event": "progress",
        "stage": "reading",
        "accepted": 1,
        "rejected": 1,
        "expected": 4,
        "per_second": None,
        "seconds_left": None,
    }
    assert second["stage"] == "writing"
    assert third == {"event": "note", "text": "Selesai."}


def test_silence_is_silent(capsys):
    Silence().progress(Counts())
    Silence().say("Selesai.")

    assert capsys.readouterr() == ("", "")


def test_the_records_of_files_are_told_from_their_sizes(tmp_path):
    text = "".join(json.dumps({"title": "Judul", "body": "Isi. " * 40}) + "\n" for _ in range(4_000))
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text[: len(text) // 2], encoding="utf-8")
    (tmp_path / "c.doc").write_text(text, encoding="utf-8")
    (tmp_path / "d.csv").write_text("title,body\nJudul,Isi\n", encoding="utf-8")
    extent = Extent.of([str(tmp_path)])
    seen = [extent.records for _ in extent.watched(read(str(tmp_path)))]

    assert seen[0] == seen[3_999] == 6_000
    assert abs(seen[-1] - 4_002) <= 1


def test_a_compressed_file_is_measured_by_what_was_unpacked_of_it(tmp_path):
    with gzip.open(tmp_path / "a.jsonl.gz", "wt") as file:
        file.writelines(json.dumps({"title": f"{n**20}", "body": f"{n**30} " * 4}) + "\n" for n in range(20_000))
    extent = Extent.of([str(tmp_path / "a.jsonl.gz")])
    seen = [extent.records for _ in extent.watched(read(str(tmp_path / "a.jsonl.gz")))]

    assert all(10_000 < records < 40_000 for records in seen[10_000:])
    assert seen[-1] == 20_000


def test_what_comes_from_elsewhere_has_no_size(tmp_path):
    (tmp_path / "a.jsonl").write_text("{}", encoding="utf-8")

    assert [Extent.of([str(tmp_path / "a.jsonl"), "-"]).records] == [None]
