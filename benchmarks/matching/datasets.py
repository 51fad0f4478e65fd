"""The public data sets as training phrases and test messages, and how phrases are drawn."""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from bot.content.library import IntentSet
from bot.content.loose import LooseIntent
from bot.content.model import LANGS, Lang, Lexicon


class DataError(Exception):
    """A data set cannot be read; the text says what is missing where."""


class Said(NamedTuple):
    """An utterance and the intent it belongs to."""

    text: str
    intent: str
    lang: Lang


@dataclass(frozen=True, slots=True)
class DataSet:
    """``strangers`` are out of scope: messages that belong to none of the intents.

    ``strangers`` and ``valid``, for choosing settings, are empty where the set has none.
    """

    name: str
    lang: Lang
    train: tuple[Said, ...]
    test: tuple[Said, ...]
    valid: tuple[Said, ...]
    strangers: tuple[str, ...]


# folder, language, the files in it
_WHOLE = ("train", "test", "valid", "oos_test")
_SETS: tuple[tuple[str, Lang, tuple[str, ...]], ...] = (
    ("clinc150", "en", _WHOLE),
    ("banking77", "en", ("train", "test")),
    ("smpoos", "zh", _WHOLE),
)


def read_sets(folder: Path) -> list[DataSet]:
    """The data sets in ``folder``; raises DataError with every file that is missing or odd."""
    problems: list[str] = []
    found = []
    for name, lang, files in _SETS:
        lists: dict[str, tuple[Said, ...]] = {}
        for file in files:
            path = folder / name / f"{file}.jsonl"
            try:
                lists[file] = tuple(_read(path, lang))
            except (OSError, ValueError, KeyError, TypeError) as error:
                problems.append(f"{path}: {error}; see {folder / 'README.md'} for its source")
        if len(lists) == len(files):
            strangers = tuple(one.text for one in lists.get("oos_test", ()))
            valid = lists.get("valid", ())
            found.append(DataSet(name, lang, lists["train"], lists["test"], valid, strangers))
    if problems:
        raise DataError("\n".join(problems))
    return found


def _read(path: Path, lang: Lang) -> Iterable[Said]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Said(row["text"], row["intent"], lang)


def few(phrases: Iterable[Said], draw: int, count: int = 10) -> list[Said]:
    """``count`` phrases an intent, the same ones for the same ``draw``."""
    by_intent: dict[str, list[Said]] = defaultdict(list)
    for one in phrases:
        by_intent[one.intent].append(one)
    dice = random.Random(draw)
    return [
        one
        for intent in sorted(by_intent)
        for one in dice.sample(by_intent[intent], min(count, len(by_intent[intent])))
    ]


def narrowed(data: DataSet, intents: int, messages: int) -> DataSet:
    """The first intents by name and a few messages of each, for a quick look."""
    kept = sorted({one.intent for one in data.train})[:intents]
    test = [one for one in data.test if one.intent in kept]
    return replace(
        data,
        train=tuple(one for one in data.train if one.intent in kept),
        test=tuple(random.Random(0).sample(test, min(messages, len(test)))),
        valid=tuple(one for one in data.valid if one.intent in kept)[:messages],
        strangers=data.strangers[:messages],
    )


def intent_set(phrases: Sequence[Said]) -> IntentSet:
    """``phrases`` as the matcher takes them: no lexicon, no labels, no near misses."""
    lists: dict[str, dict[Lang, list[str]]] = defaultdict(lambda: {lang: [] for lang in LANGS})
    digest = hashlib.sha256()
    for text, intent, lang in phrases:
        lists[intent][lang].append(text)
        digest.update(f"{intent}\0{lang}\0{text}\n".encode())
    return IntentSet(
        intents={
            name: LooseIntent.model_validate({"id": name, "phrases": by_lang})
            for name, by_lang in lists.items()
        },
        groups=dict.fromkeys(lists, ""),
        lexicon=Lexicon(concepts={}),
        digest=digest.hexdigest(),
    )
