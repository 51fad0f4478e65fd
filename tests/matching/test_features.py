"""What a message shows of itself, view by view."""

from __future__ import annotations

import pytest

from bot.matching.concepts import LATIN, Found
from bot.matching.features import meant, written
from bot.matching.tokens import Tokens


def _tokens(*words: str) -> Tokens:
    return Tokens(words, ((),) * len(words))


@pytest.mark.parametrize(("one", "other"), [("42", "7"), ("2019", "12")])
def test_numbers_differ_and_yet_are_numbers(one: str, other: str) -> None:
    there, here = set(written(_tokens("pay", one))), set(written(_tokens("pay", other)))
    assert there ^ here == {one, other}, "the number itself, and all else in common"


def test_what_no_concept_explains_is_named_as_it_is_written() -> None:
    tokens = _tokens("cards", "lost", "42", "times")
    lost = Found("lost", LATIN, 1, 2)
    unexplained = {name for name in meant(tokens, [lost]) if name.startswith("^")}
    assert unexplained == set(written(tokens)) & unexplained
    assert len(unexplained) == 3
