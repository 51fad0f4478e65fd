"""The words themselves: no phrase belongs to two intents, and Chinese is simplified."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from bot.content.draft import Draft, Entry
from bot.content.model import LANGS, Intent
from bot.content.problem import Problem, quoted
from bot.content.source import Key, Node


def wrong_words(draft: Draft) -> Iterator[Problem]:
    """Phrases that two intents claim, and traditional script."""
    owners = phrase_owners(draft)
    yield from _claimed_twice(owners)
    yield from _denied(draft, owners)
    yield from _disowned(draft, owners)
    yield from _traditional(draft)


Place = tuple[Entry[Intent], list[Key]]


def phrase_owners(draft: Draft) -> dict[str, list[Place]]:
    """Where each phrase stands, by the phrase as compared: NFKC, case-folded."""
    owners: dict[str, list[Place]] = {}
    for entry in draft.intents:
        if entry.item is None:
            continue
        for lang in LANGS:
            for index, phrase in enumerate(entry.item.phrases.in_(lang)):
                owners.setdefault(compared(phrase), []).append((entry, ["phrases", lang, index]))
    return owners


def compared(words: str) -> str:
    """The words as two of them are compared: NFKC, case-folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def _claimed_twice(owners: dict[str, list[Place]]) -> Iterator[Problem]:
    for places in owners.values():
        first, path = places[0]
        for entry, other in places[1:]:
            if entry is not first:
                what = f"{quoted(_text(entry, other))} is a phrase of {first.place(path)} too"
                yield entry.problem(other, what, "take it out of one of the two")


def _denied(draft: Draft, owners: dict[str, list[Place]]) -> Iterator[Problem]:
    for entry in draft.intents:
        if entry.item is None:
            continue
        for lang, misses in (("en", entry.item.not_this.en), ("zh", entry.item.not_this.zh)):
            for index, miss in enumerate(misses):
                for owner, path in owners.get(compared(miss.text), ()):
                    if owner.item and miss.intent not in (owner.item.id, owner.name):
                        what = f"{quoted(miss.text)} is a phrase of {owner.place(path)}"
                        mend = f"write intent: {owner.item.id}, or take one of the two out"
                        yield entry.problem(["not_this", lang, index, "text"], what, mend)


def _disowned(draft: Draft, owners: dict[str, list[Place]]) -> Iterator[Problem]:
    entry = draft.strangers
    if entry is None or entry.item is None:
        return
    for lang in LANGS:
        for index, phrase in enumerate(entry.item.phrases.in_(lang)):
            for owner, path in owners.get(compared(phrase), ()):
                what = f"{quoted(phrase)} is a phrase of {owner.place(path)}"
                yield entry.problem(["phrases", lang, index], what, "take one of the two out")


def _text(entry: Entry[Intent], path: list[Key]) -> object:
    return entry.node.at(path).plain


def _traditional(draft: Draft) -> Iterator[Problem]:
    chinese = [
        (entry.file, node) for entry in draft.entries() for node in _below(entry.node, within=False)
    ]
    used = set("".join(str(node.plain) for _, node in chinese))
    suspects = {character for character in used if _beyond_gb2312(character)}
    if not suspects:
        return
    # Here, not above: it takes longer than reading all the content, which seldom needs it.
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    simplified = {c: s for c in suspects if (s := convert(c)) != c}
    for file, node in chinese:
        text = str(node.plain)
        if found := [c for c in dict.fromkeys(text) if c in simplified]:
            shown = "".join(found)
            written = "".join(simplified[c] for c in found)
            what = f"{quoted(shown)} is traditional script"
            yield Problem(file, node.line, what, f"write {written}, in simplified script")


def _beyond_gb2312(character: str) -> bool:
    # GB 2312 is the character set of the simplified script. It has the few characters that a
    # converter takes for traditional ones and that are right in names and old words: 乾 於 徵 麽.
    if not "\u3400" <= character <= "\U0003ffff":
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _below(node: Node, within: bool) -> Iterator[Node]:
    """The texts under a key ``zh``, at any depth."""
    if isinstance(node.plain, str) and within:
        yield node
    for key, child in node.inside.items():
        yield from _below(child, within or key == "zh")
