"""Addresses as strangers write them: some have a form at which the standard library gives up."""

from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

_NOTHING = SplitResult("", "", "", "", "")


def split(address: str) -> SplitResult:
    """
    Return the parts of *address*, all of them empty where it is none.

    >>> split("http://kabar.example/jalan").netloc, split("http://[kabar.example/jalan").netloc
    ('kabar.example', '')
    """
    try:
        return urlsplit(address.strip())
    except ValueError:
        return _NOTHING


def is_address(text: str) -> bool:
    """
    Return whether *text* can be taken apart as an address, a relative one too.

    >>> is_address("/jalan"), is_address("//[x]/y"), is_address("http://kabar.example]/x")
    (True, False, False)
    """
    if text.isascii() and "[" not in text and "]" not in text:
        return True  # the library refuses a host in brackets and one with letters beyond ASCII, and no others
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True


def joined(base: str, link: str) -> str:
    """
    Return where *link* leads on a page at *base*; what is no address comes out as it is, for `is_address` to be told.

    >>> joined("https://kabar.example/feed", " /panen"), joined("https://kabar.example/feed", "//[x]/y")
    ('https://kabar.example/panen', '//[x]/y')
    """
    link = "".join(link.split()) if "\n" in link else link.strip()
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return link


def based(base: str, link: str) -> str:
    """
    Return the address from which links lead where *link*, if there is any, says that it is another one than *base*.

    >>> based("https://kabar.example/feed", ""), based("https://kabar.example/feed", "/niaga/")
    ('https://kabar.example/feed', 'https://kabar.example/niaga/')
    """
    return (joined(base, link) if is_address(link) else "") or base


def page_of(address: str) -> str:
    """
    Return *address* without the part of its page that it names.

    >>> page_of("https://kabar.example/panen#komentar")
    'https://kabar.example/panen'
    """
    return urldefrag(address).url if is_address(address) else address
