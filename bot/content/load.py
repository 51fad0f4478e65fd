"""The content folder, checked: a library, or every problem in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import chain
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel

from bot.content.advice import advice
from bot.content.draft import Draft, Entry
from bot.content.evidence import weak_evidence
from bot.content.layout import read_any_intents, read_content
from bot.content.library import IntentSet, Library
from bot.content.links import broken_links
from bot.content.model import Lexicon
from bot.content.names import taken_ids, wrong_names
from bot.content.problem import ContentError, Problem
from bot.content.words import wrong_words

M = TypeVar("M", bound=BaseModel)


def load(root: Path) -> Library:
    """The library in ``root``, which has ``intents`` and ``knowledge``.

    Raises ContentError with every error that ``inspect`` reports as one; reads no clock.
    """
    draft = read_content(root)
    if problems := _errors(draft):
        raise ContentError(problems)
    return Library(
        intent_set=_intent_set(draft),
        answers=_items(draft.answers),
        acts=_items(draft.acts, lambda entry: entry.folder),
        articles=_items(draft.articles, lambda entry: f"{entry.folder}/{entry.name}"),
        sources=_items(draft.sources or ()),
        referrals=_items(draft.referrals or ()),
        phrases=_items(draft.phrases or ()),
    )


def inspect(root: Path, today: date) -> list[Problem]:
    """Every error and warning in ``root`` by file and line; ``today`` decides what is overdue."""
    draft = read_content(root)
    return sorted({*_errors(draft), *advice(draft, today)})


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


def _errors(draft: Draft) -> list[Problem]:
    found = chain(
        draft.problems,
        wrong_names(draft),
        broken_links(draft),
        weak_evidence(draft),
        wrong_words(draft),
    )
    return sorted(set(found))


def _intent_set(draft: Draft) -> IntentSet:
    read = [(entry.item, entry.folder) for entry in draft.intents if entry.item]
    lexicon = draft.lexicon.item if draft.lexicon else None
    return IntentSet(
        intents=MappingProxyType({intent.id: intent for intent, _ in read}),
        groups=MappingProxyType({intent.id: folder for intent, folder in read}),
        lexicon=lexicon or Lexicon(concepts={}),
        digest=draft.digest,
    )


def _items(
    entries: Iterable[Entry[M]], name: Callable[[Entry[M]], str] = attrgetter("name")
) -> Mapping[str, M]:
    return MappingProxyType({name(entry): entry.item for entry in entries if entry.item})
