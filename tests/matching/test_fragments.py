"""Fragments: phrases without what is telling in them."""

from __future__ import annotations

from bot.content.model import Lexicon
from bot.matching.examples import NOTHING, Example
from bot.matching.fragments import fragments
from bot.matching.holdout import folds, try_out
from bot.matching.lesson import Lesson, show
from bot.matching.pinyin import Syllables
from bot.matching.reading import Reader

_ASKED = {
    "lose": ["what do i do when i lost it", "what do i do, it is stolen", "what do i do now"],
    "cost": ["what do i pay for it", "what is the fee of it", "what do i owe when it is new"],
    "丢失": ["我的卡丢了怎么办", "我的卡被偷了怎么办", "我的卡找不到了怎么办"],
    "费用": ["我的卡要交多少钱", "我的卡收不收费", "我的卡一年几块钱"],
}
_PHRASES = [Example(text, intent, text) for intent, texts in _ASKED.items() for text in texts]


def test_a_fragment_lacks_what_only_its_intent_says() -> None:
    made = {one.key: one.text for one in fragments(_PHRASES)}
    assert made, "one phrase in two"
    assert set(made) < {one.text for one in _PHRASES}
    assert made["what do i pay for it"].split() == ["what", "do", "i", "it"]
    assert "丢" not in made["我的卡丢了怎么办"]
    assert made["我的卡丢了怎么办"].startswith("我的卡")


def test_fragments_belong_to_no_class_and_are_left_out_with_their_phrase() -> None:
    assert {one.label for one in fragments(_PHRASES)} == {NOTHING}
    assert {one.key for one in fragments(_PHRASES)} <= {one.key for one in _PHRASES}


def test_what_is_too_short_has_no_fragment() -> None:
    assert not list(fragments([Example(f"hi {name}", name, name) for name in "abcdefgh"]))


def test_fragments_teach_and_are_neither_answered_nor_tried(syllables: Syllables) -> None:
    reader = Reader(syllables, [], Lexicon(concepts={}))
    lesson = Lesson([show(reader, one) for one in (*_PHRASES, *fragments(_PHRASES))])
    assert lesson.classes == tuple(sorted(_ASKED))
    made = folds(lesson, _ASKED)
    assert any(lesson.shown[int(i)].example.label == NOTHING for fold in made for i in fold.left)
    for fold in made:
        (shares,) = lesson.learn([fold.kept], lambda: None)
        left = [lesson.shown[int(i)].example for i in fold.left]
        trials = try_out(lesson, shares, fold, reader.concepts)
        assert len(trials) == sum(one.label != NOTHING for one in left)
