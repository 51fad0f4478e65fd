"""The three plots of docs/benchmarks.md, as small SVG files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.matching.accuracy import FEW
from benchmarks.matching.noise import LEVELS
from benchmarks.matching.peers.ours import NAME
from benchmarks.matching.plan import Results, Row

NOISE, RELIABILITY, GROWTH = "noise.svg", "reliability.svg", "growth.svg"
_OURS = "#c8102e"
_OTHERS = ("#1f4e79", "#4f8a8b", "#8d6a9f", "#b58900", "#6b7280", "#2e7d32", "#7c4a2d")
_FEWEST = 10  # messages; a point of fewer says nothing


def draw(results: Results, folder: Path) -> list[str]:
    """Writes the plots that ``results`` allow into ``folder`` and gives their names."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # text stays text: a tenth of the size, and the reader's own font
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "shebao", "font.size": 9})
    drawn: dict[str, Any] = {}
    if results.get(FEW):
        drawn[NOISE] = _noise(Figure(figsize=(9, 3.4), layout="constrained"), results[FEW])
        bins = [*results[FEW], *results.get("detail", ())]
        drawn[RELIABILITY] = _reliability(Figure(figsize=(4.6, 4.2), layout="constrained"), bins)
    if results.get("growth"):
        drawn[GROWTH] = _growth(Figure(figsize=(6, 3.6), layout="constrained"), results["growth"])
    folder.mkdir(parents=True, exist_ok=True)
    for name, figure in drawn.items():
        figure.savefig(folder / name, metadata={"Date": None, "Creator": None})
    return list(drawn)


def _colours(names: Sequence[str]) -> dict[str, str]:
    others = [name for name in names if name != NAME]
    return {NAME: _OURS} | {name: _OTHERS[i % len(_OTHERS)] for i, name in enumerate(others)}


def _line(name: str, colours: dict[str, str]) -> dict[str, Any]:
    width = 2 if name == NAME else 1
    return {"marker": "o", "markersize": 3, "color": colours[name], "linewidth": width}


def _noise(figure: Any, rows: Sequence[Row]) -> Any:
    names = list(dict.fromkeys(row["matcher"] for row in rows))
    colours = _colours(names)
    sets = list(dict.fromkeys(row["data"] for row in rows))
    axes = figure.subplots(1, len(sets), sharey=True, squeeze=False)[0]
    handles: dict[str, Any] = {}
    for axis, data in zip(axes, sets, strict=True):
        for name in names:
            drawn = [r["right"] for r in rows if (r["data"], r["matcher"]) == (data, name)]
            if drawn:
                shares = 100 * np.mean(drawn, axis=0)
                axis.plot(LEVELS, shares, label=name, **_line(name, colours))
        chinese = data == "smpoos"
        axis.set(title=data, xticks=LEVELS, xlabel="homophones" if chinese else "typos")
        axis.grid(alpha=0.3)
        lines, labels = axis.get_legend_handles_labels()
        handles |= dict(zip(labels, lines, strict=True))
    axes[0].set_ylabel("right intent first, %")
    figure.legend(handles.values(), handles, loc="outside right center", frameon=False)
    return figure


def _reliability(figure: Any, rows: Sequence[Row]) -> Any:
    axis = figure.subplots()
    merged: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for row in rows:
        if row.get("bins") and row["matcher"] == NAME:
            listed = row.get("list")
            source = f"the project's questions ({listed})" if listed else row["data"]
            merged[source] += row["bins"]
    axis.plot([0, 100], [0, 100], color="#999999", linewidth=0.8, linestyle="--")
    for (source, bins), colour in zip(merged.items(), _OTHERS, strict=False):
        points = _by_tenth(bins)
        axis.plot(*zip(*points, strict=True), marker="o", markersize=3, label=source, color=colour)
    axis.set(xlabel="score, %", ylabel="right, %", xlim=(0, 100), ylim=(0, 100))
    axis.grid(alpha=0.3)
    axis.legend(frameon=False, loc="lower right")
    return figure


def _by_tenth(bins: Sequence[tuple[float, float, int]]) -> list[tuple[float, float]]:
    """Bins of several draws as one line, in per cent."""
    tenths: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for score, right, count in bins:
        tenths[min(9, int(score * 10))].append((score, right, count))
    points = []
    for _, group in sorted(tenths.items()):
        score, right, count = np.array(group).T
        if count.sum() < _FEWEST:
            continue
        points.append(
            (100 * np.average(score, weights=count), 100 * np.average(right, weights=count))
        )
    return points


def _growth(figure: Any, rows: Sequence[Row]) -> Any:
    axis = figure.subplots()
    names = list(dict.fromkeys(row["matcher"] for row in rows))
    colours = _colours(names)
    for name in names:
        points = sorted((r["phrases"], r["p50_ms"]) for r in rows if r["matcher"] == name)
        axis.loglog(*zip(*points, strict=True), label=name, **_line(name, colours))
    axis.set(xlabel="phrases", ylabel="one message, ms (p50)")
    axis.grid(alpha=0.3)
    figure.legend(loc="outside right center", frameon=False)
    return figure
