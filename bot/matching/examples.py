"""What the classifier learns from: phrases, near misses, and phrases with a foreign object in them.

"How do I cancel my bank card" differs from a phrase of ours by its object alone. So each phrase is
shown again with its own object replaced by somebody else's, as an example of what is out of scope:
the verb is no evidence of scope.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.content.library import IntentSet
from bot.content.model import LANGS, Lang
from bot.matching.fitted import STRANGER
from bot.matching.normalise import normalise

NOTHING = ""  # the label of what says nothing: no class of its own, and told from all of them


@dataclass(frozen=True, slots=True)
class Example:
    """An utterance and the intent it belongs to, ``STRANGER`` or ``NOTHING``.

    Examples with the same ``key`` are left out together when the classifier is tried out. Those
    that are ``unforeseen`` are read as if the lexicon did not know what is foreign in them.
    """

    text: str
    label: str
    key: str
    unforeseen: bool = False


def phrases(intents: IntentSet) -> Iterator[Example]:
    """Every phrase of every intent."""
    for intent in intents.intents.values():
        for lang in LANGS:
            for text in intent.phrases.in_(lang):
                yield Example(text, intent.id, text)


def near_misses(intents: IntentSet) -> Iterator[Example]:
    """Every near miss whose intent exists, labelled with where it belongs."""
    for intent in intents.intents.values():
        for miss in (*intent.not_this.en, *intent.not_this.zh):
            if miss.intent == STRANGER or miss.intent in intents.intents:
                yield Example(miss.text, miss.intent, miss.text)


def strangers(intents: IntentSet) -> Iterator[Example]:
    """What was written down as out of scope."""
    if intents.strangers is not None:
        for lang in LANGS:
            for text in intents.strangers.in_(lang):
                yield Example(text, STRANGER, text)


def swapped(intents: IntentSet, every: int) -> Iterator[Example]:
    """One phrase in ``every`` with its object of ours replaced by a foreign one, out of scope.

    One in four is unforeseen: whatever the lexicon lists, strangers will come with more.
    """
    for lang in LANGS:
        own = _either(_forms(intents, lang, foreign=False), lang)
        foreign = _forms(intents, lang, foreign=True)
        if not own or not foreign:
            continue
        for intent in intents.intents.values():
            if intent.article:
                continue  # an article is asked about by its number, whatever else is named
            for text in intent.phrases.in_(lang):
                # a hash, not a random number: the same content gives the same model
                pick = zlib.crc32(f"{intent.id}:{text}".encode())
                if pick % every == 0:
                    put = foreign[pick // every % len(foreign)]
                    before = normalise(text)
                    changed = put.join(own.split(before))
                    if changed != before:
                        unforeseen = zlib.crc32(put.encode()) % 4 == 0
                        yield Example(changed, STRANGER, put, unforeseen)


def _forms(intents: IntentSet, lang: Lang, *, foreign: bool) -> list[str]:
    forms = [
        form.casefold()
        for concept in intents.lexicon.concepts.values()
        if concept.kind == "object" and concept.foreign is foreign
        for form in (concept.en if lang == "en" else concept.zh)
    ]
    return sorted(forms, key=lambda form: (-len(form), form))  # the longest first


def _either(forms: Sequence[str], lang: Lang) -> re.Pattern[str] | None:
    """Any of the forms, whole words where there are words: "e-card" is not in "the card"."""
    if not forms:
        return None
    either = "|".join(map(re.escape, forms))
    return re.compile(rf"\b(?:{either})\b" if lang == "en" else either)
