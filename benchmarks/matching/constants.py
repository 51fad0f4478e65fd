"""How far the matcher's own numbers could be moved: each one alone, on the validation sets."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from unittest.mock import patch

from benchmarks.matching.datasets import DataSet, few, intent_set
from benchmarks.matching.noise import mistyped
from benchmarks.matching.peers.ours import fit_ours
from benchmarks.matching.plan import Job, Row, Setting

SECTION = "constants"

# A constant by its dotted name, what it is, and the values to try.
TRIED: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    ("bot.matching.repair.CLOSE_ENOUGH", "likeness for a repair", (0.6, 0.66, 0.72, 0.78, 0.84)),
    ("bot.matching.classifier.STRENGTH", "inverse penalty", (8.0, 20.0, 30.0, 50.0, 80.0)),
    ("bot.matching.classifier._ENOUGH", "gain at which training ends", (5e-2, 1e-2, 1e-3)),
    (
        "bot.matching.vectoriser._ALWAYS_WEIGHS",
        "weight of the intercept",
        (3.0, 5.0, 7.0, 8.0, 10.0),
    ),
)
_MISTAKES = (0, 2)


def jobs(setting: Setting) -> Iterator[Job]:
    """Each value of each constant on each data set that has a validation split."""
    for data in setting.sets:
        for name, what, values in TRIED if data.valid else ():
            for value in values[:1] if setting.smoke else values:
                label = f"{data.name}, {what} {value:g}"
                yield Job(SECTION, label, partial(measure, setting, data, name, value))


def measure(setting: Setting, data: DataSet, name: str, value: float) -> list[Row]:
    """Shares right, clean and with two mistakes, and the time to fit: means over the draws."""
    right = dict.fromkeys(_MISTAKES, 0)
    fit_s = 0.0
    row: Row = {"data": data.name, "constant": name, "value": value}
    try:
        with patch(name, value):
            for draw in range(setting.draws):
                start = time.perf_counter()
                model = fit_ours(intent_set(few(data.train, draw)))
                fit_s += time.perf_counter() - start
                for level in _MISTAKES:
                    for one in data.valid:
                        asked = mistyped(one.text, data.lang, level, draw)
                        right[level] += model.guess(asked).intent == one.intent
    except AttributeError as error:
        return [{**row, "gone": str(error)}]
    asked_in_all = setting.draws * len(data.valid)
    shares = [right[level] / asked_in_all for level in _MISTAKES]
    return [{**row, "right": shares, "fit_s": fit_s / setting.draws}]
