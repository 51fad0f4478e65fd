"""Places: which one a message names, and what holds there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.content.library import Library
from bot.content.model import Region, Rule
from bot.dialogue.turn import Session
from bot.matching.matcher import Verdict
from bot.matching.normalise import normalise
from bot.matching.outcome import Sure

_CONCEPT = "place_name"  # the lexicon's: places that we may know nothing of, too
_NAME = 4  # words; a longer answer to "where are you?" is a question

# 中山路 and 北京路 are streets of many cities, 中山大学 is in three.
_NAMED_AFTER = r"路|大道|大学|公园| (?:road|street|avenue|university|park)\b"
_DENIED = r"不在|没在|不是|\bnot (?:in|from) "
# What is said around a name by somebody who only says where they are: 我在珠海, "and in Zhuhai?"
_AROUND = re.compile(
    r"\b(?:i'm|i am|i|m|we're|we are|we|live|living|based|located|am|in|at|from|it's|it is|it|s|"
    r"my|card|is|place|city|province|what|how|about|and|but|for|now|currently|here|the|of)\b"
    r"|我们|我|本人|人|现在|目前|老家|户口|参保地|参保|发卡地|卡|住|在|来自|从|是|那么|那|如果|要是|这边|那边|这里|那里"
    r"|的话|的|呢|吧|啊|呀|啦|哦|嗯|了|市|省"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message says of places.

    ``place`` is the one that we know, where it names one and no other; ``unknown``: it names one
    that we know nothing of; ``named``: it names any; ``bare``: and says nothing else; ``silent``:
    in letters that do not tell in which language. ``rest`` is the message without the one place.
    """

    place: str | None = None
    named: bool = False
    unknown: bool = False
    bare: bool = False
    silent: bool = False
    rest: str = ""

    def into(self, session: Session) -> Session:
        """The session with the place that was named; with none where nobody knows which."""
        return replace(session, place=self.place) if self.named else session


class Holding(NamedTuple):
    """The rules of a region that an answer is to be given with."""

    region: Region
    rules: tuple[Rule, ...]


class Gazetteer:
    """Finds the names of regions in messages, the longest first."""

    def __init__(self, regions: Mapping[str, Region]) -> None:
        self._within = {name: region.within for name, region in regions.items()}
        self._owner = {
            normalise(called): name
            for name, region in regions.items()
            for lang in ("en", "zh")
            for called in (region.name.in_(lang), *region.names.in_(lang))
        }
        names = "|".join(
            rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name)
            for name in sorted(self._owner, key=len, reverse=True)
        )
        self._pattern = re.compile(
            rf"(?P<denied>{_DENIED})?(?P<name>{names or '(?!)'})(?P<after>{_NAMED_AFTER})?"
        )

    def heard(self, verdict: Verdict, *, asked: bool) -> Heard:
        """What a message says of places; ``asked``: it may answer "where are you?"."""
        text = verdict.reading.text
        found = list(self._pattern.finditer(text))
        said = {self._owner[hit["name"]] for hit in found if not (hit["denied"] or hit["after"])}
        if said:
            said -= {wider for name in said for wider in self._around(name)}
            if len(said) > 1:
                return Heard(named=True)
            return _only(said.pop(), self._pattern.sub(" ", text), text)
        if found:  # a street, or where somebody is not
            return Heard()
        if rest := _without_places(verdict):
            return _only(None, rest, text)
        unlike = not isinstance(verdict.match, Sure) and not verdict.reading.found
        if asked and unlike and 0 < verdict.reading.length <= _NAME:
            return _only(None, "", text)
        return Heard()

    def named(self, text: str) -> set[str]:
        """The regions that ``text`` names, without those around them."""
        said = {self._owner[hit["name"]] for hit in self._pattern.finditer(normalise(text))}
        return said - {wider for name in said for wider in self._around(name)}

    def _around(self, name: str) -> list[str]:
        wider: list[str] = []
        while (outer := self._within.get(name)) is not None:
            wider.append(outer)
            name = outer
        return wider


def _only(place: str | None, rest: str, text: str) -> Heard:
    """What ``text`` says: that it is about ``place``, or one that is unknown, and ``rest``."""
    return Heard(
        place=place,
        named=True,
        unknown=place is None,
        bare=_is_nothing(_AROUND.sub(" ", rest)),
        silent=_is_nothing(rest) and text.isascii(),
        rest=rest,
    )


def holding(library: Library, place: str | None, intent: str) -> tuple[Holding, ...]:
    """What holds at ``place`` for the answer to ``intent``: its own rules, then those around it."""
    regions = _outwards(library, place)
    held = (Holding(one, tuple(r for r in one.rules if intent in r.intents)) for one in regions)
    return tuple(one for one in held if one.rules)


def knowing(library: Library, intent: str) -> list[str]:
    """The places where something holds for the answer to ``intent``."""
    return [place for place in library.regions if holding(library, place, intent)]


def topics(library: Library, place: str) -> list[str]:
    """The intents whose answers ``place`` adds something to, its own rules' first."""
    rules = [rule for region in _outwards(library, place) for rule in region.rules]
    return list(dict.fromkeys(intent for rule in rules for intent in rule.intents))


def _outwards(library: Library, place: str | None) -> Iterator[Region]:
    while place and (region := library.regions.get(place)):
        yield region
        place = region.within


def _without_places(verdict: Verdict) -> str:
    """The message without the place names that the lexicon knows, "" where there are none."""
    words = list(verdict.reading.tokens.words)
    hits = [hit for hit in verdict.reading.found if hit.concept == _CONCEPT and hit.exact]
    for hit in hits:
        if hit.token < 0:
            words[hit.start : hit.end] = [" "] * (hit.end - hit.start)
        else:
            run = words[hit.token]
            words[hit.token] = f"{run[: hit.start]}{' ' * (hit.end - hit.start)}{run[hit.end :]}"
    return " ".join(words) + " " if hits else ""


def _is_nothing(text: str) -> bool:
    return not any(map(str.isalnum, text))
