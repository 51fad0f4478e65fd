"""What is run: the bots, and the questions that they are asked."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.telegram.api import TOKEN, Api

ROOT = Path(__file__).parents[2]
BOTS = Path(__file__).parent / "bots"

# What people ask; each is answered in one message, so that a reply is a reply for every bot.
QUESTIONS = (
    "社保卡丢了怎么办",
    "/law 26",
    "is the card a bank card too?",
    "hello",
    "what is the number of the hotline?",
    "我想改社保卡密码",
)


def different(count: int) -> list[str]:
    """As many questions that are all different, from the lists that the desk is measured on."""
    files = sorted((ROOT / "tests" / "questions").glob("*.??.yaml"))
    listed = [yaml.safe_load(file.read_text("utf-8"))["questions"] for file in files]
    texts = dict.fromkeys(each["text"] for questions in listed for each in questions)
    return list(itertools.islice(texts, count))


@dataclass(frozen=True)
class Peer:
    """A bot as a command of ``python``, which is skipped where that lacks the module it needs."""

    name: str
    command: tuple[str, ...]
    webhook: bool = False
    needs: str = "telegram"
    python: str = sys.executable

    @property
    def here(self) -> bool:
        asks = [self.python, "-c", f"import {self.needs}"]
        return Path(self.python).exists() and not subprocess.run(asks, check=False).returncode

    def env(self, api: Api, folder: Path) -> dict[str, str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        ours = {
            "SHEBAO_TELEGRAM_TOKEN": TOKEN,
            "SHEBAO_TELEGRAM_API_URL": api.url,
            "SHEBAO_DATABASE_URL": f"sqlite:///{folder}/desk.db",
            "SHEBAO_RATE_LIMIT": "0",
            "SHEBAO_MODE": "webhook" if self.webhook else "polling",
            "SHEBAO_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
            "SHEBAO_LISTEN": f"127.0.0.1:{port}",
        }
        return {**os.environ, **ours, "TOKEN": TOKEN, "API_URL": api.url}


OURS = ("-m", "bot", "run")
POLLING = Peer("**this bot, polling**", OURS)
WEBHOOK = Peer("**this bot, webhook**", OURS, webhook=True, needs="starlette")
BASE = Peer("PTB echo, defaults", (str(BOTS / "ptb_echo.py"),))
PEERS = (
    BASE,
    Peer("PTB echo, concurrent_updates(256)", (str(BOTS / "ptb_echo.py"), "concurrent")),
    Peer(
        "aiogram echo, uvloop",
        (str(BOTS / "aiogram_echo.py"),),
        needs="aiogram",
        python=str(BOTS / ".venv" / "bin" / "python"),  # see the Makefile
    ),
    Peer("aiohttp alone, nothing kept", (str(BOTS / "bare_echo.py"),)),
    POLLING,
    WEBHOOK,
)
