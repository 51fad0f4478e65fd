"""What several people ask is judged once; what one person said is not kept for it."""

from __future__ import annotations

import gc

import pytest

from bot.dialogue import remembered
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.remembered import LONGEST, Remembered
from bot.dialogue.turn import Session
from bot.matching.matcher import Matcher, Verdict
from tests.dialogue.talking import says


def judged(known: Remembered[int], *texts: str) -> list[str]:
    """The texts that had to be judged."""
    made: list[str] = []

    def make(text: str) -> int:
        made.append(text)
        return len(text)

    assert [known.value(text, make) for text in texts] == [len(text) for text in texts]
    return made


def test_from_the_third_time_on_a_text_is_not_judged_again() -> None:
    assert judged(Remembered(), "a", "bb", "a", "a", "bb", "a", "bb") == ["a", "bb", "a", "bb"]


def test_a_text_that_came_once_is_kept_nowhere() -> None:
    known: Remembered[list[str]] = Remembered()
    text = "".join(["my name is ", "Li Mei"])
    known.value(text, lambda said: [said])
    gc.collect()
    kept = [each for each in gc.get_referrers(text) if isinstance(each, dict | list | tuple)]
    assert [each for each in kept if each is not globals()] == []


def test_a_long_text_is_judged_each_time() -> None:
    text = "x" * (LONGEST + 1)
    assert judged(Remembered(), text, text, text) == [text] * 3


def test_the_longest_unused_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 2)
    known: Remembered[int] = Remembered()
    for text in ("a", "b", "c"):
        judged(known, text, text)
        judged(known, "a")  # again and again
    assert judged(known, "a", "c", "b") == ["b"]


def test_what_came_once_long_ago_came_never(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "SEEN", 2)
    assert judged(Remembered(), "a", "b", "c", "a", "a", "a") == ["a", "b", "c", "a", "a"]


def test_an_answer_is_the_same_the_third_time(dialogue: Dialogue) -> None:
    for text in ("社保卡丢了怎么办", "in Guangzhou my card is lost", "qwertz", "the card"):
        first, *others = [dialogue.turn(Session(), says(text)) for _ in range(4)]
        assert others == [first] * 3


def test_the_matcher_itself_remembers_nothing(matcher: Matcher) -> None:
    verdicts: list[Verdict] = [matcher.judge("社保卡丢了怎么办") for _ in range(3)]
    assert len({id(verdict) for verdict in verdicts}) == 3
