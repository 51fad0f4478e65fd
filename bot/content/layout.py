"""Which file holds what: a content folder to a draft.

``intents/<group>/<id>.yaml``, ``intents/lexicon.yaml``, ``intents/out_of_scope.yaml`` (may be
missing), ``knowledge/<topic>/<id>.yaml``,
``knowledge/regions/<id>.yaml``, ``knowledge/law/<act>/act.yaml``,
``knowledge/law/<act>/<number>.yaml`` and, one mapping each, ``knowledge/sources.yaml``,
``knowledge/referrals.yaml`` and ``knowledge/phrases.yaml``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from bot.content.draft import Draft, Entry
from bot.content.fit import fit
from bot.content.folder import Leaf, digest, gather
from bot.content.loose import LooseIntent, LooseStrangers
from bot.content.model import (
    ID,
    Act,
    Answer,
    Article,
    Intent,
    Lexicon,
    Referral,
    Region,
    Source,
    Strangers,
    Text,
)
from bot.content.problem import Problem, quoted
from bot.content.source import Node, read

M = TypeVar("M", bound=BaseModel)


def read_content(root: Path) -> Draft:
    """Everything under ``root/intents`` and ``root/knowledge``."""
    draft = Draft()
    _read_intents(draft, root / "intents", root)
    _read_knowledge(draft, root / "knowledge", root)
    return draft


def read_any_intents(folder: Path) -> Draft:
    """The intents of any data set: loosely fitted, in folders of any depth or none."""
    draft = Draft()
    folder = folder.resolve()
    leaves = _leaves(draft, folder, folder)
    draft.digest = digest(leaves)
    for leaf in leaves:
        if leaf.parts == ("lexicon.yaml",):
            draft.lexicon = _one(draft, leaf, Lexicon)
        elif leaf.parts == ("out_of_scope.yaml",):
            draft.strangers = _one(draft, leaf, LooseStrangers)
        else:
            group = leaf.parts[0] if len(leaf.parts) > 1 else ""
            draft.intents.append(_one(draft, leaf, LooseIntent, group))
    _some_intents(draft, folder)
    return draft


def _read_intents(draft: Draft, folder: Path, root: Path) -> None:
    leaves = _leaves(draft, folder, root)
    draft.digest = digest(leaves)
    for leaf in leaves:
        match leaf.parts:
            case ("lexicon.yaml",):
                draft.lexicon = _one(draft, leaf, Lexicon)
            case ("out_of_scope.yaml",):
                draft.strangers = _one(draft, leaf, Strangers)
            case (group, _):
                draft.intents.append(_one(draft, leaf, Intent, group))
            case _:
                _misplaced(draft, leaf, "intents/<group>/")
    _some_intents(draft, folder)
    if folder.is_dir() and draft.lexicon is None:
        _lacking(draft, "intents/lexicon.yaml", "concepts: {}")


def _read_knowledge(draft: Draft, folder: Path, root: Path) -> None:
    single: dict[str, Leaf] = {}
    for leaf in _leaves(draft, folder, root):
        match leaf.parts:
            case ("sources.yaml" | "referrals.yaml" | "phrases.yaml" as name,):
                single[name] = leaf
            case ("regions", _):
                draft.regions.append(_one(draft, leaf, Region))
            case ("law", act, "act.yaml"):
                draft.acts.append(_one(draft, leaf, Act, act))
            case ("law", act, _):
                draft.articles.append(_one(draft, leaf, Article, act))
            case (topic, _) if topic not in ("law", "regions"):
                draft.answers.append(_one(draft, leaf, Answer, topic))
            case _:
                _misplaced(draft, leaf, "knowledge/<topic>/ or knowledge/law/<act>/")
    if folder.is_dir():
        draft.sources = _many(draft, single, "sources.yaml", Source)
        draft.referrals = _many(draft, single, "referrals.yaml", Referral)
        draft.phrases = _many(draft, single, "phrases.yaml", Text)


def _leaves(draft: Draft, folder: Path, root: Path) -> list[Leaf]:
    leaves, problems = gather(folder, root)
    draft.problems.extend(problems)
    return leaves


def _one(draft: Draft, leaf: Leaf, model: type[M], folder: str = "") -> Entry[M]:
    node = _node(draft, leaf)
    item = _fitted(draft, leaf.file, node, model) if node else None
    return Entry(leaf.stem, folder, leaf.file, node or Node(1), item)


def _many(
    draft: Draft, single: dict[str, Leaf], name: str, model: type[M]
) -> list[Entry[M]] | None:
    leaf = single.get(name)
    if leaf is None:
        _lacking(draft, f"knowledge/{name}", "{}")
        return None
    node = _node(draft, leaf)
    if node is None:
        return None
    if not isinstance(node.plain, dict):
        what = "the file is not a mapping of ids"
        draft.problems.append(Problem(leaf.file, node.line, what, "start each id at the margin"))
        return None
    entries = []
    for key in node.plain:
        if not re.fullmatch(ID, key):
            what = f"{quoted(key)} is not an id"
            mend = "write 2 to 48 small letters, digits and _, like report_loss"
            draft.problems.append(Problem(leaf.file, node.key_lines[key], what, mend))
        item = _fitted(draft, leaf.file, node.inside[key], model)
        entries.append(Entry(key, "", leaf.file, node.inside[key], item))
    return entries


def _node(draft: Draft, leaf: Leaf) -> Node | None:
    if leaf.data is None:
        return None
    node, problems = read(leaf.data, leaf.file)
    draft.problems.extend(problems)
    return node


def _fitted(draft: Draft, file: str, node: Node, model: type[M]) -> M | None:
    item, problems = fit(model, node, file)
    if problems:
        # An empty value is reported already; that it is no list either would only confuse.
        told = {(problem.file, problem.line) for problem in draft.problems}
        draft.problems.extend(one for one in problems if (one.file, one.line) not in told)
    return item


def _some_intents(draft: Draft, folder: Path) -> None:
    if not draft.intents and not draft.problems:
        mend = "write one intent at least, or name another folder"
        draft.problems.append(Problem(folder.name, 1, "there are no intents", mend))


def _misplaced(draft: Draft, leaf: Leaf, right: str) -> None:
    problem = Problem(leaf.file, 1, "nobody looks for a file here", f"move it to {right}")
    draft.problems.append(problem)


def _lacking(draft: Draft, file: str, least: str) -> None:
    mend = f"make it, with {least} in it at least"
    draft.problems.append(Problem(file, 1, "the file is missing", mend))
