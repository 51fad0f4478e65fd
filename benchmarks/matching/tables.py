"""Rows of findings as Markdown tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.matching.peers.ours import NAME
from benchmarks.matching.plan import Row


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first column is text, the others are numbers. Our line is bold."""
    lines = [
        "| " + " | ".join(head) + " |",
        "| --- |" + " ---: |" * (len(head) - 1),
    ]
    for row in rows:
        cells = [str(cell) for cell in row]
        if cells[0] == NAME:
            cells = [f"**{cell}**" if cell else cell for cell in cells]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def percent(share: float | None) -> str:
    """A share as per cent with one decimal; empty where there is none."""
    return "" if share is None else f"{100 * share:.1f}"


def number(value: float | None) -> str:
    """Three digits that count, no exponent; empty where there is none."""
    if value is None:
        return ""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value else "0"


def where(rows: Iterable[Row], **wanted: object) -> list[Row]:
    """The rows that have these values."""
    return [row for row in rows if all(row.get(key) == value for key, value in wanted.items())]


def names(rows: Iterable[Row], key: str = "matcher") -> list[Any]:
    """The different values of ``key``, in the order of their first appearance, ours last."""
    found = list(dict.fromkeys(row[key] for row in rows if key in row))
    return sorted(found, key=lambda name: name == NAME)


def mean(rows: Sequence[Row], value: str | Callable[[Row], float]) -> float | None:
    """The mean of a value over rows; None where no row has it."""
    if callable(value):
        found = [value(row) for row in rows]
    else:
        found = [row[value] for row in rows if value in row]
    return float(np.mean(found)) if found else None


def levels(rows: Sequence[Row]) -> list[str]:
    """The mean shares right by number of mistakes, in per cent."""
    shares = [row["right"] for row in rows if "right" in row]
    return [percent(float(share)) for share in np.mean(shares, axis=0)] if shares else []


def by_key(rows: Iterable[Row], key: str) -> Mapping[Any, Row]:
    """The rows by one of their values."""
    return {row[key]: row for row in rows}
