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
