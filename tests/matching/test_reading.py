"""How a message is read: one spelling, sounds, stems, repairs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.library import IntentSet
from bot.content.model import Lexicon
from bot.matching.examples import Example
from bot.matching.fit import vocabulary
from bot.matching.normalise import MAX_CHARS, MAX_HAN, normalise, simplified, too_long
from bot.matching.pinyin import Syllables
from bot.matching.repair import Speller
from bot.matching.tokens import sounds, stem, words_of


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  How   do I\tcancel?\n", "how do i cancel?"),
        ("ＨＯＷ　１２３３３？", "how 12333?"),
        ("社保卡怎麼註銷", "社保卡怎么注销"),
        ("can\u200bcel", "cancel"),
        ("can\u00adcel", "cancel"),
        ("can’t", "can't"),
        ("☎️", "☎"),
        ("STRASSE Straße", "strasse strasse"),
        ("①", "1"),
        ("", ""),
        ("\u200b\ufeff \n", ""),
    ],
)
def test_what_is_the_same_is_spelt_the_same(typed: str, read: str) -> None:
    assert normalise(typed) == read


@settings(deadline=None)  # the first example loads a converter
@given(st.text(max_size=300))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    text = normalise("beginning " + "x" * 10 * MAX_CHARS + " end")
    assert text.startswith("beginning")
    assert text.endswith("end")
    assert len(text) <= MAX_CHARS + 1


def test_chinese_is_cut_sooner_and_the_desk_can_tell() -> None:
    text = "开头" + "字" * MAX_HAN + "结尾"
    assert too_long(text)
    assert not too_long("x" * len(text))
    read = normalise(text)
    assert (read[:2], read[-2:]) == ("开头", "结尾")
    assert len(read) <= MAX_HAN + 1
    assert normalise(read) == read


def test_signs_that_are_spelt_out_do_not_make_a_text_longer_than_is_read() -> None:
    assert len(normalise("\ufdfa" * MAX_CHARS)) <= MAX_CHARS + 1


def test_simplified_text_stays() -> None:
    assert simplified("社保卡 card") == "社保卡 card"


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("shebaoka", ["she", "bao", "ka"]),
        ("zhuxiao", ["zhu", "xiao"]),
        ("xian", ["xian"]),  # as people type it, not xi'an
        ("zhuangtai", ["zhuang", "tai"]),
        ("shebaokax", []),
        ("card", []),
        ("", []),
    ],
)
def test_pinyin_is_cut_into_the_fewest_syllables(
    word: str, cut: list[str], syllables: Syllables
) -> None:
    assert list(syllables.cut(word)) == cut


def test_a_character_without_a_sound_is_itself(syllables: Syllables) -> None:
    assert syllables.of("销") == syllables.of("消") == "xiao"
    assert syllables.of("女") == "nv"
    assert syllables.of("x") == "x"


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("cards", "card"),
        ("cancelled", "cancel"),
        ("cancelling", "cancel"),
        ("canceled", "cancel"),
        ("cancels", "cancel"),
        ("copies", "copy"),
        ("losses", "loss"),
        ("loss", "loss"),
        ("status", "status"),
        ("this", "this"),
        ("pin", "pin"),
        ("12333", "12333"),
        ("社保卡", "社保卡"),
    ],
)
def test_inflections_share_a_stem(word: str, root: str) -> None:
    assert stem(word) == root


@pytest.mark.parametrize(
    ("one", "other"),
    [("card", "care"), ("loss", "lost"), ("pension", "pensive"), ("paid", "pay")],
)
def test_words_of_different_meaning_share_no_stem(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_contractions_come_apart() -> None:
    assert words_of("i don't can't won't it's") == ["i", "do", "not", "cannot", "will", "not", "it"]


SPELLER = Speller(["cancel", "security", "social", "card", "insurance", "pin", "注销"])


@pytest.mark.parametrize(
    ("typed", "repaired"),
    [
        ("cancle", "cancel"),
        ("secuirty", "security"),
        ("insurence", "insurance"),
        ("card", "card"),
        ("carded", "carded"),  # a wrong form of a known word is no misspelling of another
        ("zzzzzz", "zzzzzz"),  # near nothing
        ("pn", "pn"),  # two letters are a guess
        ("注稍", "注稍"),  # Chinese is repaired by ear, elsewhere
        ("12334", "12334"),
    ],
)
def test_a_slip_of_the_finger_is_put_right_and_a_strange_word_left(
    typed: str, repaired: str
) -> None:
    assert SPELLER.repair(typed) == repaired


def _typed_as_pinyin(text: str, syllables: Syllables, known: set[str]) -> bool:
    return any(sounds(words_of(text), syllables.of, syllables.cut, known).spoken)


def test_pinyin_is_heard_and_english_is_not(syllables: Syllables) -> None:
    known = {"can", "you", "change", "me", "she", "he", "card", "my"}
    assert _typed_as_pinyin("shebaoka zhuxiao", syllables, known)
    assert _typed_as_pinyin("she bao ka zhu xiao", syllables, known)
    assert not _typed_as_pinyin("can you change my card", syllables, known)


def test_a_phrase_in_pinyin_teaches_no_english_words(syllables: Syllables) -> None:
    intents = IntentSet({}, {}, Lexicon(concepts={}), "")
    shown = [Example("shebao ka zen me zhuxiao", "a", "1"), Example("cancel my card", "a", "2")]
    assert vocabulary(intents, shown, syllables.cut) == ["cancel", "my", "card"]


def test_half_a_surrogate_pair_does_not_stop_the_reader() -> None:
    assert normalise("社\ud800") != ""
