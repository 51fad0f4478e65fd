"""What names what: every id that the content mentions is there, and none is there for nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from pydantic import BaseModel

from bot.content.draft import Draft, Entry
from bot.content.model import Intent
from bot.content.problem import Problem, did_you_mean, quoted
from bot.content.source import Key

OUT_OF_SCOPE = "out_of_scope"


def broken_links(draft: Draft) -> Iterator[Problem]:
    """Every id that names nothing, or itself, or what nothing leads to."""
    yield from _intents(draft)
    yield from _answers(draft)
    yield from _regions(draft)
    yield from _law(draft)
    yield from _concepts(draft)
    yield from _sources(draft)


def ids(entries: Iterable[Entry[BaseModel]]) -> set[str]:
    """The ids there are, those of broken entries too: what names them is not wrong as well."""
    named = {entry.name for entry in entries}
    written = (
        entry.node.plain.get("id") for entry in entries if isinstance(entry.node.plain, dict)
    )
    return named | {name for name in written if isinstance(name, str)}


def _intents(draft: Draft) -> Iterator[Problem]:
    intents, answers = ids(draft.intents), ids(draft.answers)
    acts, articles = {entry.folder for entry in draft.acts}, _articles(draft)
    for entry in draft.intents:
        if (intent := entry.item) is None:
            continue
        if intent.answer_id not in answers:
            mend = did_you_mean(intent.answer_id, answers, f"write {intent.answer_id}.yaml")
            what = f"no answer {quoted(intent.answer_id)} under knowledge"
            yield entry.problem(["answer"] if intent.answer else ["id"], what, mend)
        for path, name in _near_misses(intent):
            yield from _named(entry, path, name, intents | {OUT_OF_SCOPE}, "an intent", {intent.id})
        if intent.article:
            known = articles | {f"{act}/any" for act in acts}
            yield from _named(entry, ["article"], intent.article, known, "an article")


def _near_misses(intent: Intent) -> Iterator[tuple[list[Key], str]]:
    for lang, misses in (("en", intent.not_this.en), ("zh", intent.not_this.zh)):
        for index, miss in enumerate(misses):
            yield ["not_this", lang, index, "intent"], miss.intent


def _answers(draft: Draft) -> Iterator[Problem]:
    intents, articles = ids(draft.intents), _articles(draft)
    read = [entry.item for entry in draft.intents if entry.item]
    leading: dict[str, set[str]] = {}
    for intent in read:
        leading.setdefault(intent.answer_id, set()).add(intent.id)
    for entry in draft.answers:
        if (answer := entry.item) is None:
            continue
        own = leading.get(answer.id, set())
        for key, names in (
            ("next", answer.next),
            ("not_to_be_confused", answer.not_to_be_confused),
        ):
            for index, name in enumerate(names):
                yield from _named(entry, [key, index], name, intents, "an intent", own)
        for index, name in enumerate(answer.law):
            yield from _named(entry, ["law", index], name, articles, "an article")
        # A broken intent may be the one that leads here.
        if not own and len(read) == len(draft.intents):
            what = f"no intent leads to {quoted(answer.id)}"
            yield entry.problem(["id"], what, "write the intent, or delete this file")


def _regions(draft: Draft) -> Iterator[Problem]:
    intents, places = ids(draft.intents), ids(draft.regions)
    for entry in draft.regions:
        if (region := entry.item) is None:
            continue
        for number, rule in enumerate(region.rules):
            for index, name in enumerate(rule.intents):
                path: list[Key] = ["rules", number, "intents", index]
                yield from _named(entry, path, name, intents, "an intent")
        if region.within:
            yield from _named(entry, ["within"], region.within, places, "a place", {region.id})


def _law(draft: Draft) -> Iterator[Problem]:
    acts = {entry.folder for entry in draft.acts}
    lacking: dict[str, Entry[BaseModel]] = {}
    for entry in draft.articles:
        if entry.folder not in acts:
            lacking.setdefault(entry.folder, entry)
    for act in lacking:
        file = f"knowledge/law/{act}/act.yaml"
        yield Problem(file, 1, "the act of these articles is missing", "write act.yaml")


def _concepts(draft: Draft) -> Iterator[Problem]:
    if draft.lexicon is None or draft.lexicon.item is None:
        return
    for name, concept in draft.lexicon.item.concepts.items():
        path = ["concepts", name, "refer"]
        if concept.refer is None:
            continue
        if not concept.foreign:
            what = f"{quoted(name)} is ours, and refers to somebody else"
            yield draft.lexicon.problem(path, what, "write foreign: true, or take refer out")
        if draft.referrals is not None:
            known = ids(draft.referrals)
            yield from _named(draft.lexicon, path, concept.refer, known, "in referrals.yaml")


def _sources(draft: Draft) -> Iterator[Problem]:
    if draft.sources is None:
        return
    known = ids(draft.sources)
    for entry in draft.knowledge():
        if entry.item is None:
            continue
        for path, name in cited(entry.node.plain, []):
            yield from _named(entry, path, name, known, "in sources.yaml")


def cited(plain: object, path: list[Key]) -> Iterator[tuple[list[Key], str]]:
    """Each source id below ``plain`` with its path."""
    if isinstance(plain, list):
        for index, value in enumerate(plain):
            yield from cited(value, [*path, index])
    elif isinstance(plain, dict):
        for key, value in plain.items():
            if key == "source" and isinstance(value, str):
                yield [*path, key], value
            elif key == "sources" and isinstance(value, list):
                for index, name in enumerate(value):
                    if isinstance(name, str):
                        yield [*path, key, index], name
            else:
                yield from cited(value, [*path, key])


def _articles(draft: Draft) -> set[str]:
    return {f"{entry.folder}/{entry.name}" for entry in draft.articles}


def _named(
    entry: Entry[BaseModel],
    path: Sequence[Key],
    name: str,
    known: Collection[str],
    kind: str,
    same: Collection[str] = (),
) -> Iterator[Problem]:
    if name not in known:
        mend = did_you_mean(name, known, "write one that is there")
        yield entry.problem(path, f"{quoted(name)} is not {kind}", mend)
    elif name in same:
        yield entry.problem(
            path, f"{quoted(name)} leads back here", "take it out, or write another"
        )
