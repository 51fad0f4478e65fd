"""Figures as a table for people and as an object for scripts."""

from __future__ import annotations

from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from bot.quality.measure import Figures, Measured

_PAIRS = 10


def report_object(measured: Measured) -> dict[str, object]:
    """All counts."""
    return {
        "all": asdict(measured.total),
        **{name: asdict(part) for name, part in sorted(measured.parts.items())},
        "confused": [
            {"asked": asked, "best": best, "times": times}
            for (asked, best), times in measured.confused.most_common()
        ],
        "skipped": measured.skipped,
    }


def report(console: Console, measured: Measured) -> None:
    """Prints the figures in per cent, and what was mixed up most."""
    table = Table("", "asked", "first", "right", "right or offered", "wrong", "refused",
                  "strangers", "let in", "turned away")  # fmt: skip
    for column in table.columns[1:]:
        column.justify = "right"
    rows = [("all", measured.total), *sorted(measured.parts.items())]
    for name, part in rows:
        table.add_row(name, *_row(part))
    console.print(table)
    console.print("In per cent. right: the right full answer; wrong: a wrong full answer;")
    console.print("let in: a full answer to a question that is out of scope.")
    if measured.skipped:
        console.print(f"{measured.skipped} left out: their intents are not in this content.")
    for (asked, best), times in measured.confused.most_common(_PAIRS):
        console.print(f"  {times} x {asked} taken for {best}")


def _row(part: Figures) -> list[str]:
    of_asked = [part.first, part.right, part.reached, part.wrong, part.refused]
    of_strangers = [part.let_in, part.turned_away]
    return [
        str(part.asked),
        *(_share(count, part.asked) for count in of_asked),
        str(part.strangers),
        *(_share(count, part.strangers) for count in of_strangers),
    ]


def _share(count: int, total: int) -> str:
    return f"{100 * count / total:.1f}" if total else ""
