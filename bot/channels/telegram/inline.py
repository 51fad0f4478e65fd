"""Inline mode: ``@bot lost card`` in any chat shows answers as cards, to be sent there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import structlog
from telegram import InlineQuery
from telegram.error import BadRequest, TelegramError

from bot.channels.answers import Offers
from bot.channels.telegram.api import Api
from bot.channels.telegram.keys import Link, markup
from bot.channels.telegram.outbox import said_in_html
from bot.channels.telegram.own import like
from bot.channels.telegram.render import render
from bot.channels.telegram.request import MethodUnknown
from bot.channels.telegram.underneath import IN_PRIVATE, deep_link, is_payload
from bot.channels.telegram.unwrap import hint, traditional_hint
from bot.content.model import Text
from bot.dialogue.cards import Card
from bot.dialogue.turn import Heading, Incoming, Paragraph

log: structlog.stdlib.BoundLogger = structlog.get_logger()

START = "inline"  # no intent is called so: whoever comes this way is greeted
# An answer changes when the program starts anew or its review ends: minutes do not matter.
CACHED_S = 300
DESCRIPTION_LENGTH = 160  # two lines are shown


class Inline:
    """Not at-least-once: a query that is not answered within seconds is asked anew by typing on."""

    def __init__(
        self, desk: Offers, api: Api, words: Mapping[str, Text], today: Callable[[], date]
    ) -> None:
        self._desk = desk
        self._api = api
        self._words = words
        self._today = today

    async def answer(self, update_id: int, query: InlineQuery) -> None:
        """Shows the cards; what stops it is logged, and never what was typed."""
        lang, script = hint(query.from_user), traditional_hint(query.from_user)
        incoming = Incoming(query.query, self._today(), lang_hint=lang, traditional_hint=script)
        first_page = not query.offset
        cards = self._desk.cards(incoming) if first_page else ()
        label = like(self._words[IN_PRIVATE], query.query, lang)
        shown = {
            "inline_query_id": query.id,
            "results": [self._result(card, label) for card in cards],
            "cache_time": CACHED_S,
            "is_personal": True,  # the language of who types decides where the words do not
            "button": {"text": label, "start_parameter": START},
        }
        try:
            await self._api.do("answerInlineQuery", shown)
        except BadRequest:
            log.info("telegram_inline_too_late", update=update_id)
        except MethodUnknown:
            pass  # said once, by the API itself
        except TelegramError as error:
            log.warning("telegram_inline_unseen", update=update_id, outcome=type(error).__name__)
        else:
            log.info("telegram_inline", update=update_id, cards=[card.id for card in cards])

    def _result(self, card: Card, label: str) -> dict[str, Any]:
        """The whole answer where it is one message, else its beginning; and the way to us."""
        parts = render(replace(card.reply, buttons=())).parts
        if len(parts) > 1:
            short = (Heading(card.title), Paragraph(card.lead))
            parts = render(replace(card.reply, blocks=short, buttons=())).parts
        payload = card.id if is_payload(card.id) else START
        link = Link(label, deep_link(self._api.bot.username or "", payload))
        return {
            "type": "article",
            "id": card.id,
            "title": card.title,
            "description": card.lead[:DESCRIPTION_LENGTH],
            "input_message_content": content(parts[0]),
            "reply_markup": markup(((link,),)),
        }


def content(html: str) -> dict[str, Any]:
    """A text as the message that a card becomes."""
    said = said_in_html(html)
    return {"message_text": said.pop("text"), **said}
