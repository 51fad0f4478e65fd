"""python -m benchmarks.matching --data DIR: measures, then writes docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.matching import (
    ablation,
    accuracy,
    constants,
    long,
    plots,
    project,
    speed,
    weight,
)
from benchmarks.matching.datasets import DataError, narrowed, read_sets
from benchmarks.matching.goals import goals
from benchmarks.matching.peers import nlpjs
from benchmarks.matching.peers.listing import listing
from benchmarks.matching.plan import Job, Ledger, Setting, carry_out
from benchmarks.matching.report import About, report

ROOT = Path(__file__).parents[2]
_PACKAGES = ("rapidfuzz", "numpy", "pypinyin", "bm25s", "scikit-learn")
_PARTS = ("few10", "project", "speed", "long", "weight", "ablation", "constants", "full")


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    data: Annotated[Path, typer.Option(help="The folder with the data sets.")],
    smoke: Annotated[
        bool, typer.Option("--smoke", help="One draw of a few intents: does it run?")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="The page to write; docs/benchmarks.md unless said.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Measure only this part: {', '.join(_PARTS)}.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where a run was cut off.")
    ] = False,
    kept: Annotated[
        Path | None, typer.Option(help="Raw figures, kept for --only and --resume.")
    ] = None,
) -> None:
    """Measure the matcher and its peers, and write the page with its plots."""
    console = Console(stderr=True, highlight=False)
    if wrong := set(only or ()) - set(_PARTS):
        sys.exit(f"{', '.join(sorted(wrong))}: no such part; there are {', '.join(_PARTS)}")
    try:
        sets = read_sets(data)
    except DataError as error:
        sys.exit(f"{error}\nname the folder with the data sets: make benchmark DATA=…")
    page = out or (ROOT / "build/benchmark/smoke.md" if smoke else ROOT / "docs/benchmarks.md")
    kept = kept or ROOT / "build/benchmark" / ("smoke.json" if smoke else "results.json")
    ledger = Ledger.read(kept) if only or resume else Ledger(kept)
    with tempfile.TemporaryDirectory() as work:
        setting = Setting(
            sets=tuple(narrowed(one, 8, 40) for one in sets) if smoke else tuple(sets),
            listing=listing(),
            content=ROOT,
            asked={
                "tests/questions": tuple(sorted((ROOT / "tests/questions").glob("*.yaml"))),
                "asked": (data / "asked.jsonl",),
            },
            draws=1 if smoke else 3,
            sizes=(80, 160, 320) if smoke else (1_000, 10_000, 100_000),
            messages=30 if smoke else 1_000,
            work=Path(work),
            smoke=smoke,
        )
        for name, why in setting.listing.left_out:
            console.print(f"{name} is left out: {why}", style="yellow")
        jobs = list(_jobs(setting, only or _PARTS))
        if not resume:
            ledger.forget({job.section for job in jobs})
        failed = carry_out(jobs, ledger, console)
    if failed:
        sys.exit(
            "no page is written; these failed, --resume tries them again:\n" + "\n".join(failed)
        )
    page.parent.mkdir(parents=True, exist_ok=True)
    drawn = [] if smoke else plots.draw(ledger.rows, page.with_suffix(""))
    about = About(
        day=datetime.now(UTC).date().isoformat(),
        machine=machine(),
        versions=versions(),
        left_out=setting.listing.left_out,
        draws=setting.draws,
    )
    page.write_text(report(ledger.rows, about, drawn), encoding="utf-8")
    console.print(f"written: {page}")
    if not smoke:
        for goal in goals(ledger.rows):
            mark = "[green]met[/]  " if goal.met else "[red]short[/]"
            sign = "at least" if goal.least else "at most"
            console.print(f"{mark} {goal.what}: {goal.found:.3f}, wanted {sign} {goal.wanted:g}")


def _jobs(setting: Setting, parts: list[str] | tuple[str, ...]) -> Iterator[Job]:
    own = project.Project(setting.content, setting.asked, setting.smoke)
    for part in parts:
        match part:
            case "few10":
                yield from accuracy.few_jobs(setting)
            case "full":
                yield from accuracy.full_jobs(setting)
            case "project":
                yield from project.jobs(setting, own)
            case "speed":
                yield from speed.jobs(setting)
            case "long":
                yield from long.jobs(setting, own)
            case "weight":
                yield from weight.jobs(setting, own)
            case "ablation":
                yield from ablation.jobs(setting, own)
            case "constants":
                yield from constants.jobs(setting)


def machine() -> str:
    """The machine in words: nothing that names it."""
    words = f"{os.cpu_count()} shared cores ({platform.machine()}, {platform.system()})"
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
        words += f" and {memory:.0f} GB of memory"
    return words


def versions() -> str:
    """What was measured with, by version."""
    found = [f"Python {platform.python_version()}"]
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue  # its peer is named among those left out
    if nlpjs.missing() is None:
        found.append(f"nlp.js {nlpjs.version()}")
    return ", ".join(found)


if __name__ == "__main__":
    app()
