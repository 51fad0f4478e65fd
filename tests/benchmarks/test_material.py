"""What the matchers are given: draws, mistakes, grown phrases, full messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from rapidfuzz.distance import OSA

from benchmarks.matching.datasets import Said, few, intent_set
from benchmarks.matching.growth import grown
from benchmarks.matching.long import CHARS, filled
from benchmarks.matching.noise import mistyped

PHRASES = [
    Said(f"{verb} the {thing} {when}", thing, "en")
    for thing in ("card", "door")
    for verb in ("open", "close", "find", "lose")
    for when in ("today", "tomorrow", "tonight")
]


@given(text=st.text("abcdefg ", min_size=3, max_size=30), mistakes=st.sampled_from([1, 2]))
def test_typos_change_a_message_by_as_many_edits_at_most(text: str, mistakes: int) -> None:
    typed = mistyped(text, "en", mistakes, 0)
    # a second edit can undo the first, or sit inside a swap
    assert OSA.distance(text, typed) <= 2 * mistakes
    assert mistakes == 2 or typed != text


@pytest.mark.parametrize("text", ["怎么注销社保卡", "今天天气怎么样", "客厅的空调"])
@pytest.mark.parametrize("mistakes", [1, 2])
def test_homophones_sound_the_same_and_are_as_many_as_asked(text: str, mistakes: int) -> None:
    heard = mistyped(text, "zh", mistakes, 0)
    changed = [at for at, char in enumerate(heard) if char != text[at]]
    assert len(changed) == mistakes
    assert all(lazy_pinyin(heard[at]) == [lazy_pinyin(text)[at]] for at in changed)


def test_the_same_seed_makes_the_same_mistakes() -> None:
    assert mistyped("close the door", "en", 2, 7) == mistyped("close the door", "en", 2, 7)


def test_a_draw_has_as_many_phrases_of_every_intent_and_another_draw_has_others() -> None:
    first = few(PHRASES, 0, 5)
    assert len(first) == 10
    assert len({one.text for one in first}) == 10
    assert few(PHRASES, 0, 5) == first
    assert few(PHRASES, 1, 5) != first


def test_grown_phrases_are_different_and_as_many_as_asked() -> None:
    more = grown(PHRASES, 60)
    assert len({one.text for one in more}) == 60
    assert {one.intent for one in more} == {"card", "door"}


def test_few_phrases_are_kept_as_they_are() -> None:
    assert set(grown(PHRASES, 10)) <= set(PHRASES)


def test_an_intent_set_has_every_phrase_and_its_digest_follows_them() -> None:
    made = intent_set(PHRASES)
    assert sorted(made.intents) == ["card", "door"]
    assert len(made.intents["card"].phrases.en) == 12
    assert made.intents["card"].phrases.zh == ()
    assert intent_set(PHRASES[1:]).digest != made.digest


def test_a_message_is_filled_to_the_last_character() -> None:
    assert len(filled(iter(["卡" * 1000] * 9))) == CHARS
