"""Whether a message is ours, which intent it is, and how sure that makes the answer."""

from __future__ import annotations

import random

import numpy as np
import pytest

from bot.matching.confidence import Trial, learn, signs_of
from bot.matching.decide import WRONG_AT_MOST, derive
from bot.matching.evidence import Evidence

CLASSES, STRANGER = 5, 4


def _trial(dice: random.Random, *, foreign: bool, clear: bool) -> Trial:
    """A made-up message: a stranger's speaks for nothing, an unclear one for two intents alike."""
    scores = np.array([[dice.gauss(0, 0.1) for _ in range(CLASSES)] for _ in range(3)], np.float32)
    right = dice.randrange(STRANGER)
    if not foreign:
        scores[:, right] += 3.0
        if not clear:
            scores[:, (right + 1) % STRANGER] += 2.9 + dice.random() / 5
    evidence = Evidence(scores, 0.8, 2, "named" if not foreign else "bare", foreign=False)
    return Trial(evidence, None if foreign else right, STRANGER, foreign)


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    dice = random.Random(0)
    kinds = [(False, True)] * 6 + [(False, False)] * 2 + [(True, True)] * 2
    return [_trial(dice, foreign=f, clear=c) for _ in range(100) for f, c in kinds]


def test_a_stranger_is_not_ours_and_an_unclear_question_is(trials: list[Trial]) -> None:
    confidence = learn(trials)
    judged = [(t, confidence.judge(t.evidence, t.stranger)) for t in trials]
    assert max(j.inside for t, j in judged if t.foreign) < 0.2
    assert min(j.inside for t, j in judged if not t.foreign) > 0.8
    unclear = [j.score for t, j in judged if not t.foreign and j.score < 0.75]
    assert len(unclear) == pytest.approx(200, abs=40), "two intents alike: ours, but which?"


def test_the_score_is_the_share_that_is_right(trials: list[Trial]) -> None:
    confidence = learn(trials)
    judged = [(t, confidence.judge(t.evidence, t.stranger)) for t in trials]
    right = [j.order[0] == t.label for t, j in judged]
    assert np.mean([j.score for _, j in judged]) == pytest.approx(np.mean(right), abs=0.02)
    assert all(j.score <= j.inside for _, j in judged)


def test_the_stranger_is_never_offered(trials: list[Trial]) -> None:
    for trial in trials[:50]:
        order = signs_of(trial.evidence, 1.0, trial.stranger).order
        assert sorted(order.tolist()) == list(range(STRANGER))


def test_the_threshold_keeps_wrong_answers_and_strangers_below_the_promise(
    trials: list[Trial],
) -> None:
    confidence = learn(trials)
    sure = derive(confidence, trials).sure
    judged = [(t, confidence.judge(t.evidence, t.stranger)) for t in trials]
    answered = [(t, j) for t, j in judged if j.score >= sure]
    ours = sum(not t.foreign for t in trials)
    wrong = sum(not t.foreign and j.order[0] != t.label for t, j in answered)
    assert wrong <= WRONG_AT_MOST * ours
    assert sum(t.foreign for t, _ in answered) <= WRONG_AT_MOST * (len(trials) - ours)
    assert len(answered) > 0.7 * ours


def test_nothing_tried_out_is_nothing_to_be_sure_of() -> None:
    confidence = learn([])
    evidence = Evidence(np.ones((3, CLASSES), np.float32), 1.0, 1, "named", foreign=False)
    assert confidence.judge(evidence, None).score < derive(confidence, []).sure
