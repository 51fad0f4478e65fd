"""The Telegram channel: updates in, messages with buttons out."""

from bot.channels.telegram.bot import API_URL, TelegramBot
from bot.channels.telegram.polling import run_polling
from bot.channels.telegram.refused import TelegramRefused

__all__ = ["API_URL", "TelegramBot", "TelegramRefused", "run_polling"]
