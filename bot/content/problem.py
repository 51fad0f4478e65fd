"""A mistake in the content: where it is, what it is, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

Severity = Literal["error", "warning", "note"]

# Below it a proposal is another word rather than a slip of the pen: "abuot" has 80 against "about",
# "image" 50 against "bring".
_LIKELY_MEANT = 70


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake; ``file`` is relative to the content's root, ``line`` counts from 1.

    An error keeps the content from being loaded, a warning does not, and a note is only worth
    knowing.
    """

    file: str
    line: int
    what: str
    mend: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}; {self.mend}"


class ContentError(Exception):
    """The content cannot be used; ``problems`` has every error, by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def quoted(words: object) -> str:
    """The words in double quotes, on one line and at most 60 characters long."""
    line = " ".join(str(words).split())
    return f'"{line[:59]}…"' if len(line) > 60 else f'"{line}"'


def named(name: str) -> str:
    """A key as it is where it is a plain word, else in quotes."""
    return name if name.isidentifier() and len(name) <= 60 else quoted(name)


def did_you_mean(word: str, among: Iterable[str], otherwise: str) -> str:
    """A question that proposes the most similar of ``among``, else ``otherwise``."""
    found = process.extractOne(word, sorted(among), scorer=fuzz.ratio, score_cutoff=_LIKELY_MEANT)
    return f"did you mean {found[0]}?" if found else otherwise
