"""Shebao Desk: a help desk for China's social security card that lives in a chat."""
