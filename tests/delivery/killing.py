"""The real program, ``python -m bot run``, killed and started again; who heard what."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import signal
import socket
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.botapi import BotApi, Person

ROOT = Path(__file__).parents[2]
# Articles tell the answers apart: the desk does not repeat what it is asked.
ARTICLE = re.compile(r"第(\d+)条|Article (\d+)")
ARTICLES = 60


@dataclass
class Program:
    """One ``python -m bot run`` after the other, with the same settings and the same database."""

    env: dict[str, str]
    process: asyncio.subprocess.Process | None = None
    starts: int = 0
    log: Path = field(default_factory=lambda: Path(os.devnull))

    async def __aenter__(self) -> Program:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leaves none behind, whatever became of the test."""
        if self.process is not None and self.process.returncode is None:
            await self.end(signal.SIGKILL)

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        self.starts += 1

    async def end(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return await self.process.wait()


def settings(api: BotApi, folder: Path, cache: Path, **more: str) -> dict[str, str]:
    """The environment of a program that talks to ``api`` and has no limits to keep."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHEBAO_")}
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        kept.pop(name, None)
    ours = {
        "SHEBAO_TELEGRAM_TOKEN": api.token,
        "SHEBAO_TELEGRAM_API_URL": api.url,
        "SHEBAO_CACHE": str(cache),
        "SHEBAO_DATABASE_URL": f"sqlite:///{folder}/desk.db",
        "SHEBAO_RATE_LIMIT": "0",
        **{f"SHEBAO_{name}": value for name, value in more.items()},
    }
    return {**kept, **ours}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def heard(person: Person) -> list[int]:
    """The articles that a person was told of, in order."""
    told = []
    for message in person._from_bot(0):
        found = ARTICLE.search(message["text"])
        told.append(int(found[1] or found[2]) if found else 0)
    return told


@dataclass(frozen=True)
class Count:
    """What became of all the questions."""

    never: int
    twice: int
    disordered: int

    @classmethod
    def of(cls, people: list[Person], each: int) -> Count:
        never = twice = disordered = 0
        for person in people:
            told = heard(person)
            times = Counter(told)
            never += sum(times[number] == 0 for number in range(1, each + 1))
            twice += sum(count - 1 for count in times.values())
            first = list(dict.fromkeys(told))
            disordered += sum(one > other for one, other in itertools.pairwise(first))
        return cls(never, twice, disordered)
