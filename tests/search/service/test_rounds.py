"""
Two servers, additions, deletions, reindexes, rollbacks and merges on one index at once, and kills of any of them.

TELUSUR_ROUNDS says how many rounds there are; the long form has 200.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event

import pytest

from indexer.analysis import Analyzer
from indexer.engines import open_inspector
from indexer.keys import Keys
from indexer.upkeep.standing import standing
from indexer.upkeep.verification import verify
from tests.building import apply_changes, article, publish, record
from tests.search.service.processes import appliers

pytestmark = pytest.mark.long

ROUNDS = int(os.environ.get("TELUSUR_ROUNDS", "20"))
NAMES = [f"n{number}" for number in range(40)]


def version(name, word):
    return record(article(name, body=f"Ini versi {word} dari artikel itu."))


@dataclass
class Known:
    """What may be found of each article: one version, or, where a change was neither acknowledged nor refused, two."""

    possible: dict[str, set[str | None]] = field(default_factory=lambda: defaultdict(lambda: {None}))

    def acknowledged(self, name, word):
        self.possible[name] = {word}

    def unclear(self, name, word):
        self.possible[name] |= {word}


class House:
    """The processes on one index."""

    def __init__(self, index, serve):
        self.index, self._serve = index, serve
        self.key = Keys(index.path).create("redaksi")
        self.servers = [serve("serve"), serve("serve")]
        self.known = Known()
        self._draw = random.Random(20261126)
        self._serial = 0

    def round(self, pool):
        """Do some things at once, each to other articles, and end some of them in the middle."""
        names = self._draw.sample(NAMES, 6)
        self._serial += 1
        word = f"kata{self._serial}"
        acts = [self.puts, self.puts, self.adds, self.deletes]
        acts += [self._draw.choice([self.reindexes, self.rolls_back, self.kills_an_applier, self.kills_a_server])]
        running = [pool.submit(act, name, word, self._draw.random()) for act, name in zip(acts, names, strict=False)]
        for one in running:
            one.result()

    def puts(self, name, word, chance):
        address, _ = self.servers[chance < 0.5]
        request = urllib.request.Request(  # noqa: S310 - our own address
            f"{address}v1/articles/{name}",
            method="PUT",
            data=json.dumps(version(name, word)).encode(),
            headers={"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
                assert answer.status == 202
        except urllib.error.HTTPError:
            raise  # a server that is there takes every change
        except (OSError, HTTPException):
            self.known.unclear(name, word)  # the server was killed
        else:
            self.known.acknowledged(name, word)

    def adds(self, name, word, chance):
        source = self.index.path.parent / f"{name}-{word}.jsonl"
        source.write_text(json.dumps(version(name, word)), encoding="utf-8")
        self._command(name, word, chance, "add", str(source))

    def deletes(self, name, _word, chance):
        self._command(name, None, chance, "delete", name)

    def reindexes(self, _name, _word, chance):
        self._command("", None, chance, "reindex", str(self.index.path.parent / "articles.jsonl"), "--jobs", "1")

    def rolls_back(self, _name, _word, chance):
        code, error = self._command("", None, chance, "rollback")
        assert code <= 0 or "no generation" in error, error

    def kills_an_applier(self, *_):
        for process in appliers([os.getpid()])[:1]:
            os.kill(process, signal.SIGKILL)

    def kills_a_server(self, _name, _word, chance):
        number = int(chance < 0.5)
        self.servers[number][1].kill()
        self.servers[number][1].wait()
        self.servers[number] = self._serve("serve")

    def _command(self, name, word, chance, *arguments):
        """Run a command, which one time in four is killed in its first second; return its code, and what it said."""
        command = [sys.executable, "-m", "search", *arguments, "--index", str(self.index.path)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            if chance < 0.25:
                time.sleep(4 * chance)
                process.kill()
            _, error = process.communicate(timeout=120)
        if name and process.returncode == 0:
            self.known.acknowledged(name, word)
        elif name:
            assert process.returncode < 0, error
            self.known.unclear(name, word)
        return process.returncode, error

    def searches(self, ended):
        """Search until it has *ended*, on the server that is there; return how often, and what went wrong."""
        asked, failures = 0, []
        while not ended.is_set():
            asked += 1
            if failure := self._search():
                failures.append(failure)
        return asked, failures

    def _search(self):
        for number in (0, 1, 0):  # while the second answers, the first may take its place, and the second be killed
            address, _ = self.servers[number]
            try:
                with urllib.request.urlopen(f"{address}v1/search?q=versi", timeout=60) as answer:  # noqa: S310 - ours
                    return "" if json.load(answer)["hits"] else "nothing was found"
            except urllib.error.HTTPError as exc:
                return f"{exc.code} {exc.read().decode()}"
            except (OSError, HTTPException):
                continue  # this one has just been killed
        return "no server answered"


@pytest.fixture
def house(index, serve):
    publish(index, *(article(f"s{number}", body="Ini versi awal dari artikel itu.") for number in range(200)))
    os.utime(index.path.parent / "articles.jsonl", (1, 1))  # all changes are newer
    return House(index, serve)


def test_nothing_is_lost_doubled_or_damaged_whoever_writes_and_whoever_is_killed(house, index):
    ended = Event()
    with ThreadPoolExecutor(8) as pool:
        searching = pool.submit(house.searches, ended)
        try:
            for _ in range(ROUNDS):
                house.round(pool)
        finally:
            ended.set()
        asked, failures = searching.result()
    for _, server in house.servers:
        server.kill()
        server.wait()
    for process in appliers([os.getpid()]):
        os.kill(process, signal.SIGKILL)
    insisted(lambda: apply_changes(index))

    assert (asked > ROUNDS, failures) == (True, [])
    assert verify(index.path, Analyzer(), 300).findings == ()
    found = held(index)
    assert {name: word for name, word in found.items() if word not in house.known.possible[name]} == {}


def insisted(action):
    """Do *action*, again until the process that has the right to apply changes has ended."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return action()
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def held(index):
    """Return the version of each article; each is there once, and the first ones all are."""
    inspector = open_inspector("whoosh", standing(index.path, "").current.generation.engine_folder)
    found = {name: inspector.articles_of(name) for name in NAMES}
    assert inspector.articles == 200 + sum(map(len, found.values()))
    assert max(map(len, found.values())) <= 1
    return {name: articles[0].body.split()[2] if articles else None for name, articles in found.items()}
