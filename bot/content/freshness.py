"""What must be checked again: review dates that cannot be, and those that have passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import BaseModel

from bot.content.draft import Draft, Entry
from bot.content.model import Act
from bot.content.problem import Problem

# An editor in China writes tomorrow's date for eight hours of the clock's day, which is UTC's.
_AHEAD = timedelta(days=1)
_ANEW = "then write reviewed and review_by anew"


def impossible_reviews(draft: Draft) -> Iterator[Problem]:
    """Reviews that are due before they were made."""
    for entry, reviewed, review_by in _reviews(draft):
        if review_by < reviewed:
            what = f"review_by is before reviewed ({reviewed})"
            yield entry.problem(["review_by"], what, "write a later day, half a year on as a rule")


def overdue(draft: Draft, today: date) -> Iterator[Problem]:
    """Warnings: reviews that are due on ``today``, and days that have not come yet."""
    for entry, reviewed, review_by in _reviews(draft):
        if review_by < today:
            what = f"the review has been due since {review_by}"
            yield entry.problem(["review_by"], what, f"{_checked(entry)}, {_ANEW}", "warning")
        yield from _to_come(entry, "reviewed", reviewed, today)
    for source in draft.sources or ():
        if source.item:
            yield from _to_come(source, "accessed", source.item.accessed, today)


def _reviews(draft: Draft) -> Iterator[tuple[Entry[BaseModel], date, date]]:
    """Everything that has review dates, of whatever kind, with both."""
    for entry in draft.entries():
        reviewed, review_by = (getattr(entry.item, key, None) for key in ("reviewed", "review_by"))
        if isinstance(reviewed, date) and isinstance(review_by, date):
            yield entry, reviewed, review_by


def _checked(entry: Entry[BaseModel]) -> str:
    if isinstance(entry.item, Act):
        return "compare each of its articles with the statute"
    return "check the answer against its sources"


def _to_come(entry: Entry[BaseModel], key: str, day: date, today: date) -> Iterator[Problem]:
    if day > today + _AHEAD:
        what = f"{key} is a day to come ({day})"
        yield entry.problem([key], what, "write the day when it was read", "warning")
