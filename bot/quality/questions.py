"""Lists of questions with the intent that is right for each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import yaml

OUT_OF_SCOPE = "out_of_scope"


class QuestionsError(Exception):
    """A list cannot be read; the text says where and what to write."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, in which language, the right intent, and others that are right too."""

    text: str
    lang: str
    intent: str
    also: tuple[str, ...] = ()

    @property
    def in_scope(self) -> bool:
        """Whether an intent answers it."""
        return self.intent != OUT_OF_SCOPE


def read_questions(path: Path) -> list[Question]:
    """The questions of a YAML list, or of JSON lines; raises QuestionsError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(f"{path}: cannot be read ({error}); name a UTF-8 file") from None
    if path.suffix in (".yaml", ".yml"):
        return _from_yaml(path, text)
    return [
        _question(path, number, _json(path, number, line), "")
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    ]


def _from_yaml(path: Path, text: str) -> list[Question]:
    try:
        # base: every scalar is a string; a list may hold 12333 or "no"
        listed = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it builds strings only
    except yaml.YAMLError as error:
        raise QuestionsError(f"{path}: not YAML ({error})") from None
    if not isinstance(listed, dict) or not isinstance(listed.get("questions"), list):
        raise QuestionsError(f"{path}: no questions in it; write `questions:` and a list")
    lang = str(listed.get("lang", ""))
    return [_question(path, number, one, lang) for number, one in enumerate(listed["questions"], 1)]


def _json(path: Path, number: int, line: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionsError(f"{path}:{number}: not JSON ({error.msg})") from None


def _question(path: Path, number: int, one: object, lang: str) -> Question:
    match one:
        case {"text": str(text), "intent": str(intent), **rest}:
            also = rest.get("also", [])
            return Question(
                text,
                str(rest.get("lang", lang)),
                intent,
                tuple(map(str, also)) if isinstance(also, list) else (),
            )
    raise QuestionsError(f"{path}:{number}: write {{text: …, intent: …}}")
