"""What the matcher should reach, and whether it did; printed after a run, not published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.matching import long, speed, weight
from benchmarks.matching.accuracy import FEW
from benchmarks.matching.peers.ours import NAME
from benchmarks.matching.plan import Results
from benchmarks.matching.tables import mean, where

# Shares right with ten phrases an intent: clean, with two mistakes; then AUROC, None for no goal.
_ACCURACY = {
    "clinc150": (0.83, 0.80, 0.94),
    "banking77": (0.765, 0.745, None),
    "smpoos": (0.82, 0.795, 0.83),
}
_P50_RATIO, _P99_MS, _GROWTH, _PEAK_MB, _LONG_MS = 0.10, 2.0, 1.3, 120.0, 20.0


class Goal(NamedTuple):
    """``least``: whether more is better."""

    what: str
    wanted: float
    found: float
    least: bool

    @property
    def met(self) -> bool:
        """Whether it was reached."""
        return self.found >= self.wanted if self.least else self.found <= self.wanted


def goals(results: Results) -> Iterator[Goal]:
    """Each goal that was measured."""
    for data, (clean, noisy, auroc) in _ACCURACY.items():
        rows = where(results.get(FEW, ()), data=data, matcher=NAME)
        if rows:
            right = [mean(rows, lambda row, i=i: row["right"][i]) for i in (0, 2)]  # type: ignore[misc]
            yield Goal(f"{data} clean", clean, right[0] or 0, least=True)
            yield Goal(f"{data} two mistakes", noisy, right[1] or 0, least=True)
            if auroc is not None:
                yield Goal(f"{data} AUROC", auroc, mean(rows, "auroc") or 0, least=True)
    for own in where(results.get(speed.LATENCY, ()), matcher=NAME):
        alike = {key: own[key] for key in ("mistakes", "turn")}
        other = where(results[speed.LATENCY], matcher="rapidfuzz WRatio", **alike)
        label = f"{own['mistakes']} typos, {own['turn']} in a row"
        ratio = own["p50_ms"] / other[0]["p50_ms"]
        yield Goal(f"p50 as a share of WRatio's, {label}", _P50_RATIO, ratio, least=False)
        yield Goal(f"p99 ms, {label}", _P99_MS, own["p99_ms"], least=False)
    sizes = {r["phrases"]: r["p50_ms"] for r in where(results.get(speed.GROWTH, ()), matcher=NAME)}
    if sizes:
        growth = sizes[max(sizes)] / sizes[min(sizes)]
        yield Goal("time, most phrases to fewest", _GROWTH, growth, least=False)
    for row in results.get(weight.SECTION, ()):
        if row["matcher"].startswith(NAME):
            yield Goal(f"peak MB, {row['matcher']}", _PEAK_MB, row["peak_mb"], least=False)
    for row in where(results.get(long.SECTION, ()), matcher=NAME):
        # of CPU: other programs on the machine are not the matcher's doing
        yield Goal(f"longest ms, {row['kind']}", _LONG_MS, row["cpu_max_ms"], least=False)
