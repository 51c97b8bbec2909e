"""Articles that mean harm: each has markup that would run, wherever it were taken for markup."""

from collections.abc import Iterator

CALL = "window.ran=1"
"""What each of them does if it runs."""

PAYLOADS = tuple(
    line.strip().replace("CALL", CALL)
    for line in r"""
<script>CALL</script>
<SCRIPT>CALL</SCRIPT>
<scr<script>ipt>CALL</scr</script>ipt>
<script/x>CALL</script>
<script src="data:text/javascript,CALL"></script>
<script type="module">CALL</script>
"><script>CALL</script>
'><script>CALL</script>
</title><script>CALL</script>
</textarea><script>CALL</script>
</style><script>CALL</script>
--><script>CALL</script>
]]><script>CALL</script>
</mark><script>CALL</script>
<mark><script>CALL</script></mark>
<img src=x onerror=CALL>
<img src="x" onerror="CALL">
<img/src/onerror=CALL>
<IMG SRC=x ONERROR=CALL>
" onmouseover="CALL
' onfocus='CALL' autofocus='
" autofocus onfocus="CALL
x" onfocus=CALL tabindex=1 id=x "
<svg onload=CALL>
<svg/onload=CALL>
<svg><script>CALL</script></svg>
<svg><animate onbegin=CALL attributeName=x dur=1s>
<svg><a xlink:href="javascript:CALL"><text y="20">x</text></a></svg>
<math><a xlink:href="javascript:CALL">x</a></math>
<math><mtext><table><mglyph><style><img src=x onerror=CALL></style></mglyph></table></mtext></math>
<body onload=CALL>
<iframe src="javascript:CALL"></iframe>
<iframe srcdoc="<script>parent.CALL</script>"></iframe>
<object data="javascript:CALL"></object>
<embed src="javascript:CALL">
<details open ontoggle=CALL>
<video><source onerror=CALL></video>
<audio src=x onerror=CALL>
<input autofocus onfocus=CALL>
<select autofocus onfocus=CALL>
<form><button formaction="javascript:CALL">x</button></form>
<form id=x></form><button form=x formaction=javascript:CALL>x</button>
<a href="javascript:CALL">x</a>
<base href="javascript:CALL//">
<meta http-equiv="refresh" content="0;url=javascript:CALL">
<link rel=stylesheet href="javascript:CALL">
<style>@import "javascript:CALL";</style>
<template><script>CALL</script></template>
<noscript><p title="</noscript><img src=x onerror=CALL>"></noscript>
&lt;script&gt;CALL&lt;/script&gt;
{{constructor.constructor('CALL')()}}
${CALL}
{% raw %}<script>CALL</script>{% endraw %}
""".strip().splitlines()
)

ADDRESSES = (
    f"javascript:{CALL}",
    f"JaVaScRiPt:{CALL}",
    f" javascript:{CALL}",
    f"java\tscript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    f"vbscript:{CALL}",
    f"//x/%0a{CALL}",
    f'https://a.example/" onclick="{CALL}',
    f"https://a.example/'><script>{CALL}</script>",
    f"javascript://a.example/%0a{CALL}",
)

NAMELESS = {"id": "tanpa/alamat", "title": "Jambu " + "x" * 500, "body": "Jambu tanpa alamat. " + "y" * 600}
"""An article that has no address, and a title without a blank."""


def articles() -> Iterator[dict[str, object]]:
    """Yield one article for each payload, which has it in every field."""
    for number, payload in enumerate(PAYLOADS):
        yield {
            "id": f"{number}-{payload}"[:500],
            "title": f"Penanda {name(number)} {payload}",
            "body": f"Penanda {payload} isi.\nBaris {payload}",
            "url": ADDRESSES[number % len(ADDRESSES)],
            **dict.fromkeys(("author", "source", "category", "credit"), payload),
            "tags": [payload],
            "language": "id",
        }


def name(number: int) -> str:
    """Return a word of letters that names the article of this number."""
    return "q" + "".join(chr(ord("b") + int(figure)) for figure in f"{number:03}")
