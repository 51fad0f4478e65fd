"""``python -m benchmarks.telegram``: all of it, some five minutes; writes the table into docs/."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.telegram.measure import Drained, away, drain, steady
from benchmarks.telegram.plan import PEERS, ROOT

DOC = ROOT / "docs" / "benchmarks-telegram.md"
BASE = PEERS[0].name
INTRODUCTION = """\
Measured on {day} by `python -m benchmarks.telegram` in one run on {cores} cores, Python {python},
against a Bot API stand-in that answers at once (0 ms) or after 50 ms, also to getUpdates. Ratios
matter, single figures do not. The others echo; this bot understands real questions, renders their
answers and stores the sessions, with its limits lifted (`SHEBAO_RATE_LIMIT=0`)."""


async def report(quick: bool) -> Iterator[str]:
    """The lines of the document."""
    peers = [peer for peer in PEERS if peer.here]
    lines = [
        "# Telegram: how fast",
        "",
        INTRODUCTION.format(
            day=datetime.now(UTC).date(), cores=os.cpu_count(), python=platform.python_version()
        ),
        "",
        "## A backlog drained",
        "",
        "| bot | 0 ms | CPU per update | 50 ms |",
        "| --- | --- | --- | --- |",
    ]
    base: dict[float, Drained] = {}
    for peer in peers:
        figures = {}
        for latency_s in (0.0, 0.05):
            slow = latency_s and peer.name == BASE
            count = 100 if slow else 600 if quick else 2000
            figures[latency_s] = await drain(peer, latency_s, count)
            base.setdefault(latency_s, figures[latency_s])
            say(f"{peer.name}: {figures[latency_s]}")
        at_once, far = (
            f"{figures[each].per_s:.0f}/s ({figures[each].per_s / base[each].per_s:.1f})"
            for each in (0.0, 0.05)
        )
        lines.append(f"| {peer.name} | {at_once} | {figures[0.0].cpu_us:.0f} µs | {far} |")
    lines += [
        "",
        "## 200 messages a second, 50 ms",
        "",
        "From a message to its reply. After a backlog of 600: the same, eight seconds later.",
        "",
        "| bot | p50 | p99 | answered | p50 after a backlog | answered |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for peer in peers:
        even, after = await steady(peer, 0.05), await steady(peer, 0.05, backlog=600)
        say(f"{peer.name}: {even}, {after}")
        lines.append(
            f"| {peer.name} | {even.p50_ms:.0f} ms | {even.p99_ms:.0f} ms | {even.answered:.0%} |"
            f" {after.p50_ms:.0f} ms | {after.answered:.0%} |"
        )
    lines += ["", "## The API is down, with 300 messages waiting", ""]
    for_s = 10.0 if quick else 60.0
    for peer in (peer for peer in peers if peer.command[-1] == "run" and not peer.webhook):
        used, answered = await away(peer, for_s)
        say(f"{peer.name}: {used:.1f} % CPU, {answered} answered afterwards")
        lines.append(
            f"{peer.name}: {used:.1f} % of a core during {for_s:.0f} s; {answered} of 300 answered"
            " once it was back."
        )
    return iter(lines)


def say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller and shorter")
    quick = parser.parse_args().quick
    lines = asyncio.run(report(quick))
    DOC.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say(f"written: {DOC.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
