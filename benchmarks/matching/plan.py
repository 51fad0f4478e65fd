"""What is measured, cut into jobs that a progress bar can count."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
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

    @property
    def name(self) -> str:
        """The section and the label."""
        return f"{self.section}: {self.label}"


@dataclass
class Ledger:
    """What was found so far, in a file, so that a run that was cut off can go on.

    ``rows`` has the findings by section, ``done`` the names of the jobs that found them.
    """

    path: Path
    rows: Results = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """The ledger in ``path``, an empty one when there is none."""
        if not path.exists():
            return cls(path)
        found = json.loads(path.read_text(encoding="utf-8"))
        return cls(path, found["rows"], found["done"])

    def forget(self, sections: set[str]) -> None:
        """Takes out what is to be measured anew."""
        self.rows = {name: rows for name, rows in self.rows.items() if name not in sections}
        self.done = [name for name in self.done if name.split(": ")[0] not in sections]

    def add(self, job: Job, rows: list[Row]) -> None:
        """Writes down what a job has found."""
        self.rows.setdefault(job.section, []).extend(rows)
        self.done.append(job.name)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        found = {"rows": self.rows, "done": self.done}
        self.path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def carry_out(jobs: Iterable[Job], ledger: Ledger, console: Console) -> list[str]:
    """Does what is not done yet; the names of the jobs that failed.

    A failed job does not end the others: together they take an hour.
    """
    waiting = [job for job in jobs if job.name not in ledger.done]
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
            bars.update(task, description=job.name)
            try:
                ledger.add(job, job.run())
            except Exception:  # whatever a peer raises
                console.print_exception()
                failed.append(job.name)
            bars.advance(task)
        bars.update(task, description="done")
    return failed
