"""A file's bytes to the text that was typed: UTF-8, and nothing in it that nobody can see."""

from __future__ import annotations

import re

from bot.content.problem import Problem

LARGEST_BYTES = 256 * 1024  # the longest file so far has 12 KB; more is not a text somebody wrote
_MOST_LINES = 20  # of a file that is not text at all, enough to see what it is

# Control characters (C0 but for tab and line feed, C1), other line breaks (they would shift every
# line number), soft hyphens, zero-width and direction marks as pasted from web pages, and what is
# no character. U+200D stays: it joins emoji.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    r"\ud800-\udfff\ufffe\uffff]"
)
_UNTYPED = re.compile(rf"\t|{UNSEEN.pattern}")


def typed_text(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The text in ``data`` with line feeds only, or None and what is wrong with it."""
    if len(data) > LARGEST_BYTES:
        what = f"the file is larger than {LARGEST_BYTES // 1024} KiB"
        return None, [Problem(file, 1, what, "split it, or take out what is not text")]
    try:
        text = data.decode("utf-8-sig")  # Notepad puts a mark before the text
    except UnicodeDecodeError as error:
        # The decoder counts from behind the mark that it has skipped.
        at = error.start + (len(data) - len(error.object))
        what = f"byte {at} of the file ({data[at]:#04x}) is not UTF-8"
        line = data.count(b"\n", 0, at) + 1
        return None, [Problem(file, line, what, "save the file again with the encoding UTF-8")]
    text = text.replace("\r\n", "\n")
    problems = _untyped(text, file)
    return (None if problems else text), problems


def _untyped(text: str, file: str) -> list[Problem]:
    problems: dict[int, Problem] = {}
    for found in _UNTYPED.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if found[0] == "\t":
            what, mend = "a tab", "write spaces instead, two for each step to the right"
        else:
            what = f"a character that nobody can see, U+{ord(found[0]):04X}"
            mend = "delete it, or type the line anew"
        problems.setdefault(line, Problem(file, line, what, mend))
        if len(problems) == _MOST_LINES:
            break
    return list(problems.values())
