"""How a list of questions fares: right, offered, wrong, refused; and what is mixed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.matching.matcher import Verdict
from bot.matching.outcome import Lost, Sure, Torn
from bot.quality.questions import Question


@dataclass(slots=True)
class Figures:
    """Counts over questions in scope (``asked``) and out of scope (``strangers``).

    ``first``: the best intent was right; ``right``: answered in full and right; ``offered``: right
    among the choices; ``wrong``: answered in full and wrong; ``refused``: declined; ``let_in``:
    strangers answered in full; ``turned_away``: strangers declined.
    """

    asked: int = 0
    first: int = 0
    right: int = 0
    offered: int = 0
    wrong: int = 0
    refused: int = 0
    strangers: int = 0
    let_in: int = 0
    turned_away: int = 0

    @property
    def reached(self) -> int:
        """Answered right or offered."""
        return self.right + self.offered


@dataclass(slots=True)
class Measured:
    """Figures for ``all``, by language and by group; confusion pairs (asked, best) with counts."""

    total: Figures = field(default_factory=Figures)
    parts: dict[str, Figures] = field(default_factory=dict)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    skipped: int = 0


def measure(
    questions: Iterable[Question],
    judge: Callable[[str], Verdict],
    groups: Mapping[str, str],
) -> Measured:
    """The figures; questions whose intent does not exist here are skipped and counted."""
    measured = Measured()
    for question in questions:
        if question.in_scope and question.intent not in groups:
            measured.skipped += 1
            continue
        verdict = judge(question.text)
        group = groups.get(question.intent, "out_of_scope")
        for name in (f"lang {question.lang or '?'}", f"group {group}"):
            _count(measured.parts.setdefault(name, Figures()), question, verdict)
        best = _count(measured.total, question, verdict)
        if best and best != question.intent and best not in question.also:
            measured.confused[question.intent, best] += 1
    return measured


def _count(figures: Figures, question: Question, verdict: Verdict) -> str | None:
    """Counts one question; the best intent."""
    right = {question.intent, *question.also}
    best = verdict.ranked[0].intent if verdict.ranked else None
    if not question.in_scope:
        figures.strangers += 1
        figures.let_in += isinstance(verdict.match, Sure) and best not in question.also
        figures.turned_away += isinstance(verdict.match, Lost)
        return best if isinstance(verdict.match, Sure) else None
    figures.asked += 1
    figures.first += best in right
    match verdict.match:
        case Sure(candidate):
            figures.right += candidate.intent in right
            figures.wrong += candidate.intent not in right
        case Torn(candidates):
            figures.offered += any(candidate.intent in right for candidate in candidates)
        case Lost():
            figures.refused += 1
    return best
