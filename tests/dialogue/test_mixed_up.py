"""Card, bank account, insurance and pension are told apart, and false beliefs are called false."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.library import Library
from bot.content.model import LANGS, Lang
from bot.dialogue import quick
from bot.dialogue.actions import Show, pack
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.turn import Session
from bot.dialogue.words import Words
from tests.dialogue.talking import Talk, taps, words_of

MIXED_UP = yaml.safe_load(Path(__file__).with_name("mixed_up.yaml").read_text(encoding="utf-8"))
OVERVIEW, CHOICE = MIXED_UP["overview"], MIXED_UP["choice"]
ANSWERS = [one for answers in MIXED_UP["procedures"].values() for one in answers]
BELIEFS = MIXED_UP["misconceptions"]


def shown(dialogue: Dialogue, lang: Lang, intent: str, case: str | None = None) -> Talk:
    talk = Talk(dialogue, Session(lang))
    talk.turn(taps(pack(Show(intent, case))))
    return talk


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("intent", ANSWERS)
def test_the_overview_is_one_tap_from_every_answer_of_the_four_procedures(
    dialogue: Dialogue, library: Library, intent: str, lang: Lang
) -> None:
    about = library.intent_set.intents[OVERVIEW].about.in_(lang)
    for case in (None, *(one.id for one in library.answers[intent].cases)):
        talk = shown(dialogue, lang, intent, case)
        overview = words_of(talk.tap(about))
        assert library.answers[OVERVIEW].lead.in_(lang) in overview, case


@pytest.mark.parametrize("intent", ANSWERS)
def test_what_else_was_asked_does_not_push_the_overview_out(library: Library, intent: str) -> None:
    also = [one for one in ("report_loss", "privacy_id", "apply_card") if one != intent][:2]
    answer = library.answers[intent]
    words = Words(library, "en")
    buttons = quick.after_answer(library, words, intent, answer, None, also, place_matters=True)
    assert pack(Show(OVERVIEW)) in [button.action for button in buttons]


def test_every_answer_about_cancelling_belongs_to_a_procedure(library: Library) -> None:
    groups = library.intent_set.groups
    cancelling = {intent for intent, group in groups.items() if group == "cancellation"}
    assert cancelling <= {*ANSWERS, OVERVIEW}
    assert len(set(ANSWERS)) == len(ANSWERS)


@pytest.mark.parametrize("lang", LANGS)
def test_the_overview_offers_each_procedure(dialogue: Dialogue, lang: Lang) -> None:
    actions = [button.action for button in shown(dialogue, lang, OVERVIEW).session.buttons]
    assert actions[: len(CHOICE)] == [pack(Show(intent)) for intent in CHOICE]
    for choice, answers in zip(CHOICE, MIXED_UP["procedures"].values(), strict=True):
        assert choice in answers


@pytest.mark.parametrize("belief", BELIEFS, ids=lambda belief: belief["belief"])
def test_a_false_belief_is_called_false(dialogue: Dialogue, belief: dict[str, Any]) -> None:
    for intent, (en, zh) in belief["answers"].items():
        english, chinese = shown(dialogue, "en", intent), shown(dialogue, "zh", intent)
        assert english.reply
        assert en in words_of(english.reply), intent
        assert chinese.reply
        assert zh in words_of(chinese.reply), intent


@pytest.mark.parametrize("belief", BELIEFS, ids=lambda belief: belief["belief"])
def test_whoever_believes_it_reaches_an_answer_that_says_so(
    dialogue: Dialogue, belief: dict[str, Any]
) -> None:
    for asked in belief["asked"]:
        reply = Talk(dialogue).say(asked)
        offered = {button.action for button in reply.buttons}
        wanted = belief["answers"]
        straight = reply.outcome == "answered" and reply.intent in wanted
        chosen = reply.outcome == "asked" and offered & {pack(Show(one)) for one in wanted}
        assert straight or chosen, (asked, reply.outcome, reply.intent)
