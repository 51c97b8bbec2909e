"""Writes WordPress exports as WordPress does, and says what should be found in them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from pathlib import Path
from random import Random

SITE = "https://kabar.example"
AUTHORS = {"rina": "Rina Lestari", "budi": "Budi & Kawan", "siti": "Siti Nurhaliza ✍️"}
CATEGORIES = ("Daerah", "Pertanian & Niaga", "Olahraga", "Anak/Perempuan")
TAGS = ("padi", "kalsel", "DP3AKB", "banjir 2025", "“kutipan”", "🌾 panen")
ZONES = (7, 8, 9)
SENTENCES = (
    "Petani di Amuntai memanen padi apung & jagung 🌾.",
    "“Hasilnya baik,” kata Kepala Desa [sic] pada Rabu.",
    "Suhu < 30 derajat, harga > Rp10.000 per kilogram.",
    "Pemerintah kabupaten/kota menyalurkan bantuan bagi warga—tanpa kecuali.",
    "Kode tampil sebagai [gallery] di layar.",
)

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.7" created="2025-08-14 09:30" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Kabar</title><link>{site}</link><language>id</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{site}</wp:base_site_url><wp:base_blog_url>{site}</wp:base_blog_url>
"""
TAIL = "</channel>\n</rss>\n"


def cdata(text: str) -> str:
    """Return *text* as WordPress writes it: in CDATA, whose end is cut in two where the text has it."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def item(number: int = 1, **fields: object) -> str:
    """Return one post of an export; *fields* replace what is given."""
    given = {
        "title": "Panen raya",
        "author": "rina",
        "content": "Isi berita.",
        "local": "2025-08-14 09:30:00",
        "utc": "2025-08-14 01:30:00",
        "kind": "post",
        "status": "publish",
        "password": "",
        "terms": (),
        **fields,
    }
    terms = "".join(
        f'<category domain="{domain}" nicename="x">{cdata(escape(name, quote=False))}</category>'
        for domain, name in given["terms"]
    )
    return (
        f"<item><title>{cdata(given['title'])}</title><link>{SITE}/2025/berita-{number}/</link>"
        f"<pubDate>Thu, 14 Aug 2025 01:30:00 +0000</pubDate><dc:creator>{cdata(given['author'])}</dc:creator>"
        f'<guid isPermaLink="false">{SITE}/?p={number}</guid><description></description>'
        f"<content:encoded>{cdata(given['content'])}</content:encoded>"
        f"<excerpt:encoded>{cdata('Ringkasan yang bukan isi')}</excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date>{cdata(given['local'])}</wp:post_date><wp:post_date_gmt>{cdata(given['utc'])}</wp:post_date_gmt>"
        f"<wp:status>{cdata(given['status'])}</wp:status><wp:post_type>{cdata(given['kind'])}</wp:post_type>"
        f"<wp:post_password>{cdata(given['password'])}</wp:post_password>{terms}"
        "<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_content>Komentar</wp:comment_content></wp:comment>"
        "</item>\n"
    )


def write_export(path: Path, items: Iterable[str], site: str = SITE, tail: str = TAIL) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD.format(site=site))
        for login, name in AUTHORS.items():
            file.write(
                f"<wp:author><wp:author_id>1</wp:author_id><wp:author_login>{cdata(login)}</wp:author_login>"
                f"<wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>\n"
            )
        file.writelines(items)
        file.write(tail)
    return path


def portal(count: int) -> Iterable[tuple[str, dict[str, object] | None]]:
    """Yield *count* published posts among others, each with the fields that should be found, or None for none."""
    random = Random(1945)
    for number in range(1, count + 1):
        yield _post(number, random)
        if number % 10 == 0:
            kind, status = random.choice(
                [("attachment", "inherit"), ("page", "publish"), ("post", "draft"), ("post", "trash")]
            )
            yield item(1_000_000 + number, kind=kind, status=status, utc="0000-00-00 00:00:00"), None


def _post(number: int, random: Random) -> tuple[str, dict[str, object]]:
    login, name = random.choice(list(AUTHORS.items()))
    categories, tags = random.sample(CATEGORIES, random.randint(1, 3)), random.sample(TAGS, random.randint(0, 4))
    zone = timezone(timedelta(hours=random.choice(ZONES)))
    published = datetime(2015, 1, 1, 6, 30, tzinfo=zone) + timedelta(minutes=random.randrange(5_000_000))
    paragraphs = [" ".join(random.choices(SENTENCES, k=random.randint(2, 8))) for _ in range(random.randint(2, 6))]
    if number % 500 == 0:
        paragraphs *= 100
    text = item(
        number,
        title=f"Berita ke-{number} &amp; kabar",
        author=login,
        content=random.choice((_blocks, _classic))(paragraphs, number),
        local=f"{published:%Y-%m-%d %H:%M:%S}",
        utc=f"{published.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        terms=[*(("category", each) for each in categories), *(("post_tag", each) for each in tags)],
    )
    return text, {
        "id": f"kabar.example-{number}",
        "url": f"{SITE}/2025/berita-{number}/",
        "title": f"Berita ke-{number} & kabar",
        "author": name,
        "source": "kabar.example",
        "category": categories[0],
        "tags": (*categories[1:], *tags),
        "published": published.isoformat(),
        "body": "\n".join(["Keterangan foto", *paragraphs, "satu", "dua"]),
    }


def _written(paragraph: str) -> str:
    return escape(paragraph, quote=False).replace("[gallery]", "[[gallery]]").replace("padi", "<strong>pa</strong>di")


def _blocks(paragraphs: list[str], number: int) -> str:
    figure = (
        f'<!-- wp:image {{"id":{number},"alt":"a > b"}} -->\n<figure class="wp-block-image"><img src="a.jpg" '
        f'alt="bukan > isi"/><figcaption>Keterangan foto</figcaption></figure>\n<!-- /wp:image -->'
    )
    texts = [f"<!-- wp:paragraph -->\n<p>{_written(each)}</p>\n<!-- /wp:paragraph -->" for each in paragraphs]
    ending = "<!-- wp:list -->\n<ul><li>satu</li>\n<li>dua</li></ul>\n<!-- /wp:list -->"
    return "\n\n".join([figure, *texts, ending, "<script>var bukan = '<p>isi';</script>"])


def _classic(paragraphs: list[str], number: int) -> str:
    figure = f'[caption id="attachment_{number}" width="300"]<img src="a.jpg" /> Keterangan foto[/caption]'
    video = "[embed]https://video.example/watch?v=1[/embed]"
    return "\r\n\r\n".join([figure, *map(_written, paragraphs), video, '[gallery ids="1,2,3"]', "satu\r\ndua"])
