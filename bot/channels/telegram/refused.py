"""The one start that no retry mends."""

from __future__ import annotations


class TelegramRefused(Exception):  # noqa: N818  # what happened, in the operator's words
    """The Bot API does not take the token; the message names the variable to check."""

    def __init__(self, *, own_server: bool) -> None:
        where = ", and SHEBAO_TELEGRAM_API_URL, where it was sent" if own_server else ""
        super().__init__(
            "Telegram refused the bot's token: check SHEBAO_TELEGRAM_TOKEN, which @BotFather"
            f" shows under /token{where}"
        )
