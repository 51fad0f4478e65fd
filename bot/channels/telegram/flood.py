"""One person who writes without end. Pure: the clock is an argument."""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal

from bot.channels.telegram.limits import Bucket

# Nobody types so fast; a talk that was forwarded whole, or what was typed during an outage, passes.
BURST, PER_S = 30, 0.5
TYPED_BURST, TYPED_PER_S = 90, 3.0  # inline, each pause in typing is a query
IGNORED_S = 60.0  # long enough for whoever holds a key down, short enough for who then asks
REMEMBERED = 10_000  # persons

Verdict = Literal["answer", "notice", "ignore"]


class FloodGuard:
    """Answers everybody but who floods: one notice, then silence for a while."""

    def __init__(self, per_s: float = PER_S, burst: float = BURST) -> None:
        self._per_s, self._burst = per_s, burst
        self._persons: OrderedDict[int, tuple[Bucket, float]] = OrderedDict()

    def judge(self, person: int, now: float) -> Verdict:
        """What to do with one more message of this person."""
        bucket, ignored_until = self._persons.get(person) or (self._bucket(), 0.0)
        verdict: Verdict = "answer"
        if now < ignored_until:
            verdict = "ignore"
        elif bucket.would_wait(now):
            verdict, ignored_until, bucket = "notice", now + IGNORED_S, self._bucket()
        else:
            bucket.reserve(now)
        self._persons[person] = bucket, ignored_until
        self._persons.move_to_end(person)
        if len(self._persons) > REMEMBERED:
            self._persons.popitem(last=False)
        return verdict

    def _bucket(self) -> Bucket:
        return Bucket(self._per_s, self._burst)
