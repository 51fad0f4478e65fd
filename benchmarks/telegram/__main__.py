"""``python -m benchmarks.telegram``: all of it, some eight minutes; writes the page into docs/."""

from __future__ import annotations

import argparse
import asyncio
import itertools
import logging
import subprocess
import sys

from benchmarks.telegram.measure import Drained, away, drain, recovery, steady
from benchmarks.telegram.page import Figures, page
from benchmarks.telegram.plan import BASE, PEERS, POLLING, QUESTIONS, ROOT, WEBHOOK, different

DOC = ROOT / "docs" / "benchmarks-telegram.md"
FAR_S = 0.05
ROUNDS, MESSAGES, SLOW = 2, 600, 60  # SLOW: where one message after the other takes 50 ms


async def measured(quick: bool) -> Figures:
    """Each bot in turn, all of it again and again: the machine's moods hit them alike."""
    figures = Figures(peers=[peer for peer in PEERS if peer.here])
    rounds, count = (1, 300) if quick else (ROUNDS, MESSAGES)
    asked = list(itertools.islice(itertools.cycle(QUESTIONS), count))
    runs: dict[tuple[str, float], list[Drained]] = {}
    for latency_s in (0.0, FAR_S):
        for _ in range(rounds):
            for peer in figures.peers:
                slow = latency_s and peer == BASE
                run = await drain(peer, latency_s, asked[:SLOW] if slow else asked)
                runs.setdefault((peer.name, latency_s), []).append(run)
                say(f"{peer.name}, {latency_s * 1000:.0f} ms: {run}")
    figures.drained = {each: Drained.middle(done) for each, done in runs.items()}
    figures.different = await drain(POLLING, 0.0, different(count))
    say(f"all different: {figures.different}")
    for peer in figures.peers:
        even = figures.steady[peer.name] = await steady(peer, FAR_S)
        back = figures.recovery[peer.name] = await recovery(peer, FAR_S, even.p50_ms)
        say(f"{peer.name}: {even}, back after {back} s")
    figures.away_s = 10.0 if quick else 60.0
    ours = [peer for peer in (POLLING, WEBHOOK) if peer in figures.peers]
    for peer, gone in zip(
        ours, await asyncio.gather(*(away(peer, figures.away_s) for peer in ours)), strict=True
    ):
        figures.away[peer.name] = gone
        say(f"{peer.name}: {gone}")
    return figures


def say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, smaller; for trying out")
    quick = parser.parse_args().quick
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # bots are killed in mid-call
    ask = [sys.executable, "-m", "bot", "ask", "hello"]  # the matcher is fitted beforehand
    subprocess.run(ask, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    DOC.write_text(page(asyncio.run(measured(quick))), encoding="utf-8")
    say(f"written: {DOC.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
