"""What is run: the bots, and the questions that they are asked."""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True)
class Peer:
    """A bot as a command; ``needs`` is the module without which it is skipped."""

    name: str
    command: tuple[str, ...]
    webhook: bool = False
    needs: str = "telegram"

    @property
    def here(self) -> bool:
        return importlib.util.find_spec(self.needs) is not None

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
PEERS = (
    Peer("PTB echo, defaults", (str(BOTS / "ptb_echo.py"),)),
    Peer("PTB echo, concurrent_updates(256)", (str(BOTS / "ptb_echo.py"), "concurrent")),
    Peer("aiogram echo, uvloop", (str(BOTS / "aiogram_echo.py"),), needs="aiogram"),
    Peer("**this bot, polling**", OURS),
    Peer("**this bot, webhook**", OURS, webhook=True, needs="starlette"),
)
PYTHON = sys.executable
