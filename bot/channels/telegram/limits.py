"""Telegram's limits, kept by us so that it need not refuse. Pure: the clock is an argument."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass

OVERALL_PER_S = (
    30.0  # https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
)
# "Avoid sending more than one message per second in a chat; short bursts are allowed": three, the
# parts of the longest answer that we have.
CHAT_PER_S, CHAT_BURST = 1.0, 3
# "No more than 20 messages per minute in a group": five at once and fourteen more a minute.
GROUP_PER_S, GROUP_BURST = 14 / 60, 5
REMEMBERED = 10_000  # chats; an older one has its burst again


class Bucket:
    """A token bucket that is reserved from: ``burst`` at once, then ``per_s`` a second."""

    def __init__(self, per_s: float, burst: float) -> None:
        self._gap_s = 1 / per_s
        self._slack_s = (burst - 1) * self._gap_s
        self._due = -math.inf  # when the last reservation would be used at an even pace

    def reserve(self, now: float) -> float:
        """Takes the next token; how many seconds from now it may be used."""
        self._due = max(self._due + self._gap_s, now)
        return max(0.0, self._due - self._slack_s - now)

    def would_wait(self, now: float) -> bool:
        """Whether a token taken now would have to be waited for."""
        return self._due + self._gap_s - self._slack_s > now


@dataclass(frozen=True)
class Limits:
    """Messages per second overall; None: no limit at all, not for a chat or a person either."""

    overall_per_s: float | None = OVERALL_PER_S


class Pace:
    """How long each message has to wait: for its chat first, then for all.

    Ask ``chat_wait`` first, wait, then ask ``overall_wait``: a chat that has to wait for itself
    takes no turn from the others.
    """

    def __init__(self, limits: Limits) -> None:
        rate = limits.overall_per_s
        self._overall = Bucket(rate, max(1.0, rate / 10)) if rate else None
        self._chats: OrderedDict[int, Bucket] = OrderedDict()

    def chat_wait(self, chat_id: int, now: float) -> float:
        """Seconds until this chat may have its next message; groups have negative ids."""
        if self._overall is None:
            return 0.0
        bucket = self._chats.pop(chat_id, None)
        if bucket is None:
            group = chat_id < 0
            bucket = Bucket(GROUP_PER_S, GROUP_BURST) if group else Bucket(CHAT_PER_S, CHAT_BURST)
        self._chats[chat_id] = bucket
        if len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)
        return bucket.reserve(now)

    def overall_wait(self, now: float) -> float:
        """Seconds until the next message of all may be sent."""
        return self._overall.reserve(now) if self._overall else 0.0
