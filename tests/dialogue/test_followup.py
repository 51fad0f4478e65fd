"""When a message is clear by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.library import Library
from bot.dialogue.followup import Leaning, clear, lean, related
from bot.matching.matcher import Matcher, Verdict
from bot.matching.outcome import Candidate

NONE: frozenset[str] = frozenset()


def _ranked(verdict: Verdict, ranked: dict[str, float]) -> Verdict:
    return replace(verdict, ranked=tuple(Candidate(*one) for one in ranked.items()))


@pytest.mark.parametrize(
    ("alone", "is_clear"),
    [
        ({"greeting": 0.9, "apply_card": 0.4, "cancel_proxy": 0.1}, True),  # small talk aside
        ({"apply_card": 0.4, "cancel_proxy": 0.3}, False),
        ({"cancel_proxy": 0.4, "apply_card": 0.1}, False),
        ({"greeting": 0.4, "apply_card": 0.1}, True),  # a folder with one real question
        ({"greeting": 0.4}, False),
    ],
)
def test_what_a_message_asks_by_itself(
    alone: dict[str, float], is_clear: bool, library: Library, matcher: Matcher
) -> None:
    verdict = _ranked(matcher.judge("可以吗"), alone)
    leaning = Leaning("report_loss", verdict, _ranked(verdict, {"apply_card": 0.4}), NONE)
    assert clear(library, leaning, "apply_card") is is_clear


@pytest.mark.parametrize(("topic", "is_clear"), [(0.7, False), (0.3, True)])
def test_what_may_mean_the_topic_is_not_clear(
    topic: float, is_clear: bool, library: Library, matcher: Matcher
) -> None:
    alone = _ranked(matcher.judge("网上能办吗"), {"apply_card": 0.5, "channels_apps": 0.1})
    behind = _ranked(alone, {"report_loss": topic, "apply_card": 0.4})
    leaning = Leaning("report_loss", alone, behind, NONE)
    assert clear(library, leaning, "apply_card") is is_clear


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("网上能办吗", {"cancel_online"}),
        ("可以别人代办吗", {"cancel_proxy"}),
        ("要多久", {"cancel_time_fee"}),
        ("多少钱", {"cancel_time_fee"}),
        ("网上能注销吗", set()),  # names what is done: it asks for itself
    ],
)
def test_what_is_about_the_aspect_is_asked_for(
    text: str, intents: set[str], library: Library, matcher: Matcher
) -> None:
    leaning = lean(library, matcher, "cancel_howto", text, matcher.judge(text), "zh")
    assert leaning.about == intents
    assert all(clear(library, leaning, intent) for intent in intents)
    assert {one.intent for one in related(library, leaning)} >= intents
