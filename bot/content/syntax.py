"""PyYAML's syntax errors as sentences that an editor understands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import yaml


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a message means. ``at`` tells which mark to show: where the parser gave up, or where
    the thing began that it could not finish.
    """

    sign: str  # words of PyYAML's message, from the parser in C or the one in Python
    what: str
    mend: str
    at: Literal["end", "start"] = "end"


_INDENT = "indent it like the lines it belongs with, two spaces for each step to the right"
_QUOTE = "put the text in quotes"

# The first sign found in "context: problem" decides, so the narrower ones come first.
_READINGS = (
    _Reading("scanning an alias", "a text starts with *", _QUOTE),
    _Reading("scanning an anchor", "a text starts with &", _QUOTE),
    _Reading("a tag:", "a text starts with !", _QUOTE),
    _Reading("scanning a directive", "a line starts with %", "take it out, or quote it"),
    _Reading("scanning a block scalar", "words behind | or >", "write the text on the next line"),
    _Reading("escape", "a backslash in double quotes", "use single quotes instead"),
    _Reading("hexadecimal", "a backslash in double quotes", "use single quotes instead"),
    _Reading("quoted scalar", "a quote opens here and never closes", "close it", at="start"),
    _Reading("double-quoted", "a quote opens here and never closes", "close it", at="start"),
    _Reading("cannot start any token", "a text starts with @, ` or %", _QUOTE),
    _Reading("mapping values are not allowed", 'a ": " where no key can be',
             f"{_QUOTE}, or {_INDENT}"),
    _Reading("entries are not allowed", 'a "- " where no list can be',
             "start the list on a line of its own"),
    _Reading("simple key", "no key can be read here", 'write "key: value", or quote the text',
             at="start"),
    _Reading("',' or", "a bracket opens here and never closes",
             "close it; quote a text that has , : [ ] { or } in it", at="start"),
    _Reading("node content", "a value starts with , ] or }, or is missing",
             "close the brackets, or put the text in quotes"),
    _Reading("'-' indicator", "this line is not part of the list above",
             'start it with "- ", or indent it'),
    _Reading("document start", "text behind the end of the document", 'take out "..." and "---"'),
    _Reading("expected key", "this does not line up with what stands above",
             f"{_INDENT}; put a text with quotes in it wholly in quotes"),
    _Reading("block end", "this does not line up with what stands above",
             f"{_INDENT}; put a text with quotes in it wholly in quotes"),
)  # fmt: skip
_UNKNOWN = _Reading("", "this cannot be read", f"{_INDENT}, and close quotes and brackets")


def explain(error: Exception) -> tuple[int, str, str]:
    """Where (a line from 1), what is wrong and how to mend it."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return 1, _UNKNOWN.what, _UNKNOWN.mend
    message = f"{error.context or ''}: {error.problem or ''}"
    reading = next((one for one in _READINGS if one.sign in message), _UNKNOWN)
    mark = error.problem_mark
    if reading.at == "start" and error.context_mark is not None:
        mark = error.context_mark
    return (mark.line + 1 if mark is not None else 1), reading.what, reading.mend
