"""One bot in its own process against the API in ours: throughput, latency, recovery, idling."""

from __future__ import annotations

import asyncio
import contextlib
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.telegram.api import Api
from benchmarks.telegram.plan import QUESTIONS, ROOT, Peer

TICKS = os.sysconf("SC_CLK_TCK")
STEADY_PER_S, STEADY_S = 200, 6.0
BACKLOG, RECOVERY_S, STRETCH_S = 600, 10.0, 0.25
BACK_MS = 20.0  # above the median of a steady load: back to it, but for chance


@dataclass(frozen=True)
class Drained:
    per_s: float
    cpu_us: float

    @classmethod
    def middle(cls, runs: Sequence[Drained]) -> Drained:
        """The median of both figures."""
        return cls(
            statistics.median(run.per_s for run in runs),
            statistics.median(run.cpu_us for run in runs),
        )


@dataclass(frozen=True)
class Steady:
    p50_ms: float
    p99_ms: float
    answered: float  # of those asked, 0 to 1


@dataclass(frozen=True)
class Away:
    cpu_percent: float
    answered: int
    asked: int


@dataclass
class Running:
    api: Api
    process: asyncio.subprocess.Process

    @property
    def cpu_s(self) -> float:
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / TICKS

    async def answered(self, count: int, within_s: float) -> bool:
        """Whether so many replies have come."""
        end = time.perf_counter() + within_s
        while len(self.api.waits_s) < count and time.perf_counter() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.002)
        return len(self.api.waits_s) >= count


@contextlib.asynccontextmanager
async def running(peer: Peer, latency_s: float) -> AsyncIterator[Running]:
    """The bot, once it has answered its first message; its log goes nowhere."""
    api = Api()
    await api.start()
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            peer.python,
            *peer.command,
            cwd=ROOT,
            env=peer.env(api, Path(folder)),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await asyncio.wait_for(api.connected.wait(), 60)
            bot = Running(api, process)
            for number, question in enumerate(QUESTIONS):  # each path once: what is lazy is loaded
                api.says(number + 1, question)
            assert await bot.answered(len(QUESTIONS), 20), f"{peer.name} does not answer"
            api.waits_s.clear()
            api.latency_s = latency_s
            await asyncio.sleep(0.3)
            yield bot
        finally:
            process.kill()
            await process.wait()
            await api.end()


async def drain(peer: Peer, latency_s: float, texts: Sequence[str]) -> Drained:
    """A backlog: each text of another person."""
    async with running(peer, latency_s) as bot:
        cpu_s, began = bot.cpu_s, time.perf_counter()
        for number, text in enumerate(texts):
            bot.api.says(1000 + number, text)
        await bot.answered(len(texts), 30)
        took_s, done = time.perf_counter() - began, len(bot.api.waits_s)
        await asyncio.sleep(0.1)  # what is written behind counts too
        return Drained(done / took_s, (bot.cpu_s - cpu_s) / max(1, done) * 1e6)


async def steady(peer: Peer, latency_s: float) -> Steady:
    """200 messages a second of as many people."""
    async with running(peer, latency_s) as bot:
        asked = await _ask(bot.api, STEADY_S)
        await bot.answered(asked, 3)
        waits = sorted(bot.api.waits_s) or [float("inf")]
        p99 = waits[min(len(waits) - 1, int(len(waits) * 0.99))]
        return Steady(statistics.median(waits) * 1000, p99 * 1000, len(bot.api.waits_s) / asked)


async def recovery(peer: Peer, latency_s: float, p50_ms: float) -> float | None:
    """200 a second on top of a backlog of 600: seconds until the median is back for good.

    None where it is not within ten.
    """
    async with running(peer, latency_s) as bot:
        api = bot.api
        api.answered.clear()
        for number in range(BACKLOG):
            api.says(1000 + number, QUESTIONS[number % len(QUESTIONS)])
        began = time.perf_counter()
        asked = BACKLOG + await _ask(api, RECOVERY_S)
        await bot.answered(asked, 3)
        stretches: dict[int, list[float]] = {}
        for at, wait_s in api.answered:
            if at >= began:
                stretches.setdefault(int((at - began) / STRETCH_S), []).append(wait_s * 1000)
        back = int(RECOVERY_S / STRETCH_S)
        while back and statistics.median(stretches.get(back - 1, [1e9])) < p50_ms + BACK_MS:
            back -= 1
        return back * STRETCH_S if back < RECOVERY_S / STRETCH_S else None


async def _ask(api: Api, for_s: float) -> int:
    began, asked = time.perf_counter(), 0
    while (passed := time.perf_counter() - began) < for_s:
        while asked < passed * STEADY_PER_S:
            api.says(5000 + asked % STEADY_PER_S, QUESTIONS[asked % len(QUESTIONS)])
            asked += 1
        await asyncio.sleep(0.001)
    return asked


async def away(peer: Peer, for_s: float, count: int = 300) -> Away:
    """The API goes down with messages in hand."""
    async with running(peer, 0.05) as bot:
        for number in range(count):
            bot.api.says(1000 + number, QUESTIONS[number % len(QUESTIONS)])
        await asyncio.sleep(0.12)
        await bot.api.stop()
        await asyncio.sleep(1)  # what was fetched is thought about
        cpu_s = bot.cpu_s
        await asyncio.sleep(for_s)
        used = (bot.cpu_s - cpu_s) / for_s * 100
        await bot.api.start()
        await bot.answered(count, 40)
        return Away(used, len(bot.api.waits_s), count)
