"""What is answered, asked back or declined, by the scores."""

from __future__ import annotations

import pytest

from bot.matching.decide import Thresholds, decide
from bot.matching.outcome import Candidate, Lost, Match, Torn

BYE, CANCEL, LOSS = "thanks_bye", "cancel_howto", "report_loss"


def _decided(scores: dict[str, float], *, inside: float) -> Match:
    return decide(
        [Candidate(*one) for one in scores.items()],
        Thresholds(sure=0.8, torn=0.4),
        inside=inside,
        ground="bare",
        brief=True,
        talk={BYE},
        elsewhere=None,
    )


@pytest.mark.parametrize("inside", [0.1, 0.9])
def test_one_word_is_asked_back_but_not_as_small_talk(inside: float) -> None:
    match = _decided({BYE: 0.5, CANCEL: 0.2, LOSS: 0.1}, inside=inside)
    assert isinstance(match, Torn)
    assert [one.intent for one in match.candidates] == [CANCEL, LOSS]


def test_one_word_that_may_be_small_talk_alone_is_not_a_choice_of_nothing() -> None:
    scores = {BYE: 0.5, CANCEL: 0.0001}
    assert isinstance(_decided(scores, inside=0.1), Lost)
    match = _decided(scores, inside=0.9)
    assert isinstance(match, Torn)
    assert [one.intent for one in match.candidates] == [BYE]
