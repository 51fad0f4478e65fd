"""The findings as docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.matching import (
    ablation,
    constants,
    long,
    project,
    sections,
    speed,
    weight,
)
from benchmarks.matching.accuracy import FEW, FULL
from benchmarks.matching.plan import Results
from benchmarks.matching.plots import GROWTH, NOISE, RELIABILITY

_TEXTS = Path(__file__).with_name("texts.md")

# The name of its words in texts.md, where its findings are, its tables, its plot.
_PARTS: tuple[tuple[str, str, Callable[[Results], Iterator[str]], str], ...] = (
    ("few", FEW, sections.few, NOISE),
    ("scope", FEW, sections.scope, ""),
    ("full", FULL, sections.full, ""),
    ("project", project.DETAIL, sections.project_questions, ""),
    ("calibration", FEW, sections.calibration, RELIABILITY),
    ("latency", speed.LATENCY, sections.latency, ""),
    ("growth", speed.GROWTH, sections.growth, GROWTH),
    ("long", long.SECTION, sections.long_messages, ""),
    ("weight", weight.SECTION, sections.weights, ""),
    ("ablation", ablation.FEW_SECTION, sections.parts, ""),
    ("constants", constants.SECTION, sections.constants_tried, ""),
)
_ALT = {
    NOISE: "Share of messages with the right intent first, against the number of mistakes",
    RELIABILITY: "Share of right answers against the score, messages out of scope included",
    GROWTH: "Time of one message against the number of phrases, both on logarithmic scales",
}


@dataclass(frozen=True, slots=True)
class About:
    """When and on what it was measured; ``machine`` in words; ``left_out``: peers and why."""

    day: str
    machine: str
    versions: str
    left_out: Sequence[tuple[str, str]]
    draws: int


def report(results: Results, about: About, plots: Sequence[str]) -> str:
    """The whole page; a section that was not measured is not in it."""
    said = _texts()
    pieces = [
        said["top"].format(
            day=about.day, machine=about.machine, versions=about.versions, draws=about.draws
        )
    ]
    if about.left_out:
        lines = [f"- {name}: {why}" for name, why in about.left_out]
        pieces.append("Not measured this time:\n\n" + "\n".join(lines))
    for words, findings, write, plot in _PARTS:
        if results.get(findings):
            pieces += [said[words], *write(results)]
            if plot in plots:
                pieces.append(f"![{_ALT[plot]}](benchmarks/{plot})")
    pieces.append(said["method"])
    return "\n\n".join(piece.strip() for piece in pieces) + "\n"


def _texts() -> dict[str, str]:
    """What is said around the tables, by name: texts.md, cut at its <!-- name --> lines."""
    pieces = _TEXTS.read_text(encoding="utf-8").split("<!-- ")[1:]
    named = (piece.split(" -->\n", 1) for piece in pieces)
    return {name: text for name, text in named}  # noqa: C416 - dict() would lose the types
