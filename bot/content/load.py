"""The content folder, checked: a library, or every problem in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel

from bot.content.advice import advice
from bot.content.buttons import long_actions
from bot.content.draft import Draft, Entry
from bot.content.evidence import weak_evidence
from bot.content.freshness import impossible_reviews
from bot.content.hosts import unofficial_hosts
from bot.content.layout import read_any_intents, read_content
from bot.content.library import IntentSet, Library
from bot.content.links import broken_links
from bot.content.model import Lexicon
from bot.content.names import taken_ids, wrong_names
from bot.content.own_words import wrong_own_words
from bot.content.phones import unknown_phones
from bot.content.places import wrong_places
from bot.content.problem import ContentError, Problem
from bot.content.said import Said, said
from bot.content.words import wrong_words

M = TypeVar("M", bound=BaseModel)


def load(root: Path) -> Library:
    """The library in ``root``, which has ``intents`` and ``knowledge``.

    Raises ContentError with every error that ``inspect`` reports as one; reads no clock.
    """
    draft = read_content(root)
    if problems := _errors(draft, list(said(draft))):
        raise ContentError(problems)
    return Library(
        intent_set=_intent_set(draft),
        answers=_items(draft.answers),
        acts=_items(draft.acts, lambda entry: entry.folder),
        articles=_items(draft.articles, lambda entry: f"{entry.folder}/{entry.name}"),
        regions=_items(draft.regions),
        sources=_items(draft.sources or ()),
        referrals=_items(draft.referrals or ()),
        phrases=_items(draft.phrases or ()),
    )


def inspect(root: Path, today: date) -> list[Problem]:
    """Every error and warning in ``root`` by file and line; ``today`` decides what is overdue."""
    return inspect_draft(read_content(root), today)


def inspect_draft(draft: Draft, today: date) -> list[Problem]:
    """The same for content that has been read already."""
    texts = list(said(draft))
    return sorted({*_errors(draft, texts), *advice(draft, texts, today)})


def load_intents(intents_dir: Path) -> IntentSet:
    """The intents of any data set in ``intents_dir``, without any knowledge.

    Phrases in one language do, ids may be anything of 1 to 64 characters, files may lie in folders
    of any depth or none. Raises ContentError with every problem.
    """
    draft = read_any_intents(intents_dir)
    problems = [*draft.problems, *taken_ids(draft.intents)]
    if problems:
        raise ContentError(problems)
    return _intent_set(draft)


def _errors(draft: Draft, texts: Sequence[Said]) -> list[Problem]:
    found = chain(
        draft.problems,
        wrong_names(draft),
        broken_links(draft),
        wrong_places(draft),
        weak_evidence(draft),
        impossible_reviews(draft),
        wrong_words(draft),
        wrong_own_words(draft),
        unknown_phones(draft, texts),
        unofficial_hosts(draft, texts),
        long_actions(draft),
    )
    return sorted(set(found))


def _intent_set(draft: Draft) -> IntentSet:
    read = [(entry.item, entry.folder) for entry in draft.intents if entry.item]
    lexicon = draft.lexicon.item if draft.lexicon else None
    strangers = draft.strangers.item if draft.strangers else None
    return IntentSet(
        intents=MappingProxyType({intent.id: intent for intent, _ in read}),
        groups=MappingProxyType({intent.id: folder for intent, folder in read}),
        lexicon=lexicon or Lexicon(concepts={}),
        digest=draft.digest,
        strangers=strangers.phrases if strangers else None,
    )


def _items(
    entries: Iterable[Entry[M]], name: Callable[[Entry[M]], str] = attrgetter("name")
) -> Mapping[str, M]:
    return MappingProxyType({name(entry): entry.item for entry in entries if entry.item})
