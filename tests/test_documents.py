"""The documents tell the truth: commands run as they stand there, links lead somewhere, tables say what is so."""

import re
import tomllib
from datetime import UTC, datetime

import pytest

from indexer.sources import NAMED_READERS, READERS, TABLE, WEB_READERS, fields
from search.commands.deferred import DeferredCommand
from search.commands.telusur import main
from search.query import Moment, Newness, times_of
from search.query.lexer import FIELDS
from search.questions import Mode, Question
from tests.building import article
from tests.documents import ALL, DEMO, ROOT, RUN, Workplace, anchors, coded, name, part, script, tables, text

README, PYPROJECT, SETTINGS = ROOT / "README.md", ROOT / "pyproject.toml", ROOT / "config" / "telusur.toml"
QUERIES, SOURCES, BENCHMARKS = (ROOT / "docs" / f"{page}.md" for page in ("queries", "sources", "benchmarks"))
EVERYTHING = "\n".join(map(text, ALL))
COMMANDS = sorted(set(re.findall(r"(?:bin/|`)telusur (\w+\b[^`|\n]*)", EVERYTHING)))
LINKS = [(path, link) for path in ALL for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text(path))]
FINDING = [
    [coded(cell) for cell in row]
    for heading in ("Words", "Signs", "Words next to each other")
    for rows in tables(part(QUERIES, heading))
    for row in rows
]
FRIDAY = datetime(2026, 8, 14, 5, tzinfo=UTC)


def options_of(command, words):
    """Return the options of *command*, or of the one of its group that *words* name."""
    commands = getattr(command, "commands", None)
    if commands:
        return options_of(commands[words[0]], words[1:])
    if isinstance(command, DeferredCommand):
        return options_of(command.imported(), words)
    return {"--help"} | {option for parameter in command.params for option in parameter.opts}


def is_in_order(some, others):
    """Say whether *others* holds *some*, one after the other, with whatever between them."""
    rest = iter(others)
    return all(one in rest for one in some)


def test_the_readme_takes_five_minutes():
    assert len(text(README).splitlines()) <= 150


def test_the_two_commands_are_those_of_the_makefile():
    targets = re.findall(r"^make (\w+)$", text(README), re.MULTILINE)

    assert len(targets) == 2
    assert all(f"\n{target}:" in text(ROOT / "Makefile") for target in targets)


@pytest.mark.long
@pytest.mark.parametrize("path", [path for path in RUN if script(path)], ids=name)
def test_every_command_of_a_document_runs(path, tmp_path):
    workplace, commands = Workplace(tmp_path), script(path)
    if DEMO in commands:
        with workplace.demo() as address:
            run = workplace.run(commands.replace(DEMO, address))
    else:
        run = workplace.run(commands)

    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stdout


def test_every_command_is_in_a_document():
    assert set(main.commands) - {command.split()[0] for command in COMMANDS} <= {"demo"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_that_is_shown_exists(command):
    given = {word.partition("=")[0] for word in command.split() if word.startswith("--")}

    assert given <= options_of(main, command.split())


@pytest.mark.parametrize("option", sorted(set(re.findall(r"`(--(?!telusur-)[a-z-]+)", "".join(map(text, RUN))))))
def test_every_option_that_is_spoken_of_is_one_of_some_command(option):
    assert any(option in options_of(command, ["create"]) for command in main.commands.values())


@pytest.mark.parametrize(("path", "link"), LINKS)
def test_every_link_within_the_repository_leads_somewhere(path, link):
    target, _, anchor = link.partition("#")
    place = path.parent / target if target else path

    assert place.exists()
    assert not anchor or anchor in anchors(place)


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:tests|benchmarks|indexer|search|config)/[\w/.]+)`", EVERYTHING)))
)
def test_every_file_that_is_named_is_there(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("variable", sorted(set(re.findall(r"\bTELUSUR_([A-Z_]+)[`=](?![0-9])", EVERYTHING))))
def test_every_variable_that_is_named_overrides_a_setting(variable):
    section, _, setting = variable.lower().partition("_")

    assert setting in tomllib.loads(text(SETTINGS))[section]


@pytest.mark.parametrize(
    ("section", "setting"), sorted(set(re.findall(r"`\[?(index|publish|fetch|ranking|service)[].] ?(\w+)", EVERYTHING)))
)
def test_every_setting_that_is_named_is_one(section, setting):
    assert setting in tomllib.loads(text(SETTINGS))[section]


@pytest.mark.parametrize("extras", sorted(set(re.findall(r"'\.\[([\w,]+)\]'", EVERYTHING))))
def test_every_extra_that_is_named_can_be_installed(extras):
    assert set(extras.split(",")) <= set(tomllib.loads(text(PYPROJECT))["project"]["optional-dependencies"])


def test_queries_find_what_the_tables_say_and_nothing_else(answers_over):
    said = sorted({cell for _, *cells in FINDING for cell in cells if cell})
    answers = answers_over(*(article(cell, body=f"{cell}.") for cell in said))

    for query, found, other in FINDING:
        ids = answers.ids(Question(text=query, page=1, per_page=len(said), mode=Mode.ALL))
        assert (found in ids, other in ids) == (True, False), query


def test_queries_are_corrected_as_the_table_says(answers_over):
    (rows,) = tables(part(QUERIES, "Misspelt words"))
    known = sorted({meant for _, meant in rows if meant} | {"keuangan"})
    answers = answers_over(*(article(f"{text}-{n}", body=f"Kabar {text}.") for text in known for n in range(5)))

    for query, meant in rows:
        assert answers.search(Question(text=coded(query), page=1, per_page=1)).corrected == (meant or None), query


def test_the_table_of_fields_has_all():
    (rows,) = tables(part(QUERIES, "Fields"))

    assert {sign for row in rows for sign in re.findall(r"`(\w+):`", row[0])} == set(FIELDS)


@pytest.mark.parametrize(("query", "days"), [row for rows in tables(part(QUERIES, "Time")) for row in rows])
def test_words_of_time_name_the_days_of_the_table(query, days):
    assert times_of(coded(query), Moment(FRIDAY, None), Newness(0.1, 30)).timeliness.text == days


def test_every_kind_of_source_is_in_the_table():
    named = " ".join(row[0] for row in next(tables(text(SOURCES))))
    kinds = [*(f"*{ending}" for ending in READERS), *NAMED_READERS, TABLE]

    assert not [kind for kind in kinds if f"`{kind}" not in named]
    assert not [kind for kind in WEB_READERS if f"`{kind}{'+' if kind else ''}https://…`" not in named]


def test_the_table_of_columns_has_all_names():
    (rows,) = tables(part(SOURCES, "Tables"))

    assert {coded(field): tuple(re.findall(r"`(\w+)`", names)) for field, names in rows} == {
        field: names[1:] for field, names in fields.NAMES.items() if len(names) > 1
    }


@pytest.mark.parametrize("quoted", re.split(r"Run: ", text(BENCHMARKS))[1:])
def test_figures_are_those_of_the_recorded_run(quoted):
    (run,) = re.findall(r"^\[\w+\]\(\.\./(benchmarks/runs/\w+\.md)\)", quoted)
    recorded = [row for rows in tables(text(ROOT / run)) for row in rows]
    rows = [row for rows in tables(quoted) for row in rows]

    assert rows
    assert not [row for row in rows if not any(is_in_order(row, one) for one in recorded)]
