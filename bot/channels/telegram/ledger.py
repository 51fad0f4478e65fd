"""Which updates have been fetched, which of them handled, and what Telegram may forget. Pure."""

from __future__ import annotations

WINDOW = 100  # getUpdates gives no more past the first that has not been confirmed


class Ledger:
    """The offset moves only past updates that are handled, all of them.

    Updates are kept in the order in which they came, not of their ids: after a week without any,
    Telegram begins anywhere.
    """

    def __init__(self) -> None:
        self._handled: dict[int, bool] = {}
        self._offset: int | None = None
        self._passed: dict[int, None] = {}  # of late: a poll that was on its way brings them again

    @property
    def offset(self) -> int | None:
        """What getUpdates is to ask for: the first that is not handled, None at the start."""
        return next(iter(self._handled), self._offset)

    @property
    def open(self) -> int:
        """How many have been fetched and cannot be confirmed yet."""
        return len(self._handled)

    def fetched(self, update_id: int) -> bool:
        """Notes an update; False for one that is in hand, or just was."""
        if update_id in self._handled or update_id in self._passed:
            return False
        self._handled[update_id] = False
        return True

    def handled(self, update_id: int) -> None:
        """Notes that an update is done with, and moves the offset as far as that allows."""
        self._handled[update_id] = True
        for first in list(self._handled):
            if not self._handled[first]:
                break
            del self._handled[first]
            self._passed[first] = None
            if len(self._passed) > 2 * WINDOW:
                del self._passed[next(iter(self._passed))]
            self._offset = first + 1
