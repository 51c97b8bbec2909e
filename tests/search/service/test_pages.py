"""The pages as the service gives them, before any script: what they say, and where they lead."""

import re
from itertools import pairwise

import pytest
from lxml import html

from tests.building import article, in_body

FULL = {
    "url": "https://a.example/1",
    "author": "Rina",
    "source": "a.example",
    "category": "Daerah",
    "published": "2026-01-12",
    "reading_minutes": 2,
}


def shown(client, path="/cari", language="id", **parameters):
    """Return the page as a tree."""
    answer = client.simulate_get(path, params=parameters, headers={"Accept-Language": language})
    assert answer.headers["content-type"].startswith("text/html")
    return html.fromstring(answer.text)


def text_of(tree, path="//main"):
    return " ".join(" ".join(node.text_content() for node in tree.xpath(path)).split())


def links(tree, path):
    return [node.get("href") for node in tree.xpath(path)]


def test_the_start_page_has_a_search_box_and_works_without_javascript(client_over):
    page = shown(client_over(article("1"), article("2")), "/")
    (form,) = page.xpath("//form")

    assert page.get("lang") == "id"
    assert (form.get("action"), form.get("method"), form.xpath(".//input/@name")) == ("/cari", "get", ["q"])
    assert form.xpath("//label[@for='q']") and form.xpath(".//button")
    assert "Cari di 2 artikel" in text_of(page)


def test_hits_are_shown_with_marks_facts_and_a_link(client_over):
    page = shown(client_over(article("1", title="Perkawinan Anak", body="Mencegah perkawinan.", **FULL)), q="kawin")
    (link,) = page.xpath("//ol/li/h2/a")

    assert html.tostring(link, encoding="unicode", with_tail=False).endswith("><mark>Perkawinan</mark> Anak</a>")
    assert link.get("href") == "https://a.example/1"
    assert [mark.text for mark in page.xpath("//ol//p//mark")] == ["perkawinan"]
    for fact in ("Rina", "a.example", "Daerah", "12 Januari 2026", "lalu)", "2 menit baca"):
        assert fact in text_of(page, "//ol/li/p[@class='facts']")
    assert "1 artikel" in text_of(page, "//div[@class='summary']")


def test_the_time_to_read_is_told_by_the_words_where_the_portal_does_not_say(client_over):
    page = shown(client_over(article("1", body="padi " * 401)), q="padi")

    assert "3 menit baca" in text_of(page, "//ol")


def test_english_is_spoken_where_the_browser_asks_for_it(client_over):
    page = shown(client_over(article("1")), "/", "en-GB,en;q=0.9,id;q=0.2")

    assert page.get("lang") == "en"
    assert "Search 1 article" in text_of(page)


def test_pages_lead_to_each_other_and_keep_what_was_asked(client_over):
    client = client_over(*(in_body("padi", f"{n:02}") for n in range(25)))
    first, second, third = (shown(client, q="padi", sort="newest", page=number) for number in ("1", "2", "3"))

    for path in ("//head/link[@rel='{}']", "//main//a[@rel='{}']"):
        assert links(first, path.format("next")) == ["/cari?q=padi&sort=newest&page=2"]
        assert links(first, path.format("prev")) == links(third, path.format("next")) == []
        assert links(second, path.format("prev")) == ["/cari?q=padi&sort=newest"]
    assert third.xpath("//ol/@start") == ["21"]


def test_a_page_of_results_says_what_it_is_to_search_engines(client_over):
    page = shown(client_over(*(in_body("padi", f"{n}") for n in range(12))), q="padi", page="2")

    assert page.findtext(".//title") == "padi (Halaman 2) – Telusur"
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert links(page, "//link[@rel='canonical']") == ["/cari?q=padi&page=2"]
    assert links(page, "//link[@rel='alternate']") == ["/cari.rss?q=padi"]


def test_headings_go_down_by_one_step(client_over):
    client = client_over(
        *(article(f"{n}", body="padi", source=f"{n}.example", url=f"https://{n}.example/") for n in "ab")
    )
    for page in (shown(client, "/"), shown(client, q="padi"), shown(client, q="zaitun"), shown(client, "/artikel/a")):
        levels = [int(node.tag[1]) for node in page.xpath("//h1|//h2|//h3|//h4")]

        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_nothing_found_is_said_with_advice_and_what_is_new(client_over):
    client = client_over(article("1", title="Kabar lama", published="2020-01-01"), article("2", published="2026-01-01"))
    page = shown(client, q="zaitun")

    assert "Tidak ada artikel yang cocok dengan zaitun" in text_of(page)
    assert "periksa ejaannya" in text_of(page)
    assert [link.text for link in page.xpath("//section[h2='Artikel terbaru']//a")] == ["Kabar hari ini", "Kabar lama"]


def test_a_relaxed_answer_says_so(client_over):
    page = shown(client_over(in_body("padi")), q="padi zaitun")

    assert "Sebagian hasil mungkin tidak memuat: zaitun." in text_of(page)


@pytest.mark.parametrize("place", ["title", "body", "author", "source", "category", "credit"])
def test_markup_in_an_article_or_a_query_stays_text(client_over, place):
    fields = {"title": "padi", "body": "padi", place: "padi <script>alert(1)</script>"}
    client = client_over(article("1", url="javascript:alert(1)", **fields))
    query = 'padi OR "><script>alert(2)</script>'
    for page in (shown(client, q=query), shown(client, "/artikel/1", q=query), shown(client, q=query, source="<b>")):
        assert page.xpath("count(//script)") == 1 and not page.xpath("//script[text()]")
        assert not [link for link in links(page, "//a") if "script:" in link]


