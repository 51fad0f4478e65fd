"""YAML text to plain values that remember their lines, without YAML's surprises.

Every scalar is the text that was typed: ``12:30``, ``010``, ``on`` and ``2026-11-22`` stay as they
are. What an editor does not need and what hides mistakes (anchors, aliases, tags, merge keys,
several documents) is a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml
from yaml import events

from bot.content.problem import Problem, named, quoted
from bot.content.syntax import explain
from bot.content.typed import UNSEEN, typed_text

# The parser that resolves nothing, in C where PyYAML was built with it: 20 times as fast.
_Parser: Callable[[str], yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

DEEPEST = 16  # the format needs 6: cases, a case, steps, a step, text, zh
_NOTHING = {"", "~", "null", "Null", "NULL"}

Plain = str | list["Plain"] | dict[str, "Plain"] | None
Key = str | int


_EMPTY: Mapping[Any, Any] = MappingProxyType({})


class Node(NamedTuple):
    """A value and its line; ``plain`` is None where the value itself is a problem.

    ``inside`` has the nodes of a mapping or a list by key or index, ``key_lines`` the lines of a
    mapping's keys, which may stand above their values.
    """

    line: int
    plain: Plain = None
    inside: Mapping[Key, Node] = _EMPTY
    key_lines: Mapping[Key, int] = _EMPTY

    def line_of(self, path: Sequence[Key]) -> int:
        """The line of the value at ``path``, or of the innermost value on the way to it."""
        node = self
        for key in path:
            if key not in node.inside:
                break
            node = node.inside[key]
        return node.line

    def at(self, path: Sequence[Key]) -> Node:
        """The node at ``path``; raises KeyError where there is none."""
        node = self
        for key in path:
            node = node.inside[key]
        return node


def read(data: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """The one document in ``data``, None where it cannot be read, and what is wrong with it."""
    text, problems = typed_text(data, file)
    if text is None:
        return None, problems
    reading = _Reading(text, file)
    try:
        node = reading.document()
    except _UnreadableError as unreadable:
        return None, [*reading.problems, unreadable.problem]
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # ValueError and OverflowError: "\UFFFFFFFF" in the parser that is not in C.
        line, what, mend = explain(error)
        problem = Problem(file, min(line, reading.last_line), what, mend)
        return None, [*reading.problems, problem]
    return node, reading.problems


class _UnreadableError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class _Reading:
    """One file being read: events in, nodes out, problems on the side."""

    def __init__(self, text: str, file: str) -> None:
        self._parser = _Parser(text)
        # PyYAML places what is missing at the end of a file behind its last line.
        self.last_line = text.count("\n") + (not text.endswith("\n"))
        self._file = file
        self.problems: list[Problem] = []

    def document(self) -> Node:
        """The root node of the only document; raises where there is none or a second one."""
        self._next()  # the stream's start
        begins = not isinstance(self._next(), events.StreamEndEvent)
        first = self._next() if begins else None
        if first is None or (isinstance(first, events.ScalarEvent) and _is_nothing(first)):
            raise _UnreadableError(self._problem(1, "the file is empty", "write it, or delete it"))
        node = self._node(first, "the file", 0)
        self._next()  # the document's end
        after = self._next()
        if not isinstance(after, events.StreamEndEvent):
            what = 'a second document starts here ("---")'
            raise _UnreadableError(
                self._problem(self._line(after), what, "move it to a file of its own")
            )
        return node

    def _next(self) -> events.Event:
        event: events.Event = self._parser.get_event()  # type: ignore[no-untyped-call]
        return event

    def _line(self, event: events.Event) -> int:
        mark = event.start_mark
        return min(mark.line + 1, self.last_line) if mark is not None else 1

    def _problem(self, line: int, what: str, mend: str) -> Problem:
        return Problem(self._file, line, what, mend)

    def _report(self, line: int, what: str, mend: str) -> None:
        self.problems.append(self._problem(line, what, mend))

    def _node(self, event: events.Event, name: str, depth: int) -> Node:
        line = self._line(event)
        if depth > DEEPEST:
            what = f"more than {DEEPEST} lists or mappings inside each other"
            raise _UnreadableError(
                self._problem(line, what, "close the brackets; quote text with [ {")
            )
        if isinstance(event, events.AliasEvent):
            what = f"{quoted(f'*{event.anchor}')} is a YAML alias"
            self._report(line, what, "write it out, or quote a text that starts with *")
            return Node(line)
        self._refuse_marks(event, line)
        if isinstance(event, events.ScalarEvent):
            return self._scalar(event, name, line)
        if isinstance(event, events.SequenceStartEvent):
            return self._list(line, name, depth)
        return self._mapping(line, depth)

    def _refuse_marks(self, event: events.Event, line: int) -> None:
        if anchor := getattr(event, "anchor", None):
            what = f"{quoted('&' + anchor)} is a YAML anchor"
            self._report(line, what, "take it out, or quote a text that starts with &")
        if tag := getattr(event, "tag", None):
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            what = f"{quoted(shown)} is a YAML tag"
            self._report(line, what, "take it out, or quote a text that starts with !")

    def _scalar(self, event: events.ScalarEvent, name: str, line: int) -> Node:
        value: str = event.value
        if _is_nothing(event):
            self._report(line, f"{name} is empty", "write its text, or take the line out")
            return Node(line)
        # Escapes only: a character that was typed as it is has been refused already.
        if event.style == '"' and (unseen := UNSEEN.search(value)):
            what = f"an escape for the character U+{ord(unseen[0]):04X}, which nobody can see"
            self._report(line, what, "take the escape out")
            return Node(line)
        return Node(line, value)

    def _list(self, line: int, name: str, depth: int) -> Node:
        plain: list[Plain] = []
        inside: dict[Key, Node] = {}
        while not isinstance(event := self._next(), events.SequenceEndEvent):
            node = self._node(event, f"a line of {name}", depth + 1)
            inside[len(plain)] = node
            plain.append(node.plain)
        return Node(line, plain, inside)

    def _mapping(self, line: int, depth: int) -> Node:
        plain: dict[str, Plain] = {}
        inside: dict[Key, Node] = {}
        key_lines: dict[Key, int] = {}
        while not isinstance(event := self._next(), events.MappingEndEvent):
            key = self._node(event, "a key", depth + 1)
            name = key.plain if isinstance(key.plain, str) else None
            value = self._node(self._next(), named(name) if name else "the value", depth + 1)
            if name is None:
                if isinstance(key.plain, list | dict):
                    self._report(key.line, "a key is not a text", "write one word before the colon")
            elif name == "<<":
                self._report(key.line, '"<<" merges another mapping', "write its lines out here")
            elif name in inside:
                what = f"{quoted(name)} is here twice, first on line {key_lines[name]}"
                self._report(key.line, what, "take one of the two out")
            else:
                plain[name], inside[name], key_lines[name] = value.plain, value, key.line
        return Node(line, plain, inside, key_lines)


def _is_nothing(event: events.ScalarEvent) -> bool:
    return event.implicit[0] and event.value in _NOTHING
