"""How fast the bot answers over Telegram, beside other bots, in one run on one machine."""
