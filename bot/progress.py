"""A progress bar for work that takes more than a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from bot.matching.fit import Progress, quiet


@contextmanager
def bar(console: Console) -> Iterator[Progress]:
    """A progress to pass down; the bar appears with the first news and goes when all is done.

    Nothing is drawn where nobody looks: when ``console`` is no terminal.
    """
    if not console.is_terminal:  # rich would end with an empty line all the same
        yield quiet
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("Learning from the phrases"), BarColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, transient=True) as bars:
        tasks: dict[str, int] = {}

        def news(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done)  # type: ignore[arg-type]

        yield news
