"""The page: figures beside goals."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from benchmarks.telegram.measure import Away, Drained, Steady
from benchmarks.telegram.plan import BASE, POLLING, WEBHOOK, Peer

INTRODUCTION = """\
# Telegram: how fast

Measured on {day} by `make benchmark-telegram` in one run on {cores} cores, Python {python}, against
a Bot API stand-in that answers at once (0 ms) or after 50 ms, also to getUpdates. Ratios matter,
single figures do not: {busy:.1f} processes wanted these cores when it ended. The others echo what
they are told; this bot understands questions, renders their answers, keeps the sessions and loses
no message, with its limits lifted (`SHEBAO_RATE_LIMIT=0`). "aiohttp alone" uses no bot library,
confirms what it has not answered, and shows what the stand-in allows."""
DRAINED = """\
## A backlog drained

In brackets: times PTB's echo with its defaults. The goal for this bot is 2.4 at 0 ms and 60 at
50 ms. Each bot in turn, twice over; the mean of both. Six questions, again and again.

| bot | 0 ms | CPU per update | 50 ms | CPU per update |
| --- | --- | --- | --- | --- |"""
STEADY = """\
## 200 messages a second, 50 ms

From a message to its reply. The goal is a median of 60 ms and a 99th percentile of 110 ms, and the
median back within 2 s while a backlog of 600 is worked off. What cannot be had: by polling a
message waits for the next getUpdates, 25 ms on average and 50 at most, because the stand-in takes
50 ms before it looks; by webhook it is on its way for 25 ms.

| bot | p50 | p99 | answered | back after |
| --- | --- | --- | --- | --- |"""
AWAY = """\
## The API is down for {for_s:.0f} s, with messages in hand

The goal: less than 2 % of a core, then everything answered.

| bot | CPU | answered afterwards |
| --- | --- | --- |"""

NOTHING = Drained(0, 0)


@dataclass
class Figures:
    """What was measured, by the peer's name; drained by latency in seconds too."""

    peers: Sequence[Peer]
    drained: dict[tuple[str, float], Drained] = field(default_factory=dict)
    different: Drained = NOTHING
    steady: dict[str, Steady] = field(default_factory=dict)
    recovery: dict[str, float | None] = field(default_factory=dict)
    away: dict[str, Away] = field(default_factory=dict)
    away_s: float = 0.0


def page(figures: Figures) -> str:
    """The document."""
    return "\n".join(_lines(figures)) + "\n"


def _lines(figures: Figures) -> Iterator[str]:
    yield INTRODUCTION.format(
        day=datetime.now(UTC).date(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        busy=os.getloadavg()[0],
    )
    yield f"\n{DRAINED}"
    for peer in figures.peers:
        cells = [peer.name]
        for latency_s in (0.0, 0.05):
            done, base = (figures.drained[name, latency_s] for name in (peer.name, BASE.name))
            ratio = done.per_s / base.per_s
            cells += [f"{done.per_s:.0f}/s ({ratio:.1f})", f"{done.cpu_us:.0f} µs"]
        yield _row(cells)
    base, told = figures.drained[BASE.name, 0.0], figures.different
    name = f"{POLLING.name}, every question another"
    ratio = told.per_s / base.per_s
    yield _row([name, f"{told.per_s:.0f}/s ({ratio:.1f})", f"{told.cpu_us:.0f} µs", "", ""])
    yield f"\n{STEADY}"
    for peer in figures.peers:
        even, back = figures.steady[peer.name], figures.recovery[peer.name]
        yield _row(
            [
                peer.name,
                f"{even.p50_ms:.0f} ms",
                f"{even.p99_ms:.0f} ms",
                f"{even.answered:.0%}",
                "not within 10 s" if back is None else f"{back:.2g} s",
            ]
        )
    yield f"\n{AWAY.format(for_s=figures.away_s)}"
    for peer in (POLLING, WEBHOOK):
        if peer.name in figures.away:
            gone = figures.away[peer.name]
            yield _row([peer.name, f"{gone.cpu_percent:.1f} %", f"{gone.answered} of {gone.asked}"])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
