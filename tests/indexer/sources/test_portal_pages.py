"""What is taken of pages as Indonesian portals write them: headline, moment, author, text."""

import pytest

from indexer import sources
from indexer.sources.people import person_in
from indexer.sources.records import Found
from tests.pages import TEXTS, TITLE, portal_page

H1 = f"<h1>{TITLE}</h1>"


@pytest.fixture
def read(tmp_path):
    return lambda *parts: _only(tmp_path / "a.html", portal_page(*parts))


def _only(path, content: str) -> Found:
    path.write_text(content, encoding="utf-8")
    (found,) = sources.read(str(path))
    return found


@pytest.mark.parametrize(
    "story",
    [
        f'<article><div class="date">Rabu 04 Nov 2015, 21:04 WIB</div>{H1}{{text}}</article>',
        f'<div><h2>{TITLE}</h2><div class="kcm-date">Rabu, 4 November 2015 | 21:04 WIB</div>{{text}}</div>',
        f'<section><p class="artikel-date">Rabu, 04 November 2015 | 21:04 WIB</p>{H1}{{text}}</section>',
        f"<div>{H1}<div><span>Rabu, 4 November 2015 21:04 WIB</span> | <span>1.299 Views</span></div>{{text}}</div>",
        f"<div><span>Rabu, 04 November 2015, 21:04 WIB</span>{H1}{{text}}</div>",
        f"<div>{H1}<span>Rina, Jurnalis</span> <time>Rabu 04 November 2015 - 21:04 wib</time>{{text}}</div>",
        f'<div>{H1}<time datetime="2015-11-04 21:04:00">04 Nov 2015</time>{{text}}</div>',
        f"<div>{H1}<div><b>Rina</b><span>Rabu, 4 November 2015</span><span>21:04 WIB</span></div>{{text}}</div>",
        f'<div><span>Rabu, 04 November 2015 21:04</span><h1><a href="/a.html">{TITLE}</a></h1>{{text}}</div>',
    ],
)
def test_the_minute_that_a_line_near_the_headline_says_is_read(read, story):
    found = read(story)

    assert found.record["published"].isoformat() == "2015-11-04T21:04:00+07:00"
    assert (found.record["title"], found.record["body"]) == (TITLE, "\n".join(TEXTS))


@pytest.mark.parametrize(
    "head",
    [
        *(
            f'<meta name="{name}" content="2015/11/04 21:04:00">'
            for name in ("content_PublishedDate", "pubdate", "publishdate")
        ),
        *(f'<meta itemprop="{name}" content="2015-11-04T21:04:00+07:00">' for name in ("datePublished", "dateCreated")),
        '<meta name="dc.date.issued" content="2015-11-04T14:04:00Z"><meta name="date" content="2015-11-05">',
        '<meta property="article:published_time" content="2015-11-04"><meta name="pubdate" content="2015-11-04 21:04">',
    ],
)
def test_the_minute_that_the_head_states_is_read(read, head):
    found = read(f"{H1}{{text}}", f"<title>{TITLE}</title>{head}")

    assert found.record["published"].timestamp() == 1446645840


def test_a_stated_day_takes_its_time_from_the_line_near_the_headline(read):
    story = f"{H1}<div>Rabu, 4 November 2015 | 21:04 WIB</div>{{text}}"

    for day, clock in (("2015-11-04", "21:04"), ("2015-11-05", "00:00")):
        found = read(story, f'<title>{TITLE}</title><meta name="pubdate" content="{day}">')
        assert found.record["published"].isoformat() == f"{day}T{clock}:00+07:00"


