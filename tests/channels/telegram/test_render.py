"""Any reply becomes messages that Telegram takes, and loses nothing of what it says."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.keys import markup
from bot.channels.telegram.render import LABEL_LENGTH, render
from bot.channels.telegram.spans import escaped
from bot.dialogue.turn import (
    Block,
    Button,
    Citation,
    Heading,
    Listing,
    Note,
    Paragraph,
    Reply,
    SourceLine,
    Sources,
)
from tests.botapi import parsed, units
from tests.botapi.entities import INVISIBLE
from tests.botapi.markup import keyboard

# Text that Telegram would misread, or count otherwise than Python: markup, emoji, spaces.
ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "<b>",
            "</b>",
            "a < b & c > d",
            "&lt;",
            "&amp;amp;",
            '"quoted"',
            "<!-- -->",
            "<script>",
            "👩‍👩‍👧‍👦",
            "🪪" * 30,
            "社保卡。" * 20,
            "One. Two! Three? ",
            "\n\n",
            " \t",
            "\u200b",
        ]
    ),
)
TEXT = st.builds(
    lambda texts, times: "".join(texts) * times,
    st.lists(ODD, max_size=8),
    st.sampled_from([1, 1, 1, 1, 3, 40, 300]),
)
LINK = st.sampled_from(["", "https://www.mohrss.gov.cn/", 'https://example.cn/?a=1&b="<2>"'])
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, TEXT),
    st.builds(Paragraph, TEXT),
    st.builds(Note, TEXT),
    st.builds(
        Listing,
        st.lists(TEXT, max_size=6).map(tuple),
        st.sampled_from(["steps", "checklist", "bullets"]),
        TEXT,
    ),
    st.builds(Citation, TEXT, TEXT, TEXT, TEXT, TEXT),
    st.builds(Sources, TEXT, st.lists(st.builds(SourceLine, TEXT, LINK), max_size=4).map(tuple)),
)
BUTTONS = st.lists(
    st.builds(
        Button, st.text("Ab 社保卡🪪", min_size=1, max_size=90).filter(str.strip), st.just("a")
    ),
    max_size=8,
).map(tuple)


def texts(block: Block) -> list[str]:
    """Every text of the block, in the order in which it is read, with the marks before items."""
    match block:
        case Listing(items, style, title):
            marks = {"checklist": "☐", "bullets": "•"}
            shown = enumerate((item for item in items if seen(item)), start=1)
            return [title, *(marks.get(style, f"{number}.") + item for number, item in shown)]
        case Citation():
            return [block.title, block.text, block.quote, block.translation, block.note]
        case Sources(title, lines):
            return [title, *("•" + line.text for line in lines if seen(line.text))]
        case _:
            return [block.text]


def seen(text: str) -> str:
    """The characters that can be seen."""
    return "".join(each for each in text if unicodedata.category(each) not in INVISIBLE)


@given(st.lists(BLOCK, min_size=1, max_size=5), BUTTONS)
@settings(max_examples=300, deadline=None)
def test_any_reply_is_taken_by_a_strict_server_and_keeps_every_character(
    blocks: list[Block], buttons: tuple[Button, ...]
) -> None:
    reply = Reply(lang="zh", blocks=tuple(blocks), buttons=buttons)
    said = [text for block in blocks for text in texts(block) if seen(text)]
    if not said:
        with pytest.raises(ValueError, match="nothing to see"):
            render(reply)
        return
    rendered = render(reply)
    shown = [parsed(part, "HTML").text for part in rendered.parts]  # raises where refused
    assert seen("".join(shown)) == seen("".join(said))
    sent = keyboard(markup(rendered.rows)) or {"inline_keyboard": []}
    assert [key["callback_data"] for row in sent["inline_keyboard"] for key in row] == (
        ["a"] * len(buttons)
    )


@given(st.text("ab .。\n🪪", min_size=1, max_size=3).filter(str.strip), st.integers(1, 9000))
@settings(deadline=None)
def test_a_part_is_never_longer_than_telegram_takes(piece: str, times: int) -> None:
    parts = render(Reply(lang="en", blocks=(Paragraph(piece * times),))).parts
    assert all(units(parsed(part, "HTML").text) <= 4096 for part in parts)
    assert len(parts) <= 2 * units(piece * times) // 4096 + 1  # and not wastefully short


def one(*blocks: Block) -> str:
    """The only part of a short reply."""
    (part,) = render(Reply(lang="en", blocks=blocks)).parts
    return part


def test_each_block_has_its_look() -> None:
    assert one(
        Heading("Two cards"),
        Paragraph("Keep one."),
        Listing(("Go", "Sign"), "steps", "Steps"),
        Listing(("ID card",), "checklist", "Bring"),
        Listing(("Free",), "bullets"),
        Note("Checked in May."),
    ) == (
        "<b>Two cards</b>\n\nKeep one.\n\n<b>Steps</b>\n1. Go\n2. Sign\n\n<b>Bring</b>\n☐ ID card"
        "\n\n• Free\n\n<i>Checked in May.</i>"
    )


def test_a_statute_s_own_words_are_folded_into_one_quotation() -> None:
    assert one(
        Citation("Article 24", "On records.", "第二十四条", "Article 24.", "Unofficial.")
    ) == (
        "<b>Article 24</b>\nOn records.\n<blockquote expandable>第二十四条\n\nArticle 24.\n\n"
        "<i>Unofficial.</i></blockquote>"
    )


def test_an_article_without_a_quote_has_no_empty_quotation() -> None:
    assert one(Citation("Article 9", "On labs.", note="Amended.")) == (
        "<b>Article 9</b>\nOn labs.\n<i>Amended.</i>"
    )


def test_two_articles_are_two_quotations() -> None:
    part = one(Citation("", "", "甲"), Citation("", "", "乙"))
    assert part.count("<blockquote expandable>") == part.count("</blockquote>") == 2


def test_sources_are_links_where_there_is_one() -> None:
    lines = (SourceLine("MOHRSS, 2024", "https://a.cn/?x=1&y=2"), SourceLine("A <copy>"))
    assert one(Sources("Sources", lines)) == (
        '<i>Sources</i>\n• <a href="https://a.cn/?x=1&amp;y=2">MOHRSS, 2024</a>\n• A &lt;copy&gt;'
    )


def test_everything_that_could_be_markup_is_escaped() -> None:
    assert escaped('<a href="x">&amp;') == "&lt;a href=&quot;x&quot;&gt;&amp;amp;"


def test_a_part_ends_between_blocks_where_it_can() -> None:
    blocks = tuple(Paragraph(letter * 3000) for letter in "abc")
    parts = render(Reply(lang="en", blocks=blocks)).parts
    assert parts == ("a" * 3000, "b" * 3000, "c" * 3000)


def test_a_long_list_is_cut_between_its_steps_and_keeps_its_numbers() -> None:
    items = tuple(f"step {number} " + "x" * 90 for number in range(1, 101))
    parts = render(Reply(lang="en", blocks=(Listing(items, "steps"),))).parts
    assert len(parts) == 3
    assert "\n".join(parts).splitlines() == [
        f"{number}. {item}" for number, item in enumerate(items, start=1)
    ]


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    parts = render(Reply(lang="zh", blocks=(Paragraph("社保卡丢了要挂失。" * 600),))).parts
    assert all(part.endswith("。") for part in parts)


def test_an_emoji_is_never_cut_in_half() -> None:
    parts = render(Reply(lang="zh", blocks=(Paragraph("x" + "🪪" * 4100),))).parts
    assert [units(part) for part in parts] == [4095, 4096, 10]


def test_a_quotation_longer_than_a_message_is_closed_and_opened_again() -> None:
    parts = render(Reply(lang="zh", blocks=(Citation("条", "文", "甲" * 9000),))).parts
    assert [part.count("<blockquote expandable>") for part in parts] == [0, 1, 1, 1]
    assert [part.count("</blockquote>") for part in parts] == [0, 1, 1, 1]


def test_a_heading_is_not_left_at_the_end_of_a_part() -> None:
    blocks = (Paragraph("a" * 3000), Heading("Next"), Paragraph("b" * 3000))
    first, second = render(Reply(lang="en", blocks=blocks)).parts
    assert "Next" not in first
    assert second.startswith("<b>Next</b>")


def rows(lang: str, *labels: str) -> list[list[str]]:
    buttons = tuple(Button(label, "a") for label in labels)
    shown = render(Reply(lang=lang, blocks=(Paragraph("x"),), buttons=buttons)).rows  # type: ignore[arg-type]
    return [[button.label for button in row] for row in shown]


def test_two_short_labels_share_a_row() -> None:
    assert rows(
        "en", "Yes", "No", "Someone else goes for me", "Fourteen chars", "Back", "Help"
    ) == [
        ["Yes", "No"],
        ["Someone else goes for me"],
        ["Fourteen chars", "Back"],
        ["Help"],
    ]
    assert rows("zh", "八个字正好放一行", "他人代办", "九个字的标签要独占行") == [
        ["八个字正好放一行", "他人代办"],
        ["九个字的标签要独占行"],
    ]


def test_a_long_label_is_cut_after_a_word() -> None:
    ((label,),) = rows(
        "en", "What to bring when somebody else goes to the bank in your name, for you"
    )
    assert label == "What to bring when somebody else goes to the bank in your name…"
    ((label,),) = rows("zh", "字" * 80)
    assert (len(label), label[-1]) == (LABEL_LENGTH, "…")
