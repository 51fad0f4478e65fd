"""Every answer, case, article and group of the real content, in both languages and scripts."""

from __future__ import annotations

import pytest

from bot.content.library import Library
from bot.content.model import LANGS, Lang
from bot.dialogue.actions import (
    Action,
    Adjust,
    AskPlace,
    Rate,
    SetPlace,
    Show,
    ShowArticle,
    ShowGroup,
    ShowMenu,
    pack,
)
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.places import knowing
from bot.dialogue.turn import Session
from tests.dialogue.talking import Talk, complaints, labels_of, taps, words_of


def every_action(library: Library) -> list[str]:
    intents = library.intent_set.intents.values()
    cases = [
        Show(intent.id, case.id)
        for intent in intents
        for case in library.answers[intent.answer_id].cases
    ]
    groups = [
        ShowGroup(group, start)
        for group in dict.fromkeys(library.intent_set.groups.values())
        if f"group_{group}" in library.phrases
        for start in range(list(library.intent_set.groups.values()).count(group))
    ]
    shown = [Show(intent.id) for intent in intents]
    articles = [ShowArticle(name) for name in library.articles]
    places = [*map(SetPlace, library.regions), SetPlace(None)]
    asking = [AskPlace(intent.id) for intent in intents if knowing(library, intent.id)]
    rated = [Rate(intent.id, helped) for intent in intents for helped in (True, False)]
    settings = [
        Adjust(),
        Adjust("place"),
        Adjust("place", "-"),
        Adjust("lang", "auto"),
        Adjust("script", "hant"),
        *(Adjust("place", place) for place in library.regions),
    ]
    actions: list[Action] = [
        *settings,
        *rated,
        *shown,
        *cases,
        *groups,
        *articles,
        *places,
        *asking,
        ShowMenu(),
    ]
    return list(map(pack, actions))


@pytest.mark.parametrize("traditional", [False, True], ids=["simplified", "traditional"])
@pytest.mark.parametrize("lang", LANGS)
def test_everything_that_can_be_tapped_can_be_shown(
    dialogue: Dialogue, library: Library, lang: Lang, traditional: bool
) -> None:
    for action in every_action(library):
        talk = Talk(dialogue, Session(lang, traditional=traditional))
        reply = talk.turn(taps(action))
        assert not complaints(dialogue, library, talk.session, reply), action
        assert reply.lang == lang


def test_every_question_is_within_three_taps_of_help(dialogue: Dialogue, library: Library) -> None:
    reached: set[str] = set()
    talk = Talk(dialogue)
    talk.say("/help")
    for group in talk.session.buttons:
        waiting = [group.action]
        while waiting:
            page = Talk(dialogue).turn(taps(waiting.pop()))
            reached |= {b.action.removeprefix("a:") for b in page.buttons if b.action[:2] == "a:"}
            waiting += [b.action for b in page.buttons if b.action[:2] == "g:"]
    named = {
        intent
        for intent, group in library.intent_set.groups.items()
        if f"group_{group}" in library.phrases
    }
    assert reached == named
    assert len(named) > 40


def test_a_case_says_what_the_answer_says_where_it_says_nothing_itself(
    dialogue: Dialogue, library: Library
) -> None:
    for intent in library.intent_set.intents.values():
        answer = library.answers[intent.answer_id]
        for case in answer.cases:
            reply = Talk(dialogue).turn(taps(pack(Show(intent.id, case.id))))
            said = words_of(reply)
            assert (case.lead or answer.lead).en in said
            for item in case.bring or answer.bring:
                assert item.en in said, (intent.id, case.id)
            assert case.title.en not in labels_of(reply)


def test_what_is_local_stands_in_every_answer_that_varies(
    dialogue: Dialogue, library: Library
) -> None:
    for intent in library.intent_set.intents.values():
        answer = library.answers[intent.answer_id]
        reply = Talk(dialogue).turn(taps(pack(Show(intent.id))))
        if answer.varies:
            assert answer.varies.en in words_of(reply), intent.id


def test_every_source_of_every_line_is_named(dialogue: Dialogue, library: Library) -> None:
    for intent in library.intent_set.intents.values():
        answer = library.answers[intent.answer_id]
        said = words_of(Talk(dialogue).turn(taps(pack(Show(intent.id))))).split("\n")
        named = {source for step in (*answer.steps, *answer.points) for source in step.sources}
        named |= {source for item in answer.bring for source in item.sources}
        for name in {*answer.sources, *named}:
            title = library.sources[name].title.en
            assert any(line.startswith(title) for line in said), (intent.id, name)


def test_an_english_quote_is_marked_as_an_unofficial_translation(
    dialogue: Dialogue, library: Library
) -> None:
    quoted = [name for name, article in library.articles.items() if article.quote]
    assert quoted
    for name in quoted:
        quote = library.articles[name].quote
        assert quote
        english = words_of(Talk(dialogue).turn(taps(pack(ShowArticle(name)))))
        assert quote.zh in english
        assert quote.en in english
        assert library.phrases["translation"].en in english
        chinese = words_of(Talk(dialogue, Session("zh")).turn(taps(pack(ShowArticle(name)))))
        assert quote.zh in chinese
        assert quote.en not in chinese


def test_no_simplified_character_is_left_in_a_traditional_reply(
    dialogue: Dialogue, library: Library
) -> None:
    simplified_only = set("务险员业办银证续费医")  # frequent ones without a second reading
    for intent in library.intent_set.intents.values():
        talk = Talk(dialogue, Session("zh", traditional=True))
        reply = talk.turn(taps(pack(Show(intent.id))))
        said = words_of(reply) + "".join(labels_of(reply))
        assert not simplified_only & set(said), intent.id
