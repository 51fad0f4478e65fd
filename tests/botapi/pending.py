"""Updates that wait for the bot: long polling as the real server does it."""

from __future__ import annotations

import asyncio
import copy
from typing import Any

from tests.botapi.refusal import Refusal, bad_request

# Everything else must be asked for by name.
DEFAULT = {"message", "edited_message", "channel_post", "edited_channel_post", "callback_query"}


class Pending:
    """The queue of one bot. A second poller ends the first one's wait with 409."""

    def __init__(self, first_id: int = 1000) -> None:
        self._next_id = first_id
        self._updates: list[dict[str, Any]] = []
        self._allowed = DEFAULT
        self._arrived = asyncio.Event()
        self._poller = 0
        self.moved = asyncio.Event()  # something came or went
        self.webhook = ""

    def __len__(self) -> int:
        return len(self._updates)

    @property
    def polled(self) -> int:
        """How many getUpdates have come in."""
        return self._poller

    def push(self, kind: str, content: Any) -> int | None:
        """Queues an update; None where the bot has not asked for its kind."""
        if kind not in self._allowed:
            return None
        update_id = self._next_id
        self._next_id += 1
        self.push_raw({"update_id": update_id, kind: copy.deepcopy(content)})
        return update_id

    def push_raw(self, update: dict[str, Any]) -> None:
        """Queues an update as it is, however malformed."""
        self._next_id = max(self._next_id, int(update["update_id"]) + 1)
        self._updates.append(update)
        self._arrived.set()
        self.moved.set()

    def allow(self, kinds: Any) -> None:
        """What is queued from now on. Raises Refusal."""
        if not isinstance(kinds, list):
            raise bad_request("can't parse allowed_updates JSON object")
        self._allowed = set(kinds) or DEFAULT

    def waiting(self) -> list[dict[str, Any]]:
        """What is to be pushed, oldest first."""
        return list(self._updates)

    def done(self, update_id: int) -> None:
        """A webhook has taken it."""
        self._updates = [each for each in self._updates if each["update_id"] != update_id]
        self.moved.set()

    async def get(
        self, offset: int, limit: int, timeout_s: float, allowed: Any
    ) -> list[dict[str, Any]]:
        """What getUpdates gives. Raises Refusal 409 where someone else polls, or a webhook is set.

        ``allowed`` holds from now on and does not touch what is already queued.
        """
        if self.webhook:
            raise _conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook"
                " to delete the webhook first"
            )
        if not 1 <= limit <= 100:
            raise bad_request("limit must be between 1 and 100")
        if allowed is not None:
            self.allow(allowed)
        self._poller += 1
        me = self._poller
        self._arrived.set()  # whoever waits looks again, and finds that it is not alone
        if offset < 0:
            self._updates = self._updates[offset:]
        elif offset:
            self._updates = [each for each in self._updates if each["update_id"] >= offset]
        end = asyncio.get_running_loop().time() + timeout_s
        while not self._updates:
            self._arrived.clear()
            left_s = end - asyncio.get_running_loop().time()
            if left_s <= 0:
                break
            try:
                await asyncio.wait_for(self._arrived.wait(), left_s)
            except TimeoutError:
                break
            if me != self._poller:
                raise _conflict(
                    "terminated by other getUpdates request; make sure that only one"
                    " bot instance is running"
                )
        return self._updates[:limit]


def _conflict(why: str) -> Refusal:
    return Refusal(409, f"Conflict: {why}")
