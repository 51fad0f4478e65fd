"""The language and the script of a message."""

from __future__ import annotations

import pytest

from bot.dialogue.language import is_traditional, language_of
from bot.dialogue.script import in_traditional
from bot.dialogue.turn import Button, Paragraph, Reply, SourceLine, Sources


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("how do I cancel my card", "en"),
        ("社保卡怎么注销", "zh"),
        ("how do I cancel my 社保卡", "en"),  # an English sentence with a name in it
        ("我的social security card怎么注销啊请问", "zh"),  # and the reverse
        ("PIN忘了", "zh"),
        ("app", "en"),
        ("註", "zh"),
        ("I", None),  # one letter is in neither
        ("12333", None),
        ("👍 ??", None),
        ("", None),
        ("Здравствуйте", None),
    ],
)
def test_the_language_is_that_of_most_words(text: str, lang: str | None) -> None:
    assert language_of(text, typed_in_pinyin=False) == lang


def test_pinyin_is_chinese() -> None:
    assert language_of("shebaoka zenme zhuxiao", typed_in_pinyin=True) == "zh"


@pytest.mark.parametrize(
    ("text", "traditional"),
    [
        ("社保卡怎麼註銷", True),
        ("社保卡怎么注销", False),
        ("你好", None),  # the same in both
        ("要多久", None),
        ("hello", None),
        ("", None),
    ],
)
def test_a_text_that_is_the_same_in_both_scripts_says_nothing_of_the_script(
    text: str, traditional: bool | None
) -> None:
    assert is_traditional(text) is traditional


def test_a_converted_reply_keeps_what_a_program_reads() -> None:
    reply = Reply(
        "zh",
        (Paragraph("注销"), Sources("来源", (SourceLine("规定", "https://x.gov.cn/规定"),))),
        (Button("注销", "a:cancel_howto"),),
        "answered",
        "cancel_howto",
    )
    converted = in_traditional(reply)
    assert converted.blocks == (
        Paragraph("註銷"),
        Sources("來源", (SourceLine("規定", "https://x.gov.cn/规定"),)),
    )
    assert converted.buttons == (Button("註銷", "a:cancel_howto"),)
    assert (converted.lang, converted.outcome) == ("zh", "answered")
