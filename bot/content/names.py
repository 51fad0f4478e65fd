"""A file is called what its id says, and no id is there twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel

from bot.content.draft import Draft, Entry
from bot.content.problem import Problem, quoted
from bot.content.source import Key


def wrong_names(draft: Draft) -> Iterator[Problem]:
    """Files and folders that are not called what they say, and ids that are taken."""
    for entry in (*draft.intents, *draft.answers, *draft.regions):
        yield from _same(entry, ["id"], entry.name, f"{entry.name}.yaml")
    for act in draft.acts:
        yield from _same(act, ["id"], act.folder, f"the folder {act.folder}")
    for article in draft.articles:
        yield from _same(article, ["number"], article.name, f"{article.name}.yaml")
    yield from taken_ids(draft.intents)
    yield from taken_ids(draft.answers)
    yield from taken_ids(draft.regions)
    for answer in draft.answers:
        if answer.item:
            yield from _taken_cases(answer, [case.id for case in answer.item.cases])


def taken_ids(entries: Iterable[Entry[BaseModel]]) -> Iterator[Problem]:
    """The ids that an earlier file has already."""
    first: dict[object, str] = {}
    for entry in entries:
        name = _written(entry, "id") or entry.name
        if name in first:
            what = f"{quoted(name)} is taken by {first[name]}"
            yield entry.problem(["id"], what, "write another id, and rename the file")
        first.setdefault(name, entry.place(["id"]))


def _same(
    entry: Entry[BaseModel], path: Sequence[Key], called: str, shown: str
) -> Iterator[Problem]:
    written = _written(entry, path[-1])
    if written is not None and written != called:
        what = f"{path[-1]} is {quoted(written)} in {shown}"
        yield entry.problem(path, what, f"write {path[-1]}: {called}, or rename it to {written}")


def _taken_cases(entry: Entry[BaseModel], names: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            what = f"the case {quoted(name)} is here twice"
            yield entry.problem(["cases", index, "id"], what, "write another id")


def _written(entry: Entry[BaseModel], key: Key) -> object:
    # As typed, so that a file with another mistake in it is checked as well.
    plain = entry.node.plain
    value = plain.get(str(key)) if isinstance(plain, dict) else None
    return value.strip() if isinstance(value, str) else None
