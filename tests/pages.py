"""Pages of a portal as themes write them: an article among much that is none."""

PARAGRAPHS = (
    "AMUNTAI – Petani di Hulu Sungai Utara memanen padi apung pada musim banjir tahun ini dengan hasil yang baik.",
    "“Hasilnya baik,” kata Kepala Desa. Panen berlangsung hingga sore dan disaksikan warga dari desa-desa tetangga.",
)

HEAD = """<title>Panen Padi Apung - Kabar Banua</title>
<meta property="og:title" content="Panen Padi Apung"><meta property="og:site_name" content="Kabar Banua">
<link rel="canonical" href="https://www.kabar.example/2025/08/panen-padi-apung/">
<meta name="author" content="Rina Lestari"><meta property="article:section" content="Pertanian">
<meta property="article:published_time" content="2025-08-14T09:30:00+08:00">
<meta name="keywords" content="padi, banjir">
"""


def page(head: str = HEAD, paragraphs: tuple[str, ...] = PARAGRAPHS, charset: str = "utf-8") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="id"><head><meta charset="{charset}">{head}</head><body>'
        '<nav><a href="/">Beranda</a> <a href="/daerah">Daerah</a></nav>'
        f"<article><h1>Panen Padi Apung</h1>{text}</article>"
        "<aside>Baca juga: harga beras turun</aside><script>var iklan = 1;</script>"
        "<footer>Hak cipta Kabar Banua</footer></body></html>"
    )


BESIDE = (
    '<div class="sidebar"><h3>Terpopuler</h3><ul><li><a href="/x">Banjir surut di kota tetangga</a>'
    "<span>Minggu, 1 Februari 2015 | 08:00 WIB</span></li></ul></div>"
    '<aside><time datetime="2014-01-01T10:00:00+07:00">1 Januari 2014</time></aside>'
    "<footer>Copyright © 2023 Kabar Harian. Diperbarui Jumat, 3 Maret 2017</footer>"
)
"""What a portal shows beside any article, with dates that are others'."""

ABOVE = '<div id="top"><span>Kamis, 26 November 2026</span><h1 class="logo"><a href="/">Kabar Harian</a></h1></div>'
TITLE = "Panen raya padi apung dimulai"
TEXTS = (
    "AMUNTAI - Petani di Hulu Sungai Utara memanen padi apung yang ditanam sejak Mei 2014 di atas rawa tergenang.",
    "Perda Nomor 3 Tahun 2017 mengatur tata ruang rawa, kata Kepala Desa pada Senin, 12 Oktober 2015 di balai desa.",
    "Hasilnya baik dan harga naik, sehingga warga tetap menanam pada musim berikutnya, menurut seorang penyuluh.",
)


def portal_page(story: str, head: str = f"<title>{TITLE} - Kabar Harian</title>", above: str = ABOVE) -> str:
    """Return a page of a portal with *story* in its middle, in which ``{text}`` stands for the text."""
    text = "".join(f"<p>{each}</p>" for each in TEXTS)
    return (
        f'<html><head><meta charset="utf-8">{head}</head><body>{above}'
        f'<div class="content-sidebar-wrap">{story.replace("{text}", f"<div>{text}</div>")}</div>{BESIDE}</body></html>'
    )
