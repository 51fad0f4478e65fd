"""Asking the desk, again where it breaks, and an apology where it breaks again and again."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import structlog

from bot.channels.answers import Offers
from bot.channels.telegram.intake import Asked
from bot.channels.telegram.keys import Link
from bot.channels.telegram.meter import Meter
from bot.channels.telegram.own import like
from bot.channels.telegram.render import Rendered, render
from bot.channels.telegram.spans import escaped
from bot.channels.telegram.underneath import IN_PRIVATE, Underneath, is_payload
from bot.content.model import Text
from bot.dialogue.privacy import mask
from bot.dialogue.turn import Reply

log: structlog.stdlib.BoundLogger = structlog.get_logger()

SORRY, FLOOD, PERSONAL, DELETE_IT = "sorry", "flood", "personal_matter", "private"
SPOKEN = (SORRY, FLOOD, PERSONAL, DELETE_IT)
PRIVATE = "private"  # no intent is called so: whoever comes this way is greeted
AGAIN_S = (0.05, 0.5)  # before each repetition of what broke; most that breaks, breaks for good


class Asking:
    """The desk as the bot asks it; ``words`` are the bot's own texts."""

    def __init__(
        self, desk: Offers, words: Mapping[str, Text], underneath: Underneath, meter: Meter
    ) -> None:
        self._desk = desk
        self._words = words
        self._underneath = underneath
        self._meter = meter

    async def answered(self, update_id: int, asked: Asked) -> tuple[Rendered, Reply | None]:
        """The desk's reply; an apology, and no reply, where it breaks again and again."""
        for again_s in (*AGAIN_S, None):
            try:
                if asked.personal:
                    return self._moved(asked), None
                reply = await self._desk.answer(asked.address.talk, asked.incoming)
                rendered = render(reply)
                below = self._underneath.rows(reply)
                rendered = replace(rendered, rows=(*rendered.rows, *below))
            except Exception as error:
                self.failed(update_id, error, last=again_s is None)
                if again_s is not None:
                    await asyncio.sleep(again_s)
            else:
                log.info(
                    "telegram_answered",
                    update=update_id,
                    chat=asked.address.chat_id,
                    outcome=reply.outcome,
                    intent=reply.intent,
                )
                return rendered, reply
        return self.own(SORRY, asked), None

    def own(self, key: str, asked: Asked) -> Rendered:
        """A text of the bot's own."""
        return Rendered((escaped(self._like(key, asked)),))

    def _moved(self, asked: Asked) -> Rendered:
        """The way into the private chat, and there to the answer; the talk here goes on as it was.

        Nothing is answered in the group: who reads along would learn what it was about.
        """
        keys = [DELETE_IT] if mask(asked.incoming.text).any else []
        text = "\n\n".join(self._like(key, asked) for key in (*keys, PERSONAL))
        found = self._desk.cards(asked.incoming)
        payload = found[0].id if found and is_payload(found[0].id) else PRIVATE
        link = Link(self._like(IN_PRIVATE, asked), self._underneath.link(payload))
        return Rendered((escaped(text),), ((link,),))

    def _like(self, key: str, asked: Asked) -> str:
        typed = asked.incoming.text or (asked.tap.label if asked.tap is not None else "")
        return like(self._words[key], typed, asked.lang)

    def failed(self, update_id: int, error: Exception, *, last: bool) -> None:
        """Logs where it broke: not the error's text, which may quote a person."""
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        self._meter.failure(type(error).__name__)
        log.error(
            "telegram_update_failed" if last else "telegram_update_tried_again",
            update=update_id,
            outcome=type(error).__name__,
            where=[f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames],
        )
