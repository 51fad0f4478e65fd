"""What is there for nothing: nobody cites it, refers to it or leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.draft import Draft
from bot.content.evidence import SMALL_TALK
from bot.content.links import cited
from bot.content.problem import Problem, quoted
from bot.content.source import Key, Node

_LISTS = ("next", "not_to_be_confused", "law", "sources", "intents")


def unused(draft: Draft) -> Iterator[Problem]:
    """Warnings: sources, referrals and intents that nothing leads to, and ids listed twice."""
    yield from _sources(draft)
    yield from _referrals(draft)
    yield from _intents(draft)
    for entry in draft.knowledge():
        yield from _twice(entry.file, entry.node)


def _sources(draft: Draft) -> Iterator[Problem]:
    named = {name for entry in draft.knowledge() for _, name in cited(entry.node.plain, [])}
    for source in draft.sources or ():
        if source.name not in named:
            what = f"nothing cites {quoted(source.name)}"
            yield source.problem([], what, "cite it where it says so, or take it out", "warning")


def _referrals(draft: Draft) -> Iterator[Problem]:
    if draft.lexicon is None or draft.lexicon.item is None:
        return
    named = {concept.refer for concept in draft.lexicon.item.concepts.values()}
    for referral in draft.referrals or ():
        if referral.name not in named:
            what = f"no concept refers to {quoted(referral.name)}"
            mend = f"write refer: {referral.name} at its words in lexicon.yaml, or take it out"
            yield referral.problem([], what, mend, "warning")


def _intents(draft: Draft) -> Iterator[Problem]:
    answers = [entry.item for entry in draft.answers if entry.item]
    if len(answers) < len(draft.answers):  # a broken answer may be the one that leads there
        return
    named = {name for one in answers for name in (*one.next, *one.not_to_be_confused)}
    for entry in draft.intents:
        # Small talk is met by talking; nobody is led to "hello".
        if entry.folder != SMALL_TALK and entry.name not in named:
            what = f"no answer leads to {quoted(entry.name)}"
            mend = "write it under next: of the answers after which people ask it"
            yield entry.problem(["id"], what, mend, "warning")


def _twice(file: str, node: Node) -> Iterator[Problem]:
    for key, child in node.inside.items():
        if key in _LISTS and isinstance(child.plain, list):
            yield from _repeated(file, key, child)
        else:
            yield from _twice(file, child)


def _repeated(file: str, key: Key, listed: Node) -> Iterator[Problem]:
    met: set[str] = set()
    for node in listed.inside.values():
        name = str(node.plain)
        if name in met:
            what = f"{quoted(name)} is in {key} twice"
            yield Problem(file, node.line, what, "take one of the two out", "warning")
        met.add(name)
