"""The specification tells the truth: schemathesis asks what it allows and what it does not, and reads the answers."""

import json
import re
import subprocess
import sys
import urllib.request
from html.parser import HTMLParser

import pytest

from indexer.keys import Keys
from search.service.openapi import specification
from tests.building import article, in_body, publish

MORE = """
[checks.negative_data_rejection]
expected-statuses = ["4xx", "5xx"]
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "429", "413", "431", "503"]
"""
"""A day after another, and texts that are too long together, are no matter of one field: 400, 413 and 431 are right."""


@pytest.mark.long
def test_schemathesis_finds_nothing(index, serve, tmp_path):
    publish(index, in_body("padi", "1"), article("a/b"))
    key = Keys(index.path).create("x", ("search", "write", "admin"))
    (tmp_path / "telusur.toml").write_text("[access]\nunits_per_key = 0\n", encoding="utf-8")
    (tmp_path / "schemathesis.toml").write_text(MORE, encoding="utf-8")
    address, _ = serve("serve", "--config", str(tmp_path / "telusur.toml"))
    command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"]
    asked = ["run", f"{address}openapi.json", "--header", f"Authorization: Bearer {key}", "--max-examples", "15"]
    found = subprocess.run(
        [*command, "--config-file", str(tmp_path / "schemathesis.toml"), *asked, "--no-color", "--seed", "1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, found.stdout[-20_000:] + found.stderr


def test_every_route_of_the_api_is_told_of_and_no_other(client_over, serving):
    app = client_over(article("1")).app
    told = {re.sub(r"\{\w+\}", "{}", path) for path in specification(serving)["paths"]}
    routes = {re.sub(r"\{\w+\}", "{}", path) for path in routes_of(app)}

    assert told == {path for path in routes if path.startswith("/v1/")} | {"/healthz", "/readyz", "/metrics"}


def routes_of(app):
    found = []

    def look(nodes):
        for node in nodes:
            found.extend([node.uri_template] if node.uri_template else [])
            look(node.children)

    look(app._router._roots)  # noqa: SLF001 - Falcon has no list of its routes
    return found


def test_limits_of_the_settings_stand_in_the_specification(client_over):
    client = client_over(article("1"), service={"max_per_page": 7})
    parameters = client.simulate_get("/openapi.json").json["paths"]["/v1/search"]["get"]["parameters"]

    assert {one["name"]: one["schema"].get("maximum") for one in parameters}["per_page"] == 7


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found += [value for name, value in attributes if name in {"src", "href", "action"}] + (
            ["inline script"] * (tag == "script" and "src" not in dict(attributes))
        )


@pytest.mark.parametrize("path", ["/", "/docs", "/coba", "/cari?q=kabar"])
def test_a_page_loads_nothing_from_elsewhere_and_has_no_script_in_it(client_over, path):
    links = Links()
    links.feed(client_over(article("1")).simulate_get(path).text)

    assert links.found and all(link.startswith(("/", "#")) and not link.startswith("//") for link in links.found)


def test_the_page_of_the_api_names_every_operation(client_over, serving):
    page = client_over(article("1")).simulate_get("/docs", headers={"Accept-Language": "en"}).text

    for path, methods in specification(serving)["paths"].items():
        for method in methods:
            assert f"<code>{method.upper()} {path}</code>" in page


def test_the_specification_is_served_as_json(index, serve):
    publish(index, article("1"))
    address, _ = serve("serve")
    with urllib.request.urlopen(f"{address}openapi.json") as answer:  # noqa: S310 - our own address
        assert json.load(answer)["openapi"] == "3.1.0"
