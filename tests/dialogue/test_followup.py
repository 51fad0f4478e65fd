"""When a message is clear by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.library import Library
from bot.dialogue.followup import clear
from bot.matching.matcher import Matcher
from bot.matching.outcome import Candidate


@pytest.mark.parametrize(
    ("ranked", "is_clear"),
    [
        ({"greeting": 0.9, "cancel_time_fee": 0.4, "apply_card": 0.1}, True),  # small talk aside
        ({"cancel_time_fee": 0.4, "apply_card": 0.3}, False),
        ({"apply_card": 0.4, "cancel_time_fee": 0.1}, False),
        ({"greeting": 0.4, "cancel_time_fee": 0.1}, True),  # a folder with one real question
        ({"greeting": 0.4}, False),
    ],
)
def test_what_a_message_asks_by_itself(
    ranked: dict[str, float], is_clear: bool, library: Library, matcher: Matcher
) -> None:
    alone = replace(
        matcher.judge("how long"), ranked=tuple(Candidate(*one) for one in ranked.items())
    )
    assert clear(library, alone, "cancel_time_fee") is is_clear
