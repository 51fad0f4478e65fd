"""Every line of an answer names its source."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.draft import Draft, Entry
from bot.content.model import Answer, Case
from bot.content.problem import Problem
from bot.content.source import Key

SMALL_TALK = "meta"  # the topic in which the bot speaks of itself: greetings, what it can do
_MEND = "write sources: [ids in sources.yaml] here, or once for the file"


def weak_evidence(draft: Draft) -> Iterator[Problem]:
    """Lines and answers without a source."""
    for entry in draft.answers:
        if entry.item:
            yield from _unsourced(entry, entry.item)


def _unsourced(entry: Entry[Answer], answer: Answer) -> Iterator[Problem]:
    if answer.sources or entry.folder == SMALL_TALK:
        return
    lines = 0
    parts: list[tuple[list[Key], Answer | Case]] = [([], answer)]
    parts.extend((["cases", index], case) for index, case in enumerate(answer.cases))
    for path, part in parts:
        for key in ("steps", "points", "bring"):
            for index, line in enumerate(getattr(part, key)):
                lines += 1
                if not line.sources and not part.sources:
                    what = "this line has no source, and neither has the file"
                    yield entry.problem([*path, key, index], what, _MEND)
    if not lines:
        yield entry.problem([], "the answer has no source", "write sources: [ids in sources.yaml]")
