"""`telusur reindex` as operators run it: a command over a file of articles as they come."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

from benchmarks.corpus import Corpus
from benchmarks.engines.figures import Built
from benchmarks.engines.process import size
from benchmarks.engines.telusur import PROGRAM
from benchmarks.memory_use import watched


def reindexed(
    corpus: Corpus,
    folder: Path,
    jobs: int = 1,
    environment: Mapping[str, str] = MappingProxyType({}),
    program: Sequence[str] = PROGRAM,
) -> Built:
    """
    Index *corpus* in *folder* anew by *jobs* processes of *program*, with the settings of *environment*.

    The time is that of the whole command.
    """
    shutil.rmtree(folder, ignore_errors=True)
    command = (*program, "reindex", str(corpus.lines), "--jobs", str(jobs), "--json", "--quiet")
    given = {**os.environ, **environment, "TELUSUR_INDEX_PATH": str(folder)}
    started = perf_counter()
    with (
        subprocess.Popen(command, env=given, stdout=subprocess.PIPE, text=True) as process,
        watched(process.pid) as peak,
    ):
        said, _ = process.communicate()
    seconds = perf_counter() - started
    assert process.returncode == 0, f"telusur reindex ended with {process.returncode}"
    articles = int(json.loads(said)["articles"])
    assert articles == corpus.articles, f"telusur has {articles:,} of {corpus.articles:,} articles"
    return Built(articles, seconds, peak, size(folder))
