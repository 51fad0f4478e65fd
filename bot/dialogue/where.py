"""What is said of places themselves: which there are, which one is set, which are unknown."""

from __future__ import annotations

from bot.content.library import Library
from bot.dialogue import quick
from bot.dialogue.actions import Elsewhere, SetPlace, pack, unpack
from bot.dialogue.compose import noted
from bot.dialogue.places import Heard, holding, knowing, topics
from bot.dialogue.turn import Block, Button, Paragraph, Reply, Session
from bot.dialogue.words import Words

# Behind /place: no place any more.
OFF = frozenset(
    {"off", "none", "no", "any", "anywhere", "不限", "取消", "清除", "忘记", "忘掉", "无"}
)
_MOST = 6  # of what is known of a place, as buttons


def asked(buttons: tuple[Button, ...]) -> bool:
    """Whether the buttons shown last ask for the place."""
    return any(isinstance(unpack(button.action), SetPlace) for button in buttons)


def choice(library: Library, words: Words, intent: str) -> Reply:
    """Which of the places where something holds for the answer to ``intent``?"""
    elsewhere = Button(words("place_elsewhere"), pack(Elsewhere()))
    buttons = (*quick.places(library, words, knowing(library, intent)), elsewhere)
    return Reply(words.lang, (Paragraph(words("place_where")),), buttons)


def overview(library: Library, words: Words, place: str | None) -> Reply:
    """Which place is set, and all that are known."""
    others = [name for name in library.regions if name != place]
    buttons = quick.places(library, words, others)
    if place is None or place not in library.regions:
        return Reply(words.lang, (Paragraph(words("place_none")),), buttons)
    text = words("place_is", place=words.of(library.regions[place].name))
    forget = Button(words("place_forget"), pack(SetPlace(None)))
    return Reply(words.lang, (Paragraph(text),), (forget, *buttons))


def known(library: Library, words: Words, place: str) -> Reply:
    """The place is set, and what is known of it can be asked for."""
    name = words.of(library.regions[place].name)
    blocks: list[Block] = [Paragraph(words("place_set", place=name))]
    buttons = tuple(quick.about(library, words, one) for one in topics(library, place)[:_MOST])
    if buttons:
        blocks.append(Paragraph(words("place_topics", place=name)))
    return Reply(words.lang, tuple(blocks), buttons)


def unknown(library: Library, words: Words) -> Reply:
    """Nothing is known of the place; whom to ask there."""
    return Reply(words.lang, (Paragraph(words("place_unknown")),), quick.groups(library, words))


def owned_up(library: Library, after: Session, reply: Reply, heard: Heard) -> Reply:
    """``reply``, with a note where a place was named of which nothing is known on this."""
    intent = reply.intent
    if reply.outcome != "answered" or intent is None or intent != after.topic:
        return reply
    if not library.answers[library.intent_set.intents[intent].answer_id].varies:
        return reply  # the same everywhere
    if heard.unknown:
        return noted(library, reply, "place_unknown")
    if heard.place is None or holding(library, heard.place, intent):
        return reply
    name = library.regions[heard.place].name.in_(reply.lang)
    return noted(library, reply, "place_nothing", place=name)
