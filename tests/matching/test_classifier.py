"""Training on kernels that are hard in one way or another."""

from __future__ import annotations

import numpy as np
import pytest

from bot.matching.classifier import train


@pytest.mark.parametrize("classes", [2, 77])
def test_rows_that_are_all_alike_teach_nothing_and_harm_nothing(classes: int) -> None:
    rows = 10 * classes
    kernel = np.ones((rows, rows), np.float32)
    labels = np.repeat(np.arange(classes), 10)
    shares = train(kernel, labels, np.ones(rows, np.float32), classes)
    assert np.abs(kernel @ shares).max() < 1.0
