"""Places: each is told from every other by its names, and something holds in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.content.draft import Draft, Entry
from bot.content.model import LANGS, Region
from bot.content.problem import Problem, quoted
from bot.content.source import Key
from bot.content.words import compared

_SHORTEST = 2  # characters: 京 stands in 南京 and 京东, 穗 in 麦穗; 来穗 and 在沪 are names as well


def wrong_places(draft: Draft) -> Iterator[Problem]:
    """Names that two places share or that stand in other words, and places without a rule."""
    owners: dict[str, Entry[Region]] = {}
    within = {entry.item.id: entry.item.within for entry in draft.regions if entry.item}
    for entry in draft.regions:
        if entry.item is None:
            continue
        for path, name in _names(entry.item):
            if len(name) < _SHORTEST:
                what = f"{quoted(name)} stands in other words too"
                yield entry.problem(path, what, "write two characters or more, like 来穗 for 穗")
            owner = owners.setdefault(compared(name), entry)
            if owner is not entry:
                what = f"{quoted(name)} is a name of {owner.file} too"
                yield entry.problem(path, what, "take it out of one of the two")
        if _goes_round(entry.item.id, within):
            what = f"{quoted(entry.item.id)} lies within itself"
            yield entry.problem(["within"], what, "write the larger place, or take within out")
        elif not entry.item.rules and not entry.item.within:
            mend = "write rules:, or within: and the place whose rules hold, or delete the file"
            yield entry.problem([], "nothing is known to hold here", mend)


def _names(region: Region) -> Iterator[tuple[list[Key], str]]:
    for lang in LANGS:
        yield ["name", lang], region.name.in_(lang)
        for index, name in enumerate(region.names.in_(lang)):
            yield ["names", lang, index], name


def _goes_round(place: str, within: Mapping[str, str | None]) -> bool:
    """Whether the places around ``place`` lead back to it; one step does, ``links`` says so."""
    met = {place}
    wider = within.get(within.get(place) or "")
    while wider and wider not in met:
        met.add(wider)
        wider = within.get(wider)
    return wider == place and within.get(place) != place
