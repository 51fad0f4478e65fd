"""One person who writes without end. Pure: the clock is an argument."""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal

from bot.channels.telegram.limits import Bucket

# Nobody types so fast; a talk that was forwarded whole, or what was typed during an outage, passes.
BURST, PER_S = 30, 0.5
IGNORED_S = 60.0  # long enough for whoever holds a key down, short enough for who then asks
REMEMBERED = 10_000  # persons

Verdict = Literal["answer", "notice", "ignore"]


class FloodGuard:
    """Answers everybody but who floods: one notice, then silence for a while."""

    def __init__(self) -> None:
        self._persons: OrderedDict[int, tuple[Bucket, float]] = OrderedDict()

    def judge(self, person: int, now: float) -> Verdict:
        """What to do with one more message of this person."""
        bucket, ignored_until = self._persons.get(person) or (Bucket(PER_S, BURST), 0.0)
        verdict: Verdict = "answer"
        if now < ignored_until:
            verdict = "ignore"
        elif bucket.would_wait(now):
            verdict, ignored_until, bucket = "notice", now + IGNORED_S, Bucket(PER_S, BURST)
        else:
            bucket.reserve(now)
        self._persons[person] = bucket, ignored_until
        self._persons.move_to_end(person)
        if len(self._persons) > REMEMBERED:
            self._persons.popitem(last=False)
        return verdict
