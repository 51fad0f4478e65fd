"""The composition root: content and settings in, a desk out, which every channel talks to."""

from __future__ import annotations

from bot.cache import fitted
from bot.content.library import IntentSet, Library
from bot.content.load import load
from bot.dialogue.cards import Card, Cards
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.privacy import mask
from bot.dialogue.turn import Incoming, Reply
from bot.matching.fit import Progress, quiet
from bot.matching.matcher import Matcher, Verdict
from bot.settings import Settings
from bot.storage.sessions import MemorySessions, Sessions

_TALKS = 20_000  # kept in memory, the longest silent forgotten first; a session is about 1 KB


class Desk:
    """Answers for every talk; ``sessions`` keeps what is remembered, memory where none is given."""

    def __init__(
        self, library: Library, matcher: Matcher, sessions: Sessions | None = None
    ) -> None:
        self.library = library
        self.matcher = matcher
        self._dialogue = Dialogue(library, matcher)
        self._cards = Cards(library, matcher)
        self._sessions = sessions if sessions is not None else MemorySessions(_TALKS)

    async def answer(self, talk: str, incoming: Incoming) -> Reply:
        """The reply to ``incoming`` in the talk named ``talk``; never raises."""
        session = await self._sessions.get(talk)
        after, reply = self._dialogue.turn(session, incoming)
        await self._sessions.put(talk, after)
        return reply

    def cards(self, incoming: Incoming) -> tuple[Card, ...]:
        """Answers to choose from, in no talk; never raises."""
        return self._cards.found(incoming)

    def judge(self, text: str) -> Verdict:
        """What the matcher makes of ``text``, personal numbers taken out first."""
        return self.matcher.judge(mask(text).text)


def matcher_for(intents: IntentSet, settings: Settings, progress: Progress = quiet) -> Matcher:
    """A matcher for any intents, without acts to look articles up in."""
    return Matcher(intents, fitted(intents, settings.cache, progress))


def open_desk(
    settings: Settings, progress: Progress = quiet, sessions: Sessions | None = None
) -> Desk:
    """A desk over the content that ``settings`` name; raises ContentError on any problem in it."""
    library = load(settings.content)
    acts = {name: (*act.names.en, *act.names.zh) for name, act in library.acts.items()}
    known = fitted(library.intent_set, settings.cache, progress)
    return Desk(library, Matcher(library.intent_set, known, acts), sessions)
