"""What outlives a restart: sessions, and what was answered. Never a person's words.

Import from the modules: ``store`` loads SQLAlchemy, which no command but ``run`` needs.
"""
