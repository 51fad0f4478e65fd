"""The content once it is checked: what the matcher and the dialogue read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.model import (
    Act,
    Answer,
    Article,
    Intent,
    Lexicon,
    Phrases,
    Referral,
    Region,
    Source,
    Text,
)


@dataclass(frozen=True, slots=True)
class IntentSet:
    """What people ask, by intent id.

    ``groups`` has an intent's folder, "" where it lies in none. ``strangers`` are utterances that
    belong to no intent, None where nobody wrote any down. ``digest`` is the SHA-256 of the
    folder's paths and bytes in hexadecimal: it changes whenever a fitted matcher must.
    """

    intents: Mapping[str, Intent]
    groups: Mapping[str, str]
    lexicon: Lexicon
    digest: str
    strangers: Phrases | None = None


@dataclass(frozen=True, slots=True)
class Library:
    """All content, read-only, each kind by id; ``articles`` by ``act/number``.

    Every id that one of them names is there. ``phrases`` has the bot's own words.
    """

    intent_set: IntentSet
    answers: Mapping[str, Answer]
    acts: Mapping[str, Act]
    articles: Mapping[str, Article]
    regions: Mapping[str, Region]
    sources: Mapping[str, Source]
    referrals: Mapping[str, Referral]
    phrases: Mapping[str, Text]
