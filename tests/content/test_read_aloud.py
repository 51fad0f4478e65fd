"""The desk's own words can be read aloud: by a person to another, and by a phone."""

from __future__ import annotations

import re
import unicodedata

import pytest

from bot.content.library import Library
from bot.content.model import LANGS
from bot.dialogue.language import is_traditional

# One says in both languages what it says; the others name a language or the card in their own.
BOTH = {"other_language", "language_zh", "telegram_description"}
LATIN_IN_CHINESE = {"English", "PIN", "flk", "npc", "gov", "cn", "Ctrl", "I", "Enter"}


def said(text: str) -> str:
    """Without the blanks, the commands and the addresses."""
    return re.sub(r"\{\w+\}|/\w+( off| 26)?|[\w.]+\.cn|Ctrl-D", "", text)


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_said_by_a_picture(library: Library, lang: str) -> None:
    for key, text in library.phrases.items():
        words = text.in_(lang)  # type: ignore[arg-type]
        pictures = [char for char in words if unicodedata.category(char) in {"So", "Sk", "Sm"}]
        assert not pictures, key
        assert "{" in words or any(map(str.isalpha, said(words))), key


def test_chinese_is_simplified_and_without_english_words(library: Library) -> None:
    for key, text in library.phrases.items():
        assert not is_traditional(text.zh), key
        latin = set(re.findall("[A-Za-z]+", said(text.zh)))
        assert key in BOTH or latin <= LATIN_IN_CHINESE, (key, latin)


def test_english_is_without_chinese_words(library: Library) -> None:
    for key, text in library.phrases.items():
        assert key in BOTH or not re.search("[\u4e00-\u9fff]", text.en), key


def test_a_sentence_ends_and_is_short_enough_for_one_breath(library: Library) -> None:
    for key, text in library.phrases.items():
        for sentence in re.split(r"[.!?:;]\s", said(text.en)):
            assert len(sentence.split()) <= 28, (key, sentence)
        for sentence in re.split("[。！？；：]", said(text.zh)):
            assert len(sentence) <= 48, (key, sentence)
