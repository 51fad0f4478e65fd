"""Rows: every view has length one, and words spelt out weigh what their letters weigh."""

from __future__ import annotations

import numpy as np
import pytest

from bot.content.library import IntentSet
from bot.matching.features import VIEWS
from bot.matching.fitted import Fitted
from bot.matching.matcher import Matcher
from bot.matching.outcome import Lost, Reason
from bot.matching.vectoriser import Row
from bot.matching.weights import Weights


def _row(matcher: Matcher, text: str) -> Row:
    row = matcher.judge(text).row
    assert row is not None
    return row


def _lengths(row: Row) -> list[float]:
    """The squared length of each view without its intercept, which comes first."""
    return [float((row.view(view)[1][1:] ** 2).sum()) for view in range(len(VIEWS))]


def test_a_view_whose_features_are_all_known_has_length_one(
    tiny: IntentSet, tiny_fitted: Fitted
) -> None:
    # letters that a word has twice stand there twice, each as a feature of its own
    written, meant, heard = _lengths(_row(Matcher(tiny, tiny_fitted), "freeze account"))
    assert [written, heard] == pytest.approx([1, 1], abs=1e-5)
    assert meant == 0, "there is no lexicon"


def test_what_all_say_is_weak_by_itself(tiny: IntentSet, tiny_fitted: Fitted) -> None:
    assert 0 < _lengths(_row(Matcher(tiny, tiny_fitted), "freeze"))[0] < 1


@pytest.mark.parametrize("text", ["freeze my acount, freeze", "balance", "zzzz money qqqq"])
def test_scores_are_the_sum_over_all_features_of_a_view(
    tiny: IntentSet, tiny_fitted: Fitted, text: str
) -> None:
    row, weights = _row(Matcher(tiny, tiny_fitted), text), Weights(tiny_fitted.table)
    views = [row.view(view) for view in range(len(VIEWS))]
    expected = np.stack([values @ weights.of(ids) for ids, values in views])
    assert weights.scores(row) == pytest.approx(expected, abs=1e-4)
    assert weights.scores(row) == pytest.approx(expected, abs=1e-4), "from memory too"


def test_a_word_said_twice_is_spelt_out_once(matcher: Matcher) -> None:
    once, twice = _row(matcher, "card lost"), _row(matcher, "card lost card")
    assert [one.word for one in once.spelt] == [one.word for one in twice.spelt]


def test_strange_words_weaken_a_message(matcher: Matcher) -> None:
    plain, strange = _row(matcher, "card lost"), _row(matcher, "card lost qwrtpsdfg")
    assert strange.known < plain.known
    assert strange.scale < plain.scale


def test_a_word_that_was_put_right_weakens_a_message(matcher: Matcher) -> None:
    plain, repaired = _row(matcher, "card lost"), _row(matcher, "card losst")
    assert [one.word for one in repaired.spelt] == ["card", "lost"]
    assert repaired.known < plain.known
    assert repaired.scale < plain.scale


def test_letters_in_common_are_not_knowing_a_word(matcher: Matcher) -> None:
    verdict = matcher.judge("qwrtp zxcvb")
    assert verdict.row is not None
    assert verdict.row.spelt[0].mass > 0
    assert verdict.row.known == 0
    assert verdict.match == Lost(Reason.UNLIKE)
