"""Intents of any data set, for ``match --intents``: one language may do, ids may be anything."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from bot.content.model import LANGS, Intent, Line, NearMiss, NearMisses, Phrases, Strangers

AnyId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]


class LoosePhrases(Phrases):
    """Utterances in at least one language."""

    en: tuple[Line, ...] = ()
    zh: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.en and not self.zh:
            raise ValueError("phrases has no phrase in any language")
        return self


class LooseStrangers(Strangers):
    """What is out of scope, in at least one language."""

    phrases: LoosePhrases


class LooseNearMiss(NearMiss):
    """A near miss of any intent, known or not."""

    intent: AnyId


class LooseNearMisses(NearMisses):
    """Near misses by language."""

    en: tuple[LooseNearMiss, ...] = ()
    zh: tuple[LooseNearMiss, ...] = ()


class LooseIntent(Intent):
    """An intent without a label (its id is one), or with a label in one language."""

    id: AnyId = Field(description="A name of 1 to 64 characters", examples=["card_arrival"])
    answer: AnyId | None = None
    phrases: LoosePhrases = Field(description="What people type when they ask for it")
    not_this: LooseNearMisses = LooseNearMisses()

    @model_validator(mode="before")
    @classmethod
    def _label(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        about = data.get("about", {})
        if not isinstance(about, dict):
            return data
        label = next((about[lang] for lang in LANGS if about.get(lang)), data.get("id"))
        return {**data, "about": {**dict.fromkeys(LANGS, label or "?"), **about}}
