"""PTB's bot on our transport, with the updates as they arrived, and nothing of it in a log."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import structlog
from telegram import Bot
from telegram.error import NetworkError

from bot.channels.telegram.form import Form
from bot.channels.telegram.request import AiohttpRequest, MethodUnknown

log: structlog.stdlib.BoundLogger = structlog.get_logger()

# Channel posts are left out: nobody asks there.
UPDATES = ("message", "edited_message", "callback_query", "inline_query")
BATCH = 100  # the most that getUpdates gives


class Api(Bot):
    """The Bot API at ``api_url``. Raises InvalidToken for an empty token, as PTB does."""

    def __init__(self, token: str, api_url: str) -> None:
        hush()
        super().__init__(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(pool_size=2),  # the poll, and the one that follows
        )
        self._unknown: set[str] = set()

    async def do(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """The method's result as JSON: to build PTB's Message of it costs 80 µs that nobody needs.

        Raises TelegramError; a method that the server does not know is logged the first time.
        """
        try:
            form: Any = Form(parameters)  # BaseRequest.post hands it on as it is
            return await self.request.post(f"{self.base_url}/{method}", form)
        except MethodUnknown:
            if method not in self._unknown:
                self._unknown.add(method)
                log.warning("telegram_method_unknown", method=method)
            raise

    async def raw_updates(self, offset: int | None, wait_s: int) -> list[dict[str, Any]]:
        """Up to a hundred updates from ``offset`` on, unparsed; waits ``wait_s`` for the first.

        ``get_updates`` parses all at once: one that is malformed would lose the other 99, and be
        fetched again for ever.
        """
        asked = {
            "offset": offset,
            "timeout": wait_s,
            "limit": BATCH,
            "allowed_updates": list(UPDATES),
        }
        read_s = wait_s + (self.request.read_timeout or 0)
        updates = await self._post("getUpdates", asked, read_timeout=read_s)
        if not isinstance(updates, list) or not all(has_id(each) for each in updates):
            raise NetworkError("Invalid server response")
        return updates


def has_id(update: object) -> bool:
    """Whether this is an update at all, however malformed otherwise."""
    return isinstance(update, dict) and type(update.get("update_id")) is int


def hush() -> None:
    """Keeps PTB's loggers at WARNING: below it they print the token, and what people typed."""
    logging.getLogger("telegram").setLevel(logging.WARNING)
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("telegram."):
            logging.getLogger(name).setLevel(logging.NOTSET)
