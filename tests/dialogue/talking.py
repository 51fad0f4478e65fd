"""Holding a talk with the dialogue, and what every reply in it is held against."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass
from datetime import date

from bot.content.library import Library
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.turn import Button, Incoming, Reply, Session
from bot.matching.normalise import normalise

TODAY = date(2026, 11, 23)

_NOT_WORDS = {"style", "link", "action"}
_BLANK = re.compile(r"\{\w*\}")


def says(text: str) -> Incoming:
    return Incoming(text, TODAY)


def taps(action: str) -> Incoming:
    return Incoming("", TODAY, action=action)


class Talk:
    """One talk from its beginning; ``reply`` is the last one."""

    def __init__(self, dialogue: Dialogue, session: Session | None = None) -> None:
        self._dialogue = dialogue
        self.session = session or Session()
        self.reply: Reply | None = None

    def turn(self, incoming: Incoming) -> Reply:
        self.session, self.reply = self._dialogue.turn(self.session, incoming)
        return self.reply

    def say(self, text: str) -> Reply:
        return self.turn(says(text))

    def tap(self, label: str) -> Reply:
        return self.turn(taps(button_of(self.session, label).action))


def button_of(session: Session, label: str) -> Button:
    """The button shown last under ``label``."""
    shown = session.buttons
    found = next((button for button in shown if button.label == label), None)
    assert found, f"no button {label}; there are {[button.label for button in shown]}"
    return found


def words_of(reply: Reply) -> str:
    """Everything that a reply says, buttons left out."""
    return "\n".join(_texts(reply.blocks))


def labels_of(reply: Reply) -> list[str]:
    return [button.label for button in reply.buttons]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _NOT_WORDS:
                yield from _texts(getattr(value, field.name))


def complaints(dialogue: Dialogue, library: Library, session: Session, reply: Reply) -> list[str]:
    """What is wrong with a reply and the session after it, whatever was asked."""
    return [
        *_of_blocks(reply),
        *_of_buttons(dialogue, library, session, reply),
        *_of_session(library, session, reply),
    ]


def _of_blocks(reply: Reply) -> Iterator[str]:
    if not reply.blocks:
        yield "an empty reply"
    for block in reply.blocks:
        texts = list(_texts(block))
        if not any(text.strip() for text in texts):
            yield f"an empty block: {block}"
        for text in texts:
            if _BLANK.search(text):
                yield f"a blank that was not filled in: {text}"
        for name in ("items", "lines"):
            if getattr(block, name, None) == ():
                yield f"a list without lines: {block}"


def _of_buttons(
    dialogue: Dialogue, library: Library, session: Session, reply: Reply
) -> Iterator[str]:
    labels = [normalise(button.label) for button in reply.buttons]
    if len(labels) != len(set(labels)):
        yield f"one label on two buttons, so that it cannot be typed: {labels}"
    gone = {library.phrases["button_gone"].en, library.phrases["button_gone"].zh}
    for button in reply.buttons:
        if not button.label.strip():
            yield f"a button without a label: {button}"
        if not (button.action.isascii() and 1 <= len(button.action) <= 64):
            yield f"an action that Telegram refuses: {button}"
        _, then = dialogue.turn(session, taps(button.action))
        if gone & set(words_of(then).split("\n")):
            yield f"a button that leads nowhere: {button}"


def _of_session(library: Library, session: Session, reply: Reply) -> Iterator[str]:
    stored = json.loads(json.dumps(asdict(session)))
    buttons = tuple(Button(**button) for button in stored.pop("buttons"))
    others = tuple(stored.pop("others"))
    if Session(**stored, buttons=buttons, others=others) != session:
        yield f"a session that no store can keep: {session}"
    if session.buttons != reply.buttons:
        yield "the buttons remembered are not those that were shown"
    if session.lang != reply.lang:
        yield f"a reply in {reply.lang} in a talk in {session.lang}"
    unknown = {*session.others, session.topic} - {None, *library.intent_set.intents}
    if unknown:
        yield f"intents that do not exist: {unknown}"
    if session.place is not None and session.place not in library.regions:
        yield f"a place that does not exist: {session.place}"
