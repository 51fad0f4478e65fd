"""What an editor should look at again, though the desk can run with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import BaseModel

from bot.content.buttons import LONGEST_LABEL, labels, twins
from bot.content.dates import odd_dates
from bot.content.draft import Draft, Entry
from bot.content.freshness import overdue
from bot.content.model import LANGS, Lang, Text
from bot.content.own_words import nameless_groups
from bot.content.parity import unequal
from bot.content.problem import Problem
from bot.content.said import Said
from bot.content.source import Key
from bot.content.typography import odd_signs
from bot.content.unused import unused

FEWEST_PHRASES = 12  # fewer teach the matcher the words of one person
LONGEST_LEAD: dict[Lang, int] = {"en": 200, "zh": 90}  # what a small screen shows at a glance


def advice(draft: Draft, texts: Sequence[Said], today: date) -> Iterator[Problem]:
    """Warnings: what is overdue on ``today``, long, scarce, unused, or written otherwise.

    ``texts``: all that the draft says.
    """
    yield from overdue(draft, today)
    yield from _scarce(draft)
    yield from _long(draft)
    yield from twins(draft)
    yield from nameless_groups(draft)
    yield from unused(draft)
    yield from unequal(texts)
    yield from odd_dates(texts)
    yield from odd_signs(texts)


def _scarce(draft: Draft) -> Iterator[Problem]:
    for entry in draft.intents:
        for lang in LANGS if entry.item else ():
            count = len(entry.item.phrases.in_(lang)) if entry.item else 0
            if count < FEWEST_PHRASES:
                what = f"too few phrases in {lang} ({count})"
                mend = f"write {FEWEST_PHRASES} or more, each as another person types it"
                yield entry.problem(["phrases", lang], what, mend, "warning")


def _long(draft: Draft) -> Iterator[Problem]:
    for entry, path, text in labels(draft):
        yield from _longer(entry, path, text, LONGEST_LABEL)
    for answer in draft.answers:
        if answer.item:
            yield from _longer(answer, ["lead"], answer.item.lead, LONGEST_LEAD)
            for index, case in enumerate(answer.item.cases):
                if case.lead:
                    yield from _longer(answer, ["cases", index, "lead"], case.lead, LONGEST_LEAD)


def _longer(
    entry: Entry[BaseModel], path: list[Key], text: Text, longest: dict[Lang, int]
) -> Iterator[Problem]:
    for lang in LANGS:
        length = len(text.in_(lang))
        if length > longest[lang]:
            what = f"{path[-1] if path else entry.name} has {length} characters in {lang}"
            mend = f"write {longest[lang]} or fewer"
            yield entry.problem([*path, lang], what, mend, "warning")
