"""Channels: I/O at the edge. Each renders a Reply its own way."""
