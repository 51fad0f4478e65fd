"""python-telegram-bot's echo bot; ``concurrent`` as an argument: 256 updates at once."""

import os
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


builder = Application.builder().token(os.environ["TOKEN"]).base_url(f"{os.environ['API_URL']}/bot")
if "concurrent" in sys.argv:
    builder.concurrent_updates(256)
application = builder.build()
application.add_handler(MessageHandler(filters.TEXT, echo))
application.run_polling()
