"""The talks in this folder, turn by turn, as askers see them.

A turn is what the asker does: ``say`` (numbers of personal.py in braces), ``say_one_of`` (the first
of them that has the outcome), ``tap`` (a label), ``tap_number``, ``type_number``,
``type_wide_number``, ``type_label`` (the button at that place, by its place or its label), or
``action`` (what a button of long ago did). Then what must hold of the reply: ``intent``,
``outcome``, ``lang``, ``topic``, ``place`` (an id, or none), ``has`` and ``lacks`` (in what is
said), ``buttons`` and ``no_buttons`` (labels).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

from bot.content.library import Library
from bot.content.model import Lang
from bot.dialogue.actions import (
    Adjust,
    AskPlace,
    Elsewhere,
    NoneOfThese,
    NotMeant,
    SetLanguage,
    SetPlace,
    Show,
    ShowGroup,
    ShowMenu,
    unpack,
)
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.turn import Button, Incoming, Reply, Session
from tests.dialogue import personal
from tests.dialogue.talking import (
    TODAY,
    Talk,
    button_of,
    complaints,
    labels_of,
    says,
    taps,
    words_of,
)

_WIDE = {ord(str(digit)): 0xFF10 + digit for digit in range(10)}


class Turn(BaseModel):
    """One turn and what must hold of its reply."""

    model_config = ConfigDict(extra="forbid")

    say: str | None = None
    say_one_of: list[str] | None = None
    tap: str | None = None
    tap_number: int | None = None
    type_number: int | None = None
    type_wide_number: int | None = None
    type_label: int | None = None
    action: str | None = None
    hint: Lang | None = None
    today: date = TODAY

    intent: str | None = None
    outcome: Literal["answered", "asked", "declined", "chat"] | None = None
    lang: Lang | None = None
    topic: str | None = None
    place: str | None = None
    has: list[str] = []
    lacks: list[str] = []
    buttons: list[str] = []
    no_buttons: list[str] = []


class Told(BaseModel):
    """One talk."""

    model_config = ConfigDict(extra="forbid")

    name: str
    turns: list[Turn]


def told() -> Iterator[Told]:
    for file in sorted(Path(__file__).parent.glob("*.yaml")):
        # base: every scalar is a string; a turn may say 26 or "no"
        read = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        yield from (Told(**talk) for talk in read["talks"])


@pytest.mark.parametrize("told", list(told()), ids=lambda told: told.name)
def test_the_talk_goes_as_written(told: Told, dialogue: Dialogue, library: Library) -> None:
    talk = Talk(dialogue)
    for number, turn in enumerate(told.turns, 1):
        pressed = _pressed(turn, talk.session)
        incoming = _incoming(turn, talk.session, pressed, dialogue)
        reply = talk.turn(incoming)
        wrong = [
            *_unlike(turn, reply, talk.session),
            *_not_as_promised(pressed, reply),
            *_echoed(incoming, reply, talk.session),
            *complaints(dialogue, library, talk.session, reply),
        ]
        said = f"{words_of(reply)}\n{labels_of(reply)}\n{reply.outcome} {reply.intent}"
        assert not wrong, f"turn {number}, {incoming.text or incoming.action}: {wrong}\n{said}"


def test_every_kind_of_button_is_pressed_in_some_talk(dialogue: Dialogue) -> None:
    kinds = set()
    for one in told():
        talk = Talk(dialogue)
        for turn in one.turns:
            pressed = _pressed(turn, talk.session)
            if pressed:
                action = unpack(pressed.action)
                case = isinstance(action, Show) and action.case is not None
                kinds.add((type(action), case))
            talk.turn(_incoming(turn, talk.session, pressed, dialogue))
    shown = {(Show, False), (Show, True), (ShowGroup, False), (SetLanguage, False)}
    shown |= {(AskPlace, False), (SetPlace, False), (Elsewhere, False)}
    shown |= {(Adjust, False), (ShowMenu, False)}
    assert kinds == shown | {(NoneOfThese, False), (NotMeant, False)}


def _pressed(turn: Turn, session: Session) -> Button | None:
    """The button that the turn means, whichever way it is pressed."""
    if turn.tap is not None:
        return button_of(session, turn.tap)
    places = (turn.tap_number, turn.type_number, turn.type_wide_number, turn.type_label)
    place = next((place for place in places if place is not None), None)
    return session.buttons[place - 1] if place and place <= len(session.buttons) else None


def _incoming(turn: Turn, session: Session, pressed: Button | None, dialogue: Dialogue) -> Incoming:
    typed = ""
    if turn.say is not None:
        typed = turn.say.format(**personal.ALL)
    elif turn.say_one_of is not None:
        typed = _first_with(turn, session, dialogue)
    elif turn.type_number is not None:
        typed = str(turn.type_number)
    elif turn.type_wide_number is not None:
        typed = str(turn.type_wide_number).translate(_WIDE)
    elif turn.type_label is not None and pressed:
        typed = pressed.label
    elif turn.action is not None:
        return taps(turn.action)
    elif pressed:
        return taps(pressed.action)
    return Incoming(typed, turn.today, lang_hint=turn.hint)


def _first_with(turn: Turn, session: Session, dialogue: Dialogue) -> str:
    """The first text whose reply has the outcome; words are vague or clear only to a matcher."""
    for text in turn.say_one_of or ():
        if dialogue.turn(session, says(text))[1].outcome == turn.outcome:
            return text
    raise AssertionError(f"none of {turn.say_one_of} is {turn.outcome}")


def _unlike(turn: Turn, reply: Reply, session: Session) -> Iterator[str]:
    """What the turn expects and the reply has not."""
    words, labels = words_of(reply), labels_of(reply)
    for name in ("intent", "outcome", "lang"):
        wanted = getattr(turn, name)
        if wanted is not None and getattr(reply, name) != wanted:
            yield f"{name} is not {wanted}"
    if turn.topic is not None and session.topic != turn.topic:
        yield f"topic is {session.topic}, not {turn.topic}"
    if turn.place is not None and (session.place or "none") != turn.place:
        yield f"place is {session.place}, not {turn.place}"
    yield from (f"does not say {part}" for part in turn.has if part not in words)
    yield from (f"says {part}" for part in turn.lacks if part in words)
    yield from (f"has no button {label}" for label in turn.buttons if label not in labels)
    yield from (f"has a button {label}" for label in turn.no_buttons if label in labels)


def _not_as_promised(pressed: Button | None, reply: Reply) -> Iterator[str]:
    """A button that names an answer shows that answer."""
    action = unpack(pressed.action) if pressed else None
    if isinstance(action, Show) and (reply.intent, reply.outcome) != (action.intent, "answered"):
        yield f"the button {pressed} did not show {action.intent}"


def _echoed(incoming: Incoming, reply: Reply, session: Session) -> Iterator[str]:
    """Personal numbers in the reply or in what is remembered."""
    shown = f"{reply} {asdict(session)}"
    for kind, number in personal.ALL.items():
        if number in incoming.text and number in shown:
            yield f"the {kind} number is echoed"
