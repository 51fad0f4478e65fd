"""The measures, on cases small enough to count by hand."""

from __future__ import annotations

import pytest

from benchmarks.matching.figures import (
    auroc,
    calibration_error,
    full_at,
    refused_at,
    reliability,
)


def test_auroc_counts_pairs_and_halves_ties() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.1], [0.9]) == 0.0
    assert auroc([0.5, 0.5], [0.5]) == 0.5
    assert auroc([0.9, 0.3], [0.5, 0.5]) == 0.5


def test_refusals_are_counted_below_what_nineteen_in_twenty_reach() -> None:
    ours = [0.0] + [0.5] * 19
    assert refused_at(ours, [0.4, 0.4, 0.6, 0.5]) == 0.5


def test_full_answers_stop_where_strangers_would_come_in() -> None:
    strangers = [0.9, *[0.1] * 99]
    right, wrong = full_at([0.95, 0.5, 0.05], [True, False, True], strangers)
    assert (right, wrong) == pytest.approx((1 / 3, 1 / 3))


def test_full_answers_with_few_strangers_let_none_in() -> None:
    assert full_at([0.6, 0.4], [True, True], [0.5] * 10) == (0.5, 0.0)


def test_a_score_that_says_how_often_it_is_right_has_no_calibration_error() -> None:
    honest = reliability([0.75] * 4, [True, True, True, False])
    assert calibration_error(honest) == pytest.approx(0.0)
    boastful = reliability([1.0] * 2, [True, False])
    assert calibration_error(boastful) == pytest.approx(0.5)
