"""A release as several portals print it, for tests."""

from indexer.article import Article
from tests.building import article

STORY = (
    "Warga desa Sukamaju memanen padi di lahan seluas tiga puluh hektare pada musim kemarau tahun ini. "
    "Kepala dinas pertanian mengatakan hasil panen naik dua kali lipat berkat saluran irigasi yang baru dibangun. "
    "Petani berharap harga gabah tetap tinggi sampai akhir bulan sehingga utang pupuk dapat segera dilunasi. "
    "Pemerintah kabupaten menyiapkan gudang untuk menampung sisa hasil panen sebelum dikirim ke kota. "
)
"""The body of a release, long enough that copies of it can be told."""


def printed(name: str, portal: str, body: str = STORY, **fields: object) -> Article:
    """Return the article *name* as *portal* printed it, on the same day unless another is given."""
    given = {"title": f"Panen padi menurut {portal}", "url": f"https://{portal}/{name}", "published": "2026-08-01"}
    return article(name, body=body, **{**given, "source": portal, **fields})
