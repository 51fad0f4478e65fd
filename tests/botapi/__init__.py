"""A strict local Bot API server, for tests and benchmarks.

No stand-in that exists runs today's python-telegram-bot, and none checks what Telegram checks. This
one refuses what Telegram refuses, in its words, over real HTTP.
"""

from tests.botapi.entities import Formatted, parsed, units
from tests.botapi.people import Channel, Group, Heard, Person
from tests.botapi.refusal import Refusal
from tests.botapi.server import TOKEN, USERNAME, BotApi, Call

__all__ = [
    "TOKEN",
    "USERNAME",
    "BotApi",
    "Call",
    "Channel",
    "Formatted",
    "Group",
    "Heard",
    "Person",
    "Refusal",
    "parsed",
    "units",
]