def test_a_bad_parameter_gives_a_page_that_says_so(client_over):
    client = client_over(article("1"))

    assert client.simulate_get("/cari?q=x&page=0").status_code == 400
    page = shown(client, q="x", page="0")
    assert "Pencarian tidak dapat dilakukan" in text_of(page) and "page: berisi '0'" in text_of(page)


def test_parameters_that_others_add_to_a_link_do_no_harm(client_over):
    client = client_over(article("1"))

    for added in ("utm_source=surel", "highlight=false", "explain=true", "facets=year"):
        assert client.simulate_get(f"/cari?q=kabar&{added}").status_code == 200


def test_an_address_that_is_none_leads_to_the_stored_article(client_over):
    client = client_over(article("a/b", body="padi"), article("2", body="padi", url="http://["))

    assert sorted(links(shown(client, q="padi"), "//ol/li/h2/a")) == ["/artikel/2?q=padi", "/artikel/a%2Fb?q=padi"]


def test_a_word_that_stands_for_too_many_is_named(client_over, monkeypatch):
    monkeypatch.setattr("search.engines.whoosh.expanding.MOST_WORDS", 1)
    client = client_over(in_body("kapal", "1"), in_body("kapal", "2"), in_body("kapur", "3"))

    assert "hanya kata yang paling sering muncul yang dicari untuk: kap*." in text_of(shown(client, q="kap*"))
    assert client.simulate_get("/v1/search?q=kap*").json["query"]["cut"] == ["kap*"]


def test_an_article_is_shown_with_its_marks_source_and_credit(client_over):
    body = "Mencegah perkawinan anak.\n\nBaris kedua: 3 < 4."
    client = client_over(article("a/b", title="Perkawinan Anak", body=body, credit="MC Kalsel/scw", **FULL))
    at = {"REQUEST_URI": "/artikel/a%2Fb?q=kawin"}  # as the server has it
    page = html.fromstring(client.simulate_request("GET", "/", extras=at, query_string="q=kawin").text)

    assert [mark.text for mark in page.xpath("//article//mark")] == ["Perkawinan", "perkawinan"]
    assert [node.text_content() for node in page.xpath("//article/p[not(@class) and not(a)]")] == body.split("\n\n")
    assert "MC Kalsel/scw" in text_of(page) and "Rina" in text_of(page)
    assert links(page, "//a[@class='original']") == links(page, "//link[@rel='canonical']") == [FULL["url"]]
    assert links(page, "//p[@class='back']/a") == ["/cari?q=kawin"]


def test_an_article_without_an_address_is_its_own_and_needs_no_query(client_over):
    page = shown(client_over(article("1", source="a.example")), "/artikel/1")

    assert links(page, "//link[@rel='canonical']") == ["/artikel/1"]
    assert not page.xpath("//meta[@name='robots']|//mark|//p[@class='back']")
    assert "Sumber: a.example" in text_of(page)


def test_an_article_leads_to_similar_ones_and_a_hit_leads_there(client_over):
    client = client_over(
        article("1", title="Panen raya", body="Petani memanen padi di sawah. Gabah dijual ke Bulog."),
        article("2", title="Harga beras", body="Gabah naik, petani gembira; panen padi tahun ini baik."),
        article("3", title="Juara liga", body="Pemain mencetak gol di stadion."),
    )
    page, hits = shown(client, "/artikel/1"), shown(client, q="bulog")

    assert links(page, "//section[@id='serupa'][h2='Artikel serupa']//li/a") == ["/artikel/2"]
    assert "/artikel/1?q=bulog#serupa" in links(hits, "//ol/li//a")


def test_an_article_that_is_not_there_gives_a_page_that_says_so(client_over):
    client = client_over(article("1"))

    assert client.simulate_get("/artikel/9").status_code == 404
    assert "Artikel tidak ditemukan" in text_of(shown(client, "/artikel/9"))


def test_a_query_that_is_too_long_gives_a_page_that_says_so(client_over):
    client = client_over(article("1"), service={"max_query_length": 10})

    for path in ("/cari", "/artikel/1"):
        assert client.simulate_get(path, params={"q": "x" * 11}).status_code == 400
        assert "paling banyak 10" in text_of(shown(client, path, q="x" * 11))


def test_a_title_without_a_blank_and_a_query_of_half_characters_are_shown(client_over):
    client = client_over(article("1", title="padi" + "x" * 500))

    assert "x" * 500 in text_of(shown(client, q="padi*"))
    assert client.simulate_get("/cari", query_string="q=%ed%a0%80").status_code == 200
    assert re.search("<title>.* – Telusur</title>", client.simulate_get("/cari", query_string="q=%00").text)


def test_what_is_read_most_is_offered_where_nothing_is_asked_or_found(client_over):
    articles = [article(str(number), title=f"Kabar {number}") for number in range(8)]
    client = client_over(*articles, read=["3", "gone", "7", "0", "1", "2", "4"])
    titles = ["Kabar 3", "Kabar 7", "Kabar 0", "Kabar 1", "Kabar 2"]

    for asked in ({}, {"q": "zzz"}):
        page = shown(client, **asked)
        assert [link.text for link in page.xpath("//section[h2='Paling banyak dibaca']//a")] == titles
        assert not page.xpath("//section[h2='Artikel terbaru']")
    assert not shown(client, q="kabar").xpath("//section[h2='Paling banyak dibaca']")
