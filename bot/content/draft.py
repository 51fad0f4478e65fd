"""Everything an editor wrote, each with its place, before it is checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel

from bot.content.model import (
    Act,
    Answer,
    Article,
    Intent,
    Lexicon,
    Referral,
    Region,
    Source,
    Strangers,
    Text,
)
from bot.content.problem import Problem, Severity
from bot.content.source import Key, Node

M_co = TypeVar("M_co", bound=BaseModel, covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[M_co]):
    """One thing an editor wrote, and where.

    ``name`` is what its file or its key says it is called, ``folder`` the last folder it lies in,
    "" for none. ``item`` is None where it does not fit its model, ``node`` has no value where it
    cannot be read; both have been reported by then.
    """

    name: str
    folder: str
    file: str
    node: Node
    item: M_co | None

    def place(self, path: Sequence[Key] = ()) -> str:
        """The file and line of the value at ``path`` within it."""
        return f"{self.file}:{self.node.line_of(path)}"

    def problem(
        self, path: Sequence[Key], what: str, mend: str, severity: Severity = "error"
    ) -> Problem:
        """A problem of the value at ``path`` within it."""
        return Problem(self.file, self.node.line_of(path), what, mend, severity)


@dataclass(slots=True)
class Draft:
    """All entries by kind, and the problems met so far.

    ``sources``, ``referrals`` and ``phrases`` are None where their one file cannot be read: then
    nobody knows which ids there are.
    """

    problems: list[Problem] = field(default_factory=list)
    digest: str = ""
    lexicon: Entry[Lexicon] | None = None
    strangers: Entry[Strangers] | None = None
    intents: list[Entry[Intent]] = field(default_factory=list)
    answers: list[Entry[Answer]] = field(default_factory=list)
    acts: list[Entry[Act]] = field(default_factory=list)
    articles: list[Entry[Article]] = field(default_factory=list)
    regions: list[Entry[Region]] = field(default_factory=list)
    sources: list[Entry[Source]] | None = None
    referrals: list[Entry[Referral]] | None = None
    phrases: list[Entry[Text]] | None = None

    def knowledge(self) -> Iterator[Entry[BaseModel]]:
        """Every entry that says something or is cited: all but intents and lexicon."""
        return (entry for entry in self.entries() if entry.file.startswith("knowledge/"))

    def entries(self) -> Iterator[Entry[BaseModel]]:
        """Every entry of every kind."""
        yield from self.intents
        yield from filter(None, (self.lexicon, self.strangers))
        yield from (*self.answers, *self.acts, *self.articles, *self.regions)
        yield from (*(self.sources or ()), *(self.referrals or ()), *(self.phrases or ()))
