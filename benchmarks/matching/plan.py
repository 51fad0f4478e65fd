"""What is measured, cut into jobs that a progress bar can count."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks.matching.datasets import DataSet
from benchmarks.matching.peers.listing import Listing

Row = dict[str, Any]  # one finding, as plain values that JSON can keep
Results = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Setting:
    """What to measure on.

    ``content``: the folder with ``intents`` and ``knowledge``; ``asked``: question lists by name;
    ``sizes``: numbers of phrases for growth; ``messages``: how many are timed; ``work``: a folder
    for what has to be written meanwhile; ``smoke``: only whether everything runs.
    """

    sets: tuple[DataSet, ...]
    listing: Listing
    content: Path
    asked: dict[str, tuple[Path, ...]]
    draws: int
    sizes: tuple[int, ...]
    messages: int
    work: Path
    smoke: bool

    def named(self, name: str) -> DataSet:
        """The data set called ``name``."""
        return next(data for data in self.sets if data.name == name)


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work; ``run`` gives rows for ``section`` of the results."""

    section: str
    label: str
    run: Callable[[], list[Row]]


def carry_out(
    jobs: Iterable[Job], console: Console, keep: Callable[[Results], None]
) -> tuple[Results, list[str]]:
    """The rows of all jobs by section, and the names of those that failed.

    ``keep`` is called with what there is after each. A failed job does not end the others: they
    took an hour.
    """
    waiting = list(jobs)
    results: Results = {}
    failed: list[str] = []
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bars:
        task = bars.add_task("", total=len(waiting))
        for job in waiting:
            name = f"{job.section}: {job.label}"
            bars.update(task, description=name)
            try:
                results.setdefault(job.section, []).extend(job.run())
            except Exception:  # whatever a peer raises
                console.print_exception()
                failed.append(name)
            keep(results)
            bars.advance(task)
        bars.update(task, description="done")
    return results, failed
