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
    # without lines, and the first column whole: eighty columns are enough then
    table = Table("", "asked", "first", "right", "right or offered", "wrong", "refused",
                  "outside", "let in", "turned away", box=None, padding=(0, 1, 0, 0))  # fmt: skip
    table.columns[0].no_wrap = True
    for column in table.columns[1:]:
        column.justify = "right"
    rows = [("all", measured.total), *sorted(measured.parts.items())]
    for name, part in rows:
        table.add_row(name.removeprefix("group "), *_row(part))
    console.print(table)
    console.print("In per cent. right: the right full answer; wrong: a wrong full answer;")
    console.print("outside: questions out of scope; let in: answered in full all the same.")
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
