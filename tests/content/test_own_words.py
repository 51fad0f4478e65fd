"""The list of the desk's own words is what the program says, no more and no less."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import bot
from bot.content.load import load
from bot.content.own_words import GROUP, SPOKEN
from bot.settings import shipped_content


def modules() -> Iterator[tuple[Path, ast.Module]]:
    root = Path(bot.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if "content" not in path.relative_to(root).parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def spoken_calls() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Where, the key, and the fields of each ``words("key", field=…)``."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else None
            name = node.func.id if isinstance(node.func, ast.Name) else name
            key = node.args[0]
            fields = frozenset(keyword.arg or "**" for keyword in node.keywords)
            is_self = isinstance(node.func, ast.Name) and node.func.id == "self"
            if name != "words" and not is_self:
                continue
            # words("torn" if … else "maybe") says either.
            keys = [key.body, key.orelse] if isinstance(key, ast.IfExp) else [key]
            for one in keys:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield f"{path.name}:{node.lineno}", one.value, fields


def test_every_call_says_words_that_are_listed_with_exactly_their_blanks() -> None:
    calls = list(spoken_calls())
    assert len(calls) > 25  # else the program speaks by another name now, and nothing is tested
    wrong = [call for call in calls if SPOKEN.get(call[1]) != call[2]]
    assert wrong == []


def test_everything_listed_is_said_somewhere() -> None:
    nodes = [node for _, tree in modules() for node in ast.walk(tree)]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant)}
    # f"language_{lang}" says whatever begins so
    begun = {node.values[0] for node in nodes if isinstance(node, ast.JoinedStr) and node.values}
    begins = tuple(
        str(one.value)
        for one in begun
        if isinstance(one, ast.Constant) and re.fullmatch("[a-z]+_", str(one.value))
    )
    assert {key for key in SPOKEN if key not in texts and not key.startswith(begins)} == set()


def test_the_real_words_are_those_listed_and_a_label_for_each_group() -> None:
    library = load(shipped_content())
    groups = {f"{GROUP}{folder}" for folder in library.intent_set.groups.values()}
    assert library.phrases.keys() - groups == SPOKEN.keys()
