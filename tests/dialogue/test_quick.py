"""What was typed instead of tapping."""

from __future__ import annotations

import pytest

from bot.dialogue.quick import typed_tap
from bot.dialogue.turn import Button

ONE, TWO, NONE = (
    Button("社保卡挂失解挂", "a:x"),
    Button("Replace a card", "a:y"),
    Button("都不是", "none"),
)
SHOWN = (ONE, TWO, NONE)


@pytest.mark.parametrize(
    ("typed", "pressed"),
    [
        ("1", ONE),
        (" 2 ", TWO),
        ("３", NONE),
        ("1.", ONE),
        ("1、", ONE),
        ("(2)", TWO),
        ("#2", TWO),
        ("第2个", TWO),
        ("第二个", TWO),
        ("二", TWO),
        ("第三项", NONE),
        ("No. 1", ONE),
        ("option 2", TWO),
        ("number 3", NONE),
        ("社保卡挂失解挂", ONE),
        ("社保卡掛失解掛", ONE),
        ("replace A CARD", TWO),
        ("Replace a card.", TWO),
        ("都不是。", NONE),
        ("都不是！", NONE),
    ],
)
def test_a_label_or_a_number_is_a_tap(typed: str, pressed: Button) -> None:
    assert typed_tap(typed, SHOWN) == pressed


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("4", 4), ("99", 99), ("九", 9)])
def test_a_number_that_is_not_shown_is_told(typed: str, number: int) -> None:
    assert typed_tap(typed, SHOWN) == number


@pytest.mark.parametrize(
    "typed",
    ["", "26条", "123", "-1", "1 2", "1.5", "card", "我有1张卡", "一张卡", "12333", "₁個月"],
)
def test_anything_else_is_a_question(typed: str) -> None:
    assert typed_tap(typed, SHOWN) is None


def test_a_number_without_buttons_is_a_question() -> None:
    assert typed_tap("1", ()) is None
