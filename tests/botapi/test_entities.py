"""The checker is at least as strict as Telegram, and counts as it does."""

from __future__ import annotations

import pytest

from tests.botapi import Refusal, parsed


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("<b> </b>", "text must be non-empty"),
        ("\u200b\ufeff", "text must be non-empty"),
        ("a < b", "bare <"),
        ("a > b", "bare <"),
        ("a <", "bare <"),
        ("a <b", "bare <"),
        ("a </b", "bare <"),
        ("a <b>b</b", "bare <"),
        ("1<2", "bare <"),
        ("AT&T", "bare &"),
        ("a & b", "bare &"),
        ("a &amp b", "bare &"),
        ("&nbsp;", "unknown entity"),
        ("&apos;", "unknown entity"),
        ("<b>a", 'end tag corresponding to start tag "b"'),
        ("a</b>", 'Unexpected end tag "b"'),
        ("<b><i>a</b></i>", 'expected "</i>", found "</b>"'),
        ("<h1>a</h1>", 'Unsupported start tag "h1"'),
        ("a<br>b", 'Unsupported start tag "br"'),
        ("a<br/>b", 'Unsupported start tag "br/"'),
        ("<script>a</script>", 'Unsupported start tag "script"'),
        ("<!-- a -->b", "Unsupported start tag"),
        ("<!DOCTYPE html>b", "Unsupported start tag"),
        ("<?php a ?>b", "Unsupported start tag"),
        ('<b class="x">a</b>', "Unsupported attribute"),
        ("<a>a</a>", "a link without an address"),
        ('<a href="javascript:alert(1)">a</a>', "a link without an address"),
        ('<a href="https://a.cn/?a=1&b=2">a</a>', "bare &"),
        ('<a href="https://a.cn/<b>">a</a>', "bare <"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "can't be nested"),
        ("x" * 4097, "message is too long"),
        ("🪪" * 2049, "message is too long"),
        (f"<b>{'&lt;' * 4097}</b>", "message is too long"),
    ],
)
def test_what_telegram_refuses_is_refused(html: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        parsed(html, "HTML")
    assert caught.value.code == 400
    assert why in caught.value.description


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>a</b> <i>b</i>", "a b"),
        ("a &lt; b &amp; c &gt; d &quot;&#39;&#x41;", "a < b & c > d \"'A"),
        ("<b>a<i>b</i></b>", "ab"),
        ("<blockquote expandable>第<b>二</b></blockquote>", "第二"),
        ('<a href="https://a.cn/?a=1&amp;b=2">a</a>', "a"),
        ("  a\r\n\x00b ", "a\n b"),
        ("<B>a</B>", "a"),
        ("&amp;lt;", "&lt;"),
        ("x" * 4096, "x" * 4096),
        ("🪪" * 2048, "🪪" * 2048),
        (f"<b>{'&lt;' * 4096}</b>", "<" * 4096),
    ],
)
def test_what_telegram_takes_is_taken(html: str, text: str) -> None:
    assert parsed(html, "HTML").text == text


def test_without_a_parse_mode_nothing_is_markup() -> None:
    assert parsed("a <b> & c", None).text == "a <b> & c"


def test_a_parse_mode_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="unsupported parse_mode"):
        parsed("a", "Markup")


def test_entities_are_counted_in_utf_16_units_from_the_trimmed_start() -> None:
    entities = parsed(' 🪪 <b>card <i>a</i></b> <a href="https://a.cn/">b</a> ', "HTML").entities
    assert entities == [
        {"type": "bold", "offset": 3, "length": 6},
        {"type": "italic", "offset": 8, "length": 1},
        {"type": "text_link", "offset": 10, "length": 1, "url": "https://a.cn/"},
    ]


def test_an_expandable_quotation_is_an_entity_of_its_own() -> None:
    assert parsed("<blockquote expandable>a</blockquote>", "HTML").entities == [
        {"type": "expandable_blockquote", "offset": 0, "length": 1}
    ]
