"""HTML of an article's body -> paragraphs of text: without tags, scripts, comments, and WordPress's shortcodes."""

import re
from collections.abc import Iterator
from html import unescape

_BREAKS = frozenset(
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_UNREAD = frozenset("audio button canvas iframe math noscript object script select style svg template video".split())
_CODE = frozenset({"script", "style"})
"""What is passed over even where it has no end; of the others, the end is often forgotten."""

# Every alternative goes on to the end of the text where its own end is missing, so that none is tried twice.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<[!?][^>]*(?:>|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?:[^>\"']|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))*+(?:>|\Z)",
    re.DOTALL,
)
_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|li|a|b|i|em|strong|span|img|figure|table|blockquote)\b[^<>]*>|<!--")
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|hellip|[mn]dash|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE
)
_PARAGRAPHS = re.compile(r"<p[\s>]|<!-- wp:", re.IGNORECASE)

_MEDIA = re.compile(r"(?<!\[)\[(embed|gallery|audio|video|playlist)\b[^\[\]]*\](?:[^\[\]]*\[/\1\])?")
_SHORTCODE = re.compile(
    r"\[\[(?P<shown>[^\[\]]+)\]\]|\[(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<parameters>(?:\s[^\[\]]*)?)/?\]"
)


def is_markup(text: str) -> bool:
    """
    Return whether *text* is HTML rather than text as it is read.

    >>> is_markup("<p>Panen</p>"), is_markup("suhu < 30 derajat, <i yang hilang")
    (True, False)
    """
    return "<" in text and _MARKUP.search(text) is not None


def has_entities(text: str) -> bool:
    """
    Return whether *text* has signs quoted as HTML quotes them, though it may have no tag.

    >>> has_entities("Harga &amp; stok"), has_entities("Harga & stok; R&D")
    (True, False)
    """
    return "&" in text and _ENTITY.search(text) is not None


def is_html(text: str) -> bool:
    """Return whether *text* is HTML, or has signs quoted as it does."""
    return is_markup(text) or has_entities(text)


def text_of(html: str, *, keep_lines: bool = False) -> str:
    r"""
    Return the text of *html*, one paragraph a line; a line break within a paragraph counts where *keep_lines* is set.

    >>> text_of("<p>Padi &amp; <b>ja</b>gung.<br/>Ubi\nkayu</p><script>x</script><p>Sagu</p>")
    'Padi & jagung.\nUbi kayu\nSagu'
    """
    text = "".join(_pieces(html, "\n" if keep_lines else " "))
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


def text_of_post(content: str) -> str:
    r"""
    Return the text of *content*, a body as it stands in the database of WordPress or its like.

    >>> text_of_post('[caption id="a"]<img src="b"/> Sawah[/caption]\nPanen [sic] raya.\n[gallery ids="1,2"]')
    'Sawah\nPanen [sic] raya.'
    """
    return text_of(_without_shortcodes(content), keep_lines=not _PARAGRAPHS.search(content))


def _pieces(html: str, line_end: str) -> Iterator[str]:
    cursor, unread = 0, ""
    last_ends: dict[str, int] = {}
    for tag in _TAG.finditer(html):
        if not unread:
            yield unescape(html[cursor : tag.start()]).replace("\n", line_end)
        cursor, name = tag.end(), (tag["name"] or "").rpartition(":")[2].lower()
        if unread:
            unread = "" if tag["end"] and name == unread else unread
        elif name in _UNREAD and not tag["end"]:
            if name not in last_ends:
                last_ends[name] = html.rfind(f"</{name}")
            unread = name if name in _CODE or last_ends[name] >= cursor else ""
        elif name in _BREAKS:
            yield "\n"
        elif name in _CELLS:
            yield " "
    if not unread:
        yield unescape(html[cursor:]).replace("\n", line_end)


def _without_shortcodes(content: str) -> str:
    """
    Drop what WordPress would replace; which names it knows, its database does not say.

    A word in brackets is a shortcode if it has parameters, an end, or an underscore. Its text stays, but for media.
    """
    content = _MEDIA.sub("", content)
    ended = set(re.findall(r"\[/([a-zA-Z][\w-]*)\]", content))

    def replacement(code: re.Match[str]) -> str:
        if code["shown"]:
            return f"[{code['shown']}]"
        is_code = code["end"] or "=" in code["parameters"] or "_" in code["name"] or code["name"] in ended
        return "" if is_code else code[0]

    return _SHORTCODE.sub(replacement, content)
