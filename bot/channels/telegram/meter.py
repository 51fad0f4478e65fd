"""What is counted: a protocol, so that prometheus-client stays an extra."""

from __future__ import annotations

from typing import Protocol


class Meter(Protocol):
    """Numbers and outcomes only: no chat, no update id, no word."""

    def update(self, outcome: str, seconds: float) -> None:
        """An update was done with, so many seconds after it came."""

    def failure(self, kind: str) -> None:
        """Something broke: the name of the error."""


class NoMeter:
    """Counts nothing."""

    def update(self, outcome: str, seconds: float) -> None:
        """Nothing."""

    def failure(self, kind: str) -> None:
        """Nothing."""
