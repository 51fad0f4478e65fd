"""Answers as cards to choose from while one types, in no talk: Telegram's inline mode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.content.library import Library
from bot.dialogue import speech
from bot.dialogue.privacy import mask
from bot.dialogue.replies import Replies
from bot.dialogue.script import in_traditional
from bot.dialogue.turn import Heading, Incoming, Paragraph, Reply, Session
from bot.matching.matcher import Matcher, Verdict
from bot.matching.outcome import Sure, Torn

_MOST = 5  # what a phone shows above its keyboard
# Below the answer itself, what else it may be; half as probable again is no suggestion any more.
_ALSO = 0.05


@dataclass(frozen=True, slots=True)
class Card:
    """``id`` is the intent's, or act and number of an article; ``reply`` is its whole answer."""

    id: str
    title: str
    lead: str
    reply: Reply


class Cards:
    """Cards from a library; nothing is remembered of who asks."""

    def __init__(self, library: Library, matcher: Matcher) -> None:
        self._library = library
        self._matcher = matcher
        self._replies = Replies(library)

    def found(self, incoming: Incoming) -> tuple[Card, ...]:
        """What the text so far may ask for, best first; for no text, where people begin.

        Nothing where the desk would say that it does not know. Never raises.
        """
        typed = incoming.text.encode("utf-8", "replace").decode()
        session = Session(incoming.lang_hint or "en", traditional=incoming.traditional_hint)
        if not typed.strip():
            return tuple(self._card(session, incoming, name) for name in self._beginning())
        verdict = self._matcher.judge(mask(typed).text)
        session = speech.follow(session, typed, verdict)
        cards = []
        if isinstance(verdict.match, Sure) and verdict.match.article in self._library.articles:
            cards.append(self._article(session, verdict.match.article or ""))
        cards += [self._card(session, incoming, name) for name in self._fitting(verdict)]
        return tuple(cards[:_MOST])

    def _fitting(self, verdict: Verdict) -> Iterator[str]:
        """The intents, small talk left out: nobody sends a greeting as a card."""
        match verdict.match:
            case Sure(best):
                others = [each for each in verdict.ranked if each.score >= _ALSO]
                found = dict.fromkeys([best.intent, *(each.intent for each in others)])
            case Torn(candidates):
                found = dict.fromkeys(each.intent for each in candidates)
            case _:
                found = {}
        groups = self._library.intent_set.groups
        return (name for name in found if groups[name] != "meta")

    def _beginning(self) -> tuple[str, ...]:
        """What the greeting has under it; small content may have none."""
        intents, groups = self._library.intent_set.intents, self._library.intent_set.groups
        home = intents.get("greeting")
        names = self._library.answers[home.answer_id].next if home else ()
        return tuple(name for name in names if groups[name] != "meta")

    def _card(self, session: Session, incoming: Incoming, intent: str) -> Card:
        _, reply = self._replies.answered(session, incoming, intent)
        return _as_card(intent, session, reply)

    def _article(self, session: Session, article: str) -> Card:
        _, reply = self._replies.article(session, article)
        return _as_card(article, session, reply)


def _as_card(name: str, session: Session, reply: Reply) -> Card:
    if session.traditional and reply.lang == "zh":
        reply = replace(in_traditional(reply), traditional=True)
    title = next((each.text for each in reply.blocks if isinstance(each, Heading)), name)
    lead = next((each.text for each in reply.blocks if isinstance(each, Paragraph)), "")
    return Card(name, title, lead, reply)