def script(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


NODE = '{{"@type": "{kind}", "headline": "{title}", "datePublished": "{date}", "url": "{url}"}}'
OTHER = NODE.format(kind="NewsArticle", title="Banjir surut", date="2014-02-02T10:00:00+07:00", url="/banjir")
OWN = NODE.format(kind="NewsArticle", title=TITLE, date="2015-11-04T21:04:00+07:00", url="/panen")


@pytest.mark.parametrize(
    "content",
    [
        f"[{OTHER}, {OWN}]",
        f'{{"@graph": [{OTHER}, {{"@type": "WebPage", "mainEntity": {OWN}}}]}}',
        f'{{"@type": "ItemList", "itemListElement": [{OTHER}, {OTHER}]}}</script>{script(OWN)[:-9]}',
        f"<!-- {OWN} -->",
        f"[{OWN},]",
        OWN.replace('"url"', '"description": "baris\ndua", "url"'),
    ],
)
def test_of_several_nodes_of_json_that_of_this_article_counts(read, content):
    head = f"<title>{TITLE} - Kabar</title>{script(content)}"

    assert read(f"{H1}{{text}}", head).record["published"].isoformat() == "2015-11-04T21:04:00+07:00"


@pytest.mark.parametrize(
    ("story", "head"),
    [
        (f"{H1}{{text}}", ""),
        (f"{H1}<figure><figcaption>Foto: Antara, Rabu 3 Mei 2014 10:00</figcaption></figure>{{text}}", ""),
        (f"{H1}<p>Foto oleh Antara tanggal 3 Mei 2014</p>{{text}}", ""),
        (f"{H1}{{text}}<p>Diperbarui Rabu, 4 November 2015 21:04</p>", ""),
        (f"{H1}{{text}}", script(f"[{OTHER}, {OTHER.replace('surut', 'naik')}]")),
        (f"{H1}{{text}}", script('{"@type": "NewsArticle", ')),
        (f"{H1}{{text}}", f'<link rel="canonical" href="https://kabar.example/panen">{script(OTHER)}'),
        (f'{H1}<div class="related"><time datetime="2014-05-05 10:00">x</time></div>{{text}}', ""),
    ],
)
def test_a_date_that_is_another_s_is_not_taken(read, story, head):
    found = read(story, f"<title>{TITLE}</title>{head}")

    assert (found.record["published"], found.remark) == (None, "")


def test_the_day_in_an_address_is_read_where_nothing_else_says_one(read):
    head = '<title>A</title><link rel="canonical" href="https://kabar.example/read/2015/11/04/1355/panen">'

    assert read(f"{H1}{{text}}", head).record["published"].isoformat() == "2015-11-04T00:00:00+07:00"


@pytest.mark.parametrize(
    "title",
    [
        *(f"{TITLE} {sign} Kabar Harian" for sign in "-|–—:·"),
        *(f"Kabar Harian {sign} {TITLE}" for sign in "-|–:"),
        f"{TITLE} - Ekonomi - Kabar.example",
        f"{TITLE}|Kabar",
        TITLE.upper(),
    ],
)
@pytest.mark.parametrize("level", ["h1", "h2", "h3"])
def test_the_name_of_the_portal_is_no_part_of_the_headline(read, title, level):
    found = read(f"<{level}>{TITLE}</{level}>{{text}}", f"<title>{title}</title>")

    assert found.record["title"] == TITLE
    assert found.record["body"] == "\n".join(TEXTS)


@pytest.mark.parametrize(
    "head",
    [
        f'<title>{TITLE} - Kabar Banua</title><meta property="og:site_name" content="Kabar Banua">',
        f'<title>{TITLE} | Kabar</title><link rel="canonical" href="https://www.kabar.example/panen">',
        f"<title>{TITLE} - Kabar Harian</title>",
    ],
)
def test_where_no_heading_is_the_headline_the_name_of_the_portal_is_taken_off(read, head):
    assert read(f'<div class="judul">{TITLE}</div>{{text}}', head).record["title"] == TITLE


@pytest.mark.parametrize("title", ["Harga naik: petani senang - warga gelisah", "Padi - Jagung"])
def test_a_headline_that_has_parts_of_its_own_is_kept(read, title):
    assert read(f"<h1>{title}</h1>{{text}}", f"<title>{title} - Kabar Harian</title>").record["title"] == title


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Rina Lestari", "Rina Lestari"),
        ("Penulis: Rina Lestari", "Rina Lestari"),
        ("Oleh Rina Lestari dan Budi Santoso", "Rina Lestari, Budi Santoso"),
        ("Rina Lestari | Redaksi", "Rina Lestari"),
        ("Dr. Rina Lestari, M.Si", "Dr. Rina Lestari, M.Si"),
        *(
            (firm, "")
            for firm in ("Kabar Harian", "kabarharian", "Kabar Harian Cyber Media", "PT Kabar Harian", "kabar.example")
        ),
        *(
            (role, "")
            for role in ("admin", "Administrator", "Redaksi", "Tim Redaksi", "Editor", "Super Admin", "superadmin1")
        ),
        *((nothing, "") for nothing in ("", "-", "123", "redaksi@kabar.example")),
    ],
)
def test_an_author_is_a_person(text, person):
    assert person_in(text, ["Kabar Harian", "kabarharian"]) == person


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="Kabar Harian"><meta name="content_Author" content="Rina Lestari">',
        '<meta property="article:author" content="https://a.example/kabar"><meta name="author" content="Rina Lestari">',
        script(f'{OWN[:-1]}, "author": {{"@type": "Person", "name": "Rina Lestari"}}}}'),
        script(f'{OWN[:-1]}, "author": [{{"@type": "Organization", "name": "X"}}, "Rina Lestari"]}}'),
    ],
)
def test_the_author_is_the_first_person_that_is_stated(read, head):
    assert read(f"{H1}{{text}}", f"<title>{TITLE}</title>{head}").record["author"] == "Rina Lestari"


def test_lines_without_a_letter_and_a_notice_of_rights_are_no_paragraphs(read):
    story = f"<article>{H1}<p>\xa0</p><p>\u200b</p>{{text}}<p> \t</p><p>COPYRIGHT © KABAR 2015</p></article>"

    assert read(story).record["body"] == "\n".join(TEXTS)


def test_a_page_whose_own_address_is_none_is_read(read):
    head = f'<title>{TITLE}</title><link rel="canonical" href="http://[kabar.example/jalan">'
    found = read(f"{H1}{{text}}", head)

    assert (found.record["title"], found.record["url"]) == (TITLE, "")
