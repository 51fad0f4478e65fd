"""A content folder without small talk, law or groups with names still makes a desk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.library import Library
from bot.dialogue.dialogue import Dialogue
from bot.matching.fit import fit
from bot.matching.matcher import Matcher
from tests.dialogue import personal
from tests.dialogue.talking import Talk, complaints, words_of

KEPT = ("cancel_howto", "report_loss", "pin_password")


@pytest.fixture(scope="module")
def small(library: Library) -> Library:
    """Three intents of the real content, each in a group without a name."""
    known = library.intent_set
    intents = {
        name: known.intents[name].model_copy(
            update={
                "phrases": known.intents[name].phrases.model_copy(
                    update={
                        lang: known.intents[name].phrases.in_(lang)[:8] for lang in ("en", "zh")
                    }
                )
            }
        )
        for name in KEPT
    }
    answers = {
        intent.answer_id: library.answers[intent.answer_id].model_copy(
            update={"next": (), "not_to_be_confused": (), "law": ()}
        )
        for intent in intents.values()
    }
    few = replace(known, intents=intents, groups=dict.fromkeys(intents, "nameless"))
    return replace(library, intent_set=few, answers=answers, acts={}, articles={})


@pytest.fixture(scope="module")
def desk(small: Library) -> Dialogue:
    return Dialogue(small, Matcher(small.intent_set, fit(small.intent_set)))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("/start", KEPT[0]),
        ("/help", KEPT[0]),
        ("/law 26", None),
        ("/law", None),
        ("第26条", None),
        ("👍", None),
        (personal.MOBILE, None),
        ("qwrtp", None),
    ],
)
def test_what_small_talk_would_answer_is_answered_otherwise(
    text: str, intent: str | None, desk: Dialogue, small: Library
) -> None:
    talk = Talk(desk)
    reply = talk.say(text)
    assert not complaints(desk, small, talk.session, reply)
    if intent:
        assert reply.intent == intent
    assert personal.MOBILE not in words_of(reply)


def test_a_follow_up_of_the_only_topic_is_about_the_topic(desk: Dialogue, small: Library) -> None:
    talk = Talk(desk)
    talk.say("/start cancel_howto")
    assert talk.say("what do I bring?").intent == "cancel_howto"
    reply = talk.say("which law?")  # there is none in this content
    assert not complaints(desk, small, talk.session, reply)


def test_what_was_not_meant_can_be_said_otherwise_where_nothing_is_mixed_up(
    desk: Dialogue, small: Library
) -> None:
    talk = Talk(desk)
    talk.say("/start report_loss")
    reply = talk.tap(small.phrases["not_what_i_meant"].en)
    assert words_of(reply) == small.phrases["rephrase"].en
    assert talk.session.topic is None
