"""The pages as a portal's own: its name, colour, logo and home, templates of its own, and the files they load."""

import gzip
import re
from pathlib import Path
from random import Random

import pytest
from lxml import html

from indexer import settings
from indexer.errors import SettingsError
from search.settings import Serving
from tests.building import article, in_body

ROOT = Path(__file__).parents[3]
LOADED = ("/telusur.js", "/telusur.css", "/page.css", "/favicon.ico")


def test_name_logo_and_home_are_those_of_the_portal(client_over):
    page = {"name": "Kabar <Banua>", "logo": "https://gambar.example/l.png", "home": "https://kabar.example/"}
    answer = client_over(article("1"), page=page).simulate_get("/")
    tree = html.fromstring(answer.text)

    assert tree.findtext(".//title") == "Kabar <Banua>"
    assert tree.xpath("//header//img/@src") == [page["logo"]] and tree.xpath("//footer/a/@href") == [page["home"]]
    assert "img-src 'self' https://gambar.example;" in answer.headers["Content-Security-Policy"]


def test_a_page_runs_no_script_but_our_file(client_over):
    policy = client_over(article("1")).simulate_get("/cari?q=x").headers["Content-Security-Policy"]

    assert "default-src 'none'; script-src 'self';" in policy
    assert "unsafe" not in policy and "require-trusted-types-for 'script'" in policy


def test_clicks_are_told_only_where_they_are_logged(client_over):
    on, off = (client_over(article("1"), query_log={"enabled": enabled}) for enabled in (True, False))

    assert "<telusur-search clicks>" in on.simulate_get("/").text
    assert "<telusur-search>" in off.simulate_get("/").text


def test_the_colour_is_that_of_the_portal_and_another_address_of_the_style(client_over):
    blue, red = (client_over(article("1"), page={"color": color}) for color in ("#0b5394", "#990000"))
    styles = [re.search(r"/page\.css\?v=\w+", client.simulate_get("/").text)[0] for client in (blue, red)]

    assert styles[0] != styles[1]
    assert "#990000" in red.simulate_get(styles[1]).text and "#990000" not in blue.simulate_get(styles[0]).text


def test_a_template_of_the_portal_stands_in_the_place_of_ours_and_can_build_on_it(client_over, tmp_path):
    (tmp_path / "page.html").write_text(
        '{% extends "telusur/page.html" %}{% block footer %}<footer>Redaksi {{ query }}</footer>{% endblock %}',
        encoding="utf-8",
    )
    client = client_over(in_body("padi"), page={"templates": str(tmp_path)})

    assert "<footer>Redaksi &lt;padi</footer>" in client.simulate_get("/cari", params={"q": "<padi"}).text
    assert "Hasil untuk" in client.simulate_get("/cari?q=padi").text


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("color", "red"),
        ("color", "#fff; } body { display: none"),
        ("logo", "javascript:alert(1)"),
        ("logo", "https://a.example; script-src *"),
        ("home", "//a.example"),
        ("address", "cari.example"),
        ("templates", "/there/is/no/such/folder"),
        ("name", " "),
    ],
)
def test_a_setting_that_a_page_cannot_show_is_refused(setting, value):
    with pytest.raises(SettingsError, match=f"page.{setting}"):
        Serving.of(settings.load(environment={f"TELUSUR_PAGE_{setting.upper()}": value}))


@pytest.mark.parametrize("path", LOADED)
def test_a_file_is_told_by_its_tag_and_packed_where_that_is_taken(client_over, path):
    client = client_over(article("1"))
    plain, packed = client.simulate_get(path), client.simulate_get(path, headers={"Accept-Encoding": "br, gzip"})
    again = client.simulate_get(path, headers={"If-None-Match": plain.headers["ETag"]})

    assert gzip.decompress(packed.content) == plain.content
    assert (again.status_code, again.content, again.headers["Vary"]) == (304, b"", "Accept-Encoding")
    assert plain.headers["Cache-Control"] == "public, max-age=3600" and "Accept-Encoding" in plain.headers["Vary"]
    assert "immutable" in client.simulate_get(f"{path}?v=1").headers["Cache-Control"]


def test_script_and_style_are_light(client_over):
    client = client_over(article("1"))
    sizes = {path: len(gzip.compress(client.simulate_get(path).content, 9)) for path in LOADED}

    assert sizes["/telusur.js"] <= 8_000
    assert sizes["/telusur.css"] <= 4_000


def test_a_page_of_ten_hits_is_light_with_all_that_it_loads(client_over):
    words = "dinas kabupaten petani sawah irigasi pupuk harga beras gudang kemarau bantuan benih traktor hama".split()

    def body(number):  # no two alike, or they would be one release
        told = [" ".join(Random(8 * number + part).choices(words, k=12)) for part in range(8)]
        return " ".join(f"Kepala dinas menyampaikan bahwa panen padi meningkat: {text}." for text in told)

    client = client_over(
        *(
            article(
                f"artikel-{n}",
                title=f"Panen padi ke-{n} dimulai di beberapa kabupaten",
                body=body(n),
                url=f"https://www.portal-{n}.example/daerah/2026/01/panen-padi-ke-{n}-dimulai-di-beberapa-kabupaten",
                source=f"portal-{n}.example",
                author=f"Penulis {n}",
                category=f"Rubrik {n}",
                published="2026-01-12",
            )
            for n in range(30)
        )
    )
    page = client.simulate_get("/cari?q=panen+padi&collapse=false")
    loaded = [gzip.compress(client.simulate_get(path).content) for path in LOADED]

    assert page.text.count("<mark>") > 20
    assert len(page.content) + sum(map(len, loaded)) <= 30_000  # even for who takes the page unpacked


def test_a_page_is_packed_where_that_is_taken(client_over):
    client = client_over(in_body("padi"))
    plain = client.simulate_get("/cari?q=padi", headers={"Accept-Encoding": "br, gzip;q=0"})
    small = client.simulate_get("/cari?q=padi", headers={"Accept-Encoding": "br, gzip"})

    assert "Content-Encoding" not in plain.headers and small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content and len(small.content) < len(plain.content) / 2
    assert "Accept-Encoding" in small.headers["Vary"] and "Accept-Language" in small.headers["Vary"]


@pytest.mark.parametrize(
    ("named", "file"),
    [
        (r"--telusur-[a-z-]+", "telusur.css"),
        (r"(?<=`telusur:)[a-z]+", "telusur.js"),
        (r"(?<=^\| `)[a-z]+", "telusur.js"),
    ],
)
def test_what_the_document_for_portals_names_is_there(client_over, named, file):
    document = (ROOT / "docs" / "portal.md").read_text(encoding="utf-8")
    content = client_over(article("1")).simulate_get(f"/{file}").text
    names = set(re.findall(named, document, re.MULTILINE))

    assert len(names) >= 5 and not [name for name in names if name not in content]


def test_the_document_for_portals_names_all_that_can_be_set(client_over):
    document = (ROOT / "docs" / "portal.md").read_text(encoding="utf-8")
    client = client_over(article("1"))

    assert all(
        name in document
        for name in re.findall(r"(?<=var\()--telusur-[a-z-]+", client.simulate_get("/telusur.css").text)
    )
    assert all(
        f"`{name}" in document for name in re.findall(r'Attribute\("([a-z]+)"', client.simulate_get("/telusur.js").text)
    )
