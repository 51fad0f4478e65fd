"""What an editor should look at again, though the desk can run with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from bot.content.draft import Draft, Entry
from bot.content.model import LANGS, Lang, Text
from bot.content.problem import Problem, quoted
from bot.content.source import Key
from bot.content.words import compared

FEWEST_PHRASES = 12  # fewer teach the matcher the words of one person
LONGEST_LEAD: dict[Lang, int] = {"en": 200, "zh": 90}  # what a small screen shows at a glance
LONGEST_LABEL: dict[Lang, int] = {"en": 40, "zh": 20}  # a button's one line on a small screen


def advice(draft: Draft, today: date) -> Iterator[Problem]:
    """Warnings: what is overdue on ``today``, long, scarce, or easily taken for something else."""
    yield from _overdue(draft, today)
    yield from _scarce(draft)
    yield from _twins(draft)
    for intent in draft.intents:
        if intent.item:
            yield from _long(intent, ["about"], intent.item.about, LONGEST_LABEL)
    for answer in draft.answers:
        if answer.item:
            yield from _long(answer, ["lead"], answer.item.lead, LONGEST_LEAD)
            for index, case in enumerate(answer.item.cases):
                yield from _long(answer, ["cases", index, "title"], case.title, LONGEST_LABEL)


def _overdue(draft: Draft, today: date) -> Iterator[Problem]:
    for entry in draft.answers:
        if entry.item and entry.item.review_by < today:
            what = f"the review has been due since {entry.item.review_by}"
            mend = "check the answer against its sources, then write reviewed and review_by anew"
            yield entry.problem(["review_by"], what, mend, "warning")


def _scarce(draft: Draft) -> Iterator[Problem]:
    for entry in draft.intents:
        for lang in LANGS if entry.item else ():
            count = len(entry.item.phrases.in_(lang)) if entry.item else 0
            if count < FEWEST_PHRASES:
                what = f"too few phrases in {lang} ({count})"
                mend = f"write {FEWEST_PHRASES} or more, each as another person types it"
                yield entry.problem(["phrases", lang], what, mend, "warning")


def _twins(draft: Draft) -> Iterator[Problem]:
    first: dict[tuple[Lang, str], str] = {}
    for entry in draft.intents:
        for lang in LANGS if entry.item else ():
            label = entry.item.about.in_(lang) if entry.item else ""
            place = first.setdefault((lang, compared(label)), entry.place(["about", lang]))
            if not place.startswith(f"{entry.file}:"):
                what = f"{quoted(label)} is the label of {place} too"
                mend = "write what sets this one apart"
                yield entry.problem(["about", lang], what, mend, "warning")


def _long(
    entry: Entry[BaseModel], path: list[Key], text: Text, longest: dict[Lang, int]
) -> Iterator[Problem]:
    for lang in LANGS:
        length = len(text.in_(lang))
        if length > longest[lang]:
            what = f"{path[-1]} has {length} characters in {lang}"
            mend = f"write {longest[lang]} or fewer"
            yield entry.problem([*path, lang], what, mend, "warning")
