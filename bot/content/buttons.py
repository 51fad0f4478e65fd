"""What a button can hold: a label that one sees whole, and an action that Telegram takes."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from bot.content.draft import Draft, Entry
from bot.content.model import LANGS, Lang, Text
from bot.content.own_words import GROUP
from bot.content.problem import Problem, quoted
from bot.content.source import Key
from bot.content.words import compared

LONGEST_LABEL: dict[Lang, int] = {"en": 40, "zh": 20}  # a button's one line on a small screen
LONGEST_ACTION = 64  # bytes; Telegram refuses the whole message for one that is longer
_LABELS = {
    *("none_of_these", "not_what_i_meant", "more", "menu"),
    *("script_hans", "script_hant", "settings_back"),
    *("helped", "not_helped", "share", "copy_phone", "ask_in_private"),
    *("language_en", "language_zh", "language_auto"),
    *("place_ask", "place_elsewhere", "place_forget", "place_choose"),
}


def long_actions(draft: Draft) -> Iterator[Problem]:
    """Ids whose button could not be sent; the forms are those of ``bot.dialogue.actions``."""
    leading: dict[str, list[str]] = {}
    for intent in draft.intents:
        if intent.item:
            leading.setdefault(intent.item.answer_id, []).append(intent.item.id)
    for answer in draft.answers:
        longest = max(leading.get(answer.name, [answer.name]), key=len)
        for index, case in enumerate(answer.item.cases if answer.item else ()):
            yield from _long(answer, ["cases", index, "id"], f"a:{longest}:{case.id}")
    for intent in draft.intents:
        if intent.item:
            yield from _long(intent, ["id"], f"f:y:{intent.item.id}")
    for region in draft.regions:
        if region.item:
            yield from _long(region, ["id"], f"s:place:{region.item.id}")
    for article in draft.articles:
        yield from _long(article, ["number"], f"l:{article.folder}/{article.name}")
    for group in {intent.folder: intent for intent in reversed(draft.intents)}.values():
        yield from _long(group, ["id"], f"g:{group.folder}:999")


def _long(entry: Entry[BaseModel], path: list[Key], action: str) -> Iterator[Problem]:
    length = len(action.encode("utf-8", "surrogateescape"))
    if length > LONGEST_ACTION:
        what = f"the button {quoted(action)} takes {length} bytes"
        mend = f"shorten the ids in it until it takes {LONGEST_ACTION}"
        yield entry.problem(path, what, mend)


def labels(draft: Draft) -> Iterator[tuple[Entry[BaseModel], list[Key], Text]]:
    """The text of every button, with its place."""
    for intent in draft.intents:
        if intent.item:
            yield intent, ["about"], intent.item.about
    for answer in draft.answers:
        for index, case in enumerate(answer.item.cases if answer.item else ()):
            yield answer, ["cases", index, "title"], case.title
    for region in draft.regions:
        if region.item:
            yield region, ["name"], region.item.name
    for phrase in draft.phrases or ():
        labels_it = phrase.name in _LABELS or phrase.name.startswith(GROUP)
        if phrase.item and labels_it and phrase.name != "group_ask":
            yield phrase, [], phrase.item


def twins(draft: Draft) -> Iterator[Problem]:
    """Warnings: two intents with one label, between which nobody can choose."""
    first: dict[tuple[Lang, str], str] = {}
    for entry in draft.intents:
        for lang in LANGS if entry.item else ():
            label = entry.item.about.in_(lang) if entry.item else ""
            place = first.setdefault((lang, compared(label)), entry.place(["about", lang]))
            if not place.startswith(f"{entry.file}:"):
                what = f"{quoted(label)} is the label of {place} too"
                mend = "write what sets this one apart"
                yield entry.problem(["about", lang], what, mend, "warning")
