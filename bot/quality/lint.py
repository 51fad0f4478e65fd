"""All that ``check`` finds: errors and warnings of the content, its phrases and its lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.content.layout import read_content
from bot.content.load import inspect_draft
from bot.content.model import Lexicon
from bot.content.problem import Problem
from bot.quality.lists import list_problems
from bot.quality.phrases import Judge, doubled, misjudged, near_misses_of, phrases_of, strangers_of


def lint(root: Path, today: date, open_judge: Callable[[], Judge] | None = None) -> list[Problem]:
    """Every problem under ``root`` on ``today``, by file and line.

    ``open_judge`` gives the matcher of this content, which may first have to be fitted: it is asked
    for where the content has no error, and then every phrase is tried on it.
    """
    draft = read_content(root)
    problems = set(inspect_draft(draft, today))
    sound = all(problem.severity != "error" for problem in problems)
    judge = open_judge() if open_judge and sound else None
    phrases = phrases_of(draft)
    lexicon = draft.lexicon.item if draft.lexicon else None
    problems.update(doubled(phrases, lexicon or Lexicon(concepts={}), judge))
    strangers = strangers_of(draft)
    problems.update(list_problems(root, draft, [*phrases, *strangers]))
    if judge:
        problems.update(misjudged([*phrases, *near_misses_of(draft), *strangers], judge))
    return sorted(problems)


def strictly(problems: Iterable[Problem]) -> list[Problem]:
    """The same with every warning an error, for a job that nobody watches; notes stay."""
    return [
        replace(problem, severity="error") if problem.severity == "warning" else problem
        for problem in problems
    ]
