import pytest

from indexer.sources.markup import is_markup, text_of, text_of_post


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a\nb"),
        ("a<br>b<BR/>c", "a\nb\nc"),
        ("<p>a\n b\t c</p>", "a b c"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>", "a b\nc"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("pa<b>di</b>", "padi"),
        ("a &amp;lt; b &#8220;c&#8221; &nbsp;d", "a &lt; b “c” d"),
        ("<style>p {}</style>a<script>if (a < b) '</p>'</script>b<iframe>x</iframe>", "ab"),
        ("<noscript><p>a</noscript>b", "b"),
        ("<svg><title>a</title><script></svg>b</script>c", "bc"),
        ("<video controls/>a<p>b<iframe>c", "a\nbc"),
        ("a<script>b", "a"),
        ("a<!-- <p>b</p> -->c<!-->d", "ac"),
        ("<!DOCTYPE html>a<?php b ?>c", "ac"),
        ("<img alt=\"a > b\" src='c'>d", "d"),
        ("suhu < 30 dan > 20 <3", "suhu < 30 dan > 20 <3"),
        ("a<p", "a"),
        ('a<p title="b>c', "a"),
        ("", ""),
    ],
)
def test_what_of_html_is_read(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("a\n\nb\r\nc", "a\nb\nc"),
        ("<p>a\nb</p>", "a b"),
        ("<!-- wp:paragraph -->\na\nb<!-- /wp:paragraph -->", "a b"),
        ('[caption id="a" width="3"]<img src="x"/> Sawah[/caption]b', "Sawahb"),
        ('a [gallery ids="1,2"] b', "a b"),
        ("a [gallery] b [video src='x'][/video]", "a b"),
        ("a [embed width='3']https://video.example/[/embed] b", "a b"),
        ("[vc_row][vc_column width='1/2']a[/vc_column][/vc_row]", "a"),
        ("[kotak]a[/kotak]", "a"),
        ("[su_spacer]a [penting] [1] [sic] [baca juga] [Antara/ab]", "a [penting] [1] [sic] [baca juga] [Antara/ab]"),
        ("[[gallery]] dan [[kotak a='b']]", "[gallery] dan [kotak a='b']"),
    ],
)
def test_what_of_a_post_is_read(content, text):
    assert text_of_post(content) == text


@pytest.mark.parametrize(
    ("text", "markup"),
    [("a\nb", False), ("a < b > c", False), ("<i", False), ("<p>a", True), ("a<br/>b", True), ("<!-- wp:x -->", True)],
)
def test_which_texts_are_html(text, markup):
    assert is_markup(text) is markup


@pytest.mark.parametrize(
    "piece", ["<a ", '<a "', "<a '", "<!--", "<!", "<", "[", "[[a", "[embed]", "[a b=", "<script>", "&", "</"]
)
def test_text_that_never_ends_what_it_begins_takes_no_longer_than_its_length(piece):
    text_of_post(piece * 200_000)  # minutes, if each beginning were followed to the end
