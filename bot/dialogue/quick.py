"""Quick replies: the buttons under a reply, and what was typed instead of a tap."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.content.library import Library
from bot.content.model import Answer
from bot.dialogue.actions import (
    Action,
    AskPlace,
    NoneOfThese,
    NotMeant,
    SetPlace,
    Show,
    ShowArticle,
    ShowGroup,
    ShowMenu,
    pack,
)
from bot.dialogue.turn import Button
from bot.dialogue.words import Words
from bot.matching.articles import number_of
from bot.matching.normalise import normalise

_NUMBER = re.compile(
    r"(?:第|no\.? ?|option |number )?[(#]?([0-9]{1,2}|[一二三四五六七八九十])[.)、。]?(?:个|项)?"
)
_PAGE = 6
_NEXT = 4  # more than this is a menu, not a suggestion


def about(library: Library, words: Words, intent: str) -> Button:
    """The button that shows an intent's answer."""
    return Button(words.of(library.intent_set.intents[intent].about), pack(Show(intent)))


def choices(library: Library, words: Words, intents: Iterable[str]) -> tuple[Button, ...]:
    """A choice of intents, and none of them."""
    none = Button(words("none_of_these"), pack(NoneOfThese()))
    return (*(about(library, words, intent) for intent in intents), none)


def after_answer(
    library: Library,
    words: Words,
    intent: str,
    answer: Answer,
    case: str | None,
    also: list[str],
    *,
    place_matters: bool,
) -> tuple[Button, ...]:
    """Under an answer: its cases, what else was asked, what comes next, the place, "not this"."""
    cases = [
        Button(words.of(one.title), pack(Show(intent, one.id)))
        for one in answer.cases
        if one.id != case
    ]
    asked_next = [name for name in (*also, *answer.next) if name != intent]
    following = [about(library, words, name) for name in dict.fromkeys(asked_next)][:_NEXT]
    groupless = library.intent_set.groups[intent] == "meta"
    not_this = [] if groupless else [Button(words("not_what_i_meant"), pack(NotMeant()))]
    where = [Button(words("place_ask"), pack(AskPlace(intent)))] if place_matters else []
    return (*cases, *following, *where, *not_this)


def places(
    library: Library,
    words: Words,
    names: Iterable[str],
    does: Callable[[str], Action] = SetPlace,
) -> tuple[Button, ...]:
    """A choice of places, and what a tap on each does."""
    named = ((name, words.of(library.regions[name].name)) for name in names)
    return tuple(Button(label[0].upper() + label[1:], pack(does(name))) for name, label in named)


def groups(library: Library, words: Words) -> tuple[Button, ...]:
    """One button for each group of questions that has a name."""
    present = dict.fromkeys(library.intent_set.groups.values())
    return tuple(
        Button(words(f"group_{group}"), pack(ShowGroup(group)))
        for group in present
        if f"group_{group}" in library.phrases
    )


def group_page(library: Library, words: Words, group: str, start: int) -> tuple[Button, ...]:
    """The questions of a group from ``start`` on, a page of them."""
    names = [name for name, of in library.intent_set.groups.items() if of == group]
    page = tuple(about(library, words, name) for name in names[start : start + _PAGE])
    if start + _PAGE < len(names):
        page += (Button(words("more"), pack(ShowGroup(group, start + _PAGE))),)
    return (*page, Button(words("menu"), pack(ShowMenu())))


def resting_on(library: Library, words: Words, article: str) -> tuple[Button, ...]:
    """The answers that rest on an article, all of them: ten rest on the one about the card."""
    found = [
        intent.id
        for intent in library.intent_set.intents.values()
        if article in library.answers[intent.answer_id].law
    ]
    return tuple(about(library, words, intent) for intent in found)


def articles(library: Library, words: Words, names: Iterable[str]) -> tuple[Button, ...]:
    """A choice of law articles, and none of them."""
    none = Button(words("none_of_these"), pack(NoneOfThese()))
    called = ((name, library.acts[name.split("/")[0]].names.in_(words.lang)[0]) for name in names)
    return (
        *(
            Button(
                words("article_button", number=library.articles[name].number, act=act),
                pack(ShowArticle(name)),
            )
            for name, act in called
        ),
        none,
    )


def typed_tap(text: str, buttons: tuple[Button, ...]) -> Button | int | None:
    """The button whose label or number was typed; the number itself when it is out of range."""
    wanted = _bare(text)
    for button in buttons:
        if wanted == _bare(button.label):
            return button
    number = _NUMBER.fullmatch(normalise(text))
    if number is None or not buttons:
        return None
    chosen = number_of(number[1])
    return buttons[chosen - 1] if 1 <= chosen <= len(buttons) else chosen


def _bare(text: str) -> str:
    """``text`` as labels are compared: without the stops that people type behind it."""
    return normalise(text).rstrip("。.!?,;:~ ")
