"""What is said: each method gives the session afterwards and a reply."""

from __future__ import annotations

from dataclasses import replace

from bot.content.library import Library
from bot.dialogue import followup, quick, where
from bot.dialogue.compose import citation, noted
from bot.dialogue.places import Heard
from bot.dialogue.told import Told
from bot.dialogue.turn import Block, Button, Incoming, Listing, Paragraph, Reply, Session
from bot.dialogue.words import Words
from bot.matching.outcome import Candidate, Lost, Reason

_OTHERS = 3  # offered after an answer that did not help, and "None of these"
_MISSES = 2  # in a row, until a person is recommended

Turn = tuple[Session, Reply]


class Replies:
    """Replies from a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._told = Told(library)

    def words(self, session: Session) -> Words:
        """The bot's own words in the language of the talk."""
        return Words(self._library, session.lang)

    @staticmethod
    def say(words: Words, text: str, buttons: tuple[Button, ...] = ()) -> Reply:
        """One paragraph."""
        return Reply(words.lang, (Paragraph(text),), buttons)

    def noted(self, reply: Reply, key: str, **blanks: object) -> Reply:
        """``reply`` with a note before it."""
        return noted(self._library, reply, key, **blanks)

    def offer(self, session: Session, candidates: tuple[Candidate, ...]) -> Turn:
        """A choice of intents, or whether the one is meant."""
        words = self.words(session)
        text = words("torn" if len(candidates) > 1 else "maybe")
        buttons = quick.choices(self._library, words, [one.intent for one in candidates])
        best = candidates[0]
        return session, Reply(
            words.lang, (Paragraph(text),), buttons, "asked", best.intent, best.score, candidates
        )

    def lost(self, session: Session, lost: Lost) -> Turn:
        """Why nothing is answered, and whom to ask; a person after the second miss in a row."""
        words = self.words(session)
        # "not about the card" is an answer of a kind: only not understanding counts as a miss
        missed = 0 if lost.reason is Reason.FOREIGN else session.misses + 1
        match lost.reason:
            case Reason.FOREIGN if lost.refer:
                advice = words.of(self._library.referrals[lost.refer].advice)
                text = words("foreign", advice=advice)
            case Reason.FOREIGN:
                text = words("foreign_unknown")
            case Reason.EMPTY:
                text = words("nothing_said")
            case Reason.OTHER_LANGUAGE:
                text = words("other_language")
            case Reason.UNLIKE:
                text = words("unlike")
        blocks: list[Block] = [Paragraph(text)]
        if missed >= _MISSES:
            blocks.append(Paragraph(words("second_miss")))
        buttons = quick.groups(self._library, words)
        reply = Reply(words.lang, tuple(blocks), buttons, "declined")
        if lost.best:
            reply = replace(reply, intent=lost.best.intent, score=lost.best.score)
        return replace(session, misses=missed), reply

    def not_meant(self, session: Session) -> Turn:
        """What else may have been meant, after an answer to something else."""
        intents = self._library.intent_set.intents
        confused: tuple[str, ...] = ()
        if session.topic is not None and session.topic in intents:
            confused = self._library.answers[intents[session.topic].answer_id].not_to_be_confused
        names = [
            name
            for name in dict.fromkeys((*session.others, *confused))
            if name in intents and name != session.topic
        ][:4]
        # What was not meant is no topic for the next question to lean on.
        session = replace(session, topic=None, case=None)
        words = self.words(session)
        if not names:
            return session, self.say(words, words("rephrase"), quick.groups(self._library, words))
        buttons = quick.choices(self._library, words, names)
        return session, self.say(words, words("other_choices"), buttons)

    def rated(self, session: Session, intent: str, *, helped: bool) -> Turn:
        """Thanks; where it did not help, whom to call and what else there is."""
        words = self.words(session)
        if helped:  # nothing new to choose from: what was shown can still be typed
            thanks = self.say(words, words("feedback_thanks"), session.buttons)
            return session, replace(thanks, intent=intent)
        intents = self._library.intent_set.intents
        answer = self._library.answers[intents[intent].answer_id]
        names = dict.fromkeys((*session.others, *answer.not_to_be_confused, *answer.next))
        others = [name for name in names if name in intents and name != intent][:_OTHERS]
        blocks = (Paragraph(words("feedback_sorry")), Paragraph(words("second_miss")))
        buttons = (
            quick.choices(self._library, words, others)
            if others
            else quick.groups(self._library, words)
        )
        return session, Reply(words.lang, blocks, buttons, intent=intent)

    def answered(
        self,
        session: Session,
        incoming: Incoming,
        intent: str,
        *,
        case: str | None = None,
        also: list[str] | None = None,
        part: followup.Facet | None = None,
    ) -> Turn:
        """An answer, one ``case`` of it or one ``part``; ``also``: what else was asked."""
        reply = self._told.answer(
            session.lang, intent, case, part, tuple(also or ()), session.place, incoming.today
        )
        small_talk = self._library.intent_set.groups[intent] == "meta"
        if small_talk:  # a thank-you between two questions does not end the topic
            return replace(session, misses=0), reply
        return replace(session, topic=intent, case=case, misses=0), reply

    def article(self, session: Session, article: str) -> Turn:
        """A law article, and the answers that rest on it."""
        return replace(session, misses=0), self._told.article(session.lang, article)

    def articles(self, session: Session, articles: list[str]) -> Turn:
        """The article that was looked for by what it is about, or which ones it may be."""
        if len(articles) == 1:
            return self.article(session, articles[0])
        words = self.words(session)
        titles = tuple(citation(self._library, words, one).title for one in articles)
        listing = Listing(titles, "bullets", words("articles_found"))
        buttons = quick.articles(self._library, words, articles)
        return replace(session, misses=0), Reply(words.lang, (listing,), buttons, "asked")

    def no_article(self, session: Session, article: str) -> Turn:
        """That an article is not here, and where it is."""
        words = self.words(session)
        act, number = article.split("/")
        text = words("no_article", act=words.of(self._library.acts[act].title), number=number)
        reply = self.say(words, text, quick.groups(self._library, words))
        return session, replace(reply, outcome="declined")

    def placed(self, session: Session, incoming: Incoming) -> Turn:
        """What follows once the place was said: the last answer again, with what holds there."""
        library, words, place = self._library, self.words(session), session.place
        if place is None or place not in library.regions:
            return session, where.unknown(library, words)
        if session.topic is None or session.topic not in library.intent_set.intents:
            return session, where.known(library, words, place)
        after, reply = self.answered(session, incoming, session.topic, case=session.case)
        reply = where.owned_up(library, after, reply, Heard(place, named=True))
        return after, self.noted(reply, "place_set", place=words.of(library.regions[place].name))

    def none_of_these(self, session: Session) -> Turn:
        """After a choice in which nothing fitted."""
        words = self.words(session)
        missed = session.misses + 1
        blocks: tuple[Block, ...] = (Paragraph(words("rephrase")),)
        if missed >= _MISSES:
            blocks += (Paragraph(words("second_miss")),)
        buttons = quick.groups(self._library, words)
        return replace(session, misses=missed), Reply(words.lang, blocks, buttons)
