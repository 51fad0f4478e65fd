"""Articles are found by number and by what they are about, and name the answers on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.library import Library
from bot.content.model import LANGS, Lang
from bot.dialogue.actions import Show, ShowArticle, pack
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.turn import Session
from tests.dialogue.talking import Talk, complaints, taps, words_of

SOUGHT = yaml.safe_load(Path(__file__).with_name("articles.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sought", SOUGHT, ids=lambda sought: sought["asked"])
def test_an_article_is_found_by_what_it_is_about(
    dialogue: Dialogue, library: Library, sought: dict[str, Any]
) -> None:
    talk = Talk(dialogue)
    reply = talk.say(sought["asked"])
    assert not complaints(dialogue, library, talk.session, reply)
    topic = library.articles[sought["article"]].topic.in_(reply.lang)
    assert topic in words_of(reply)
    if sought.get("alone"):
        assert reply.outcome == "answered"
    elif reply.outcome != "answered":
        assert pack(ShowArticle(sought["article"])) in [one.action for one in reply.buttons]


@pytest.mark.parametrize(
    "said",
    [
        "which article says so",
        "我问的是哪一条",
        "哪条街有社保局",
        "which article should I buy",
        "which article is about football",
        "/law please",
    ],
)
def test_nothing_is_found_where_nothing_is_about_it(dialogue: Dialogue, said: str) -> None:
    reply = Talk(dialogue).say(said)
    assert not [one for one in reply.buttons if one.action.startswith("l:")]
    assert not words_of(reply).startswith(("Social Insurance Law", "Regulations"))


def test_a_question_for_an_article_does_not_lean_on_the_topic(dialogue: Dialogue) -> None:
    talk = Talk(dialogue)
    talk.say("How do I cancel my social security card?")
    assert "Article 14" in words_of(talk.say("which article is about inheriting the account"))


@pytest.mark.parametrize("lang", LANGS)
def test_an_article_lists_every_answer_on_it_and_each_of_them_the_article(
    dialogue: Dialogue, library: Library, lang: Lang
) -> None:
    pairs = 0
    for intent in library.intent_set.intents.values():
        for article in library.answers[intent.answer_id].law:
            pairs += 1
            act, number = article.split("/")
            name = library.acts[act].names.en[0]
            talk = Talk(dialogue, Session(lang, lang_chosen=True))
            buttons = [one.action for one in talk.say(f"/law {name} {number}").buttons]
            if intent.article != article:  # that answer is what /law shows
                assert pack(Show(intent.id)) in buttons, (article, intent.id)
            said = words_of(Talk(dialogue, Session(lang)).turn(taps(pack(Show(intent.id)))))
            assert library.articles[article].topic.in_(lang) in said, (intent.id, article)
    assert pairs > 80


@pytest.mark.parametrize("lang", LANGS)
def test_an_answer_on_several_articles_says_what_they_say_and_how_to_read_them(
    dialogue: Dialogue, library: Library, lang: Lang
) -> None:
    talk = Talk(dialogue, Session(lang, lang_chosen=True))
    said = words_of(talk.turn(taps(pack(Show("cancel_death")))))
    for name in library.answers["cancel_death"].law:
        quote = library.articles[name].quote
        assert library.articles[name].summary.in_(lang) in said, name
        assert quote is None or quote.zh not in said, name
    example = {"en": "Article 14 of the Social Insurance Law", "zh": "社会保险法第14条"}[lang]
    assert example in said
    quote = library.articles["social_insurance_law/14"].quote
    assert quote
    assert quote.zh in words_of(talk.say(example))


@pytest.mark.parametrize("lang", LANGS)
def test_what_has_changed_since_stands_wherever_the_article_does(
    dialogue: Dialogue, library: Library, lang: Lang
) -> None:
    note = library.articles["social_insurance_law/16"].note
    assert note
    for intent in ("pension_withdrawal", "insurance_lapse"):
        said = words_of(Talk(dialogue, Session(lang)).turn(taps(pack(Show(intent)))))
        assert note.in_(lang) in said, intent


@pytest.mark.parametrize("lang", LANGS)
def test_every_article_says_since_when_it_holds(
    dialogue: Dialogue, library: Library, lang: Lang
) -> None:
    for name in library.articles:
        act = library.acts[name.split("/")[0]]
        said = words_of(Talk(dialogue, Session(lang)).turn(taps(pack(ShowArticle(name)))))
        assert act.in_force.isoformat() in said, name
        assert act.amended is None or act.amended.isoformat() in said, name


@pytest.mark.parametrize("lang", LANGS)
def test_the_decision_on_retirement_ages_stands_beside_article_16(
    dialogue: Dialogue, lang: Lang
) -> None:
    said = words_of(Talk(dialogue, Session(lang, lang_chosen=True)).say("/law 16"))
    decided = {
        "en": ["13 September 2024", "from 15 to 20 years between 2030 and 2039"],
        "zh": ["2024年9月13日", "从2030年到2039年由15年逐步提高到20年"],
    }
    for words in decided[lang]:
        assert words in said
