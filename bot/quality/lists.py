"""The question lists beside the content: they cover every intent and repeat no phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content.draft import Draft
from bot.content.links import OUT_OF_SCOPE, ids
from bot.content.model import LANGS, Lang
from bot.content.problem import Problem, did_you_mean, quoted
from bot.content.source import Node, read
from bot.content.words import compared
from bot.quality.alike import alike, is_long, plain
from bot.quality.phrases import Phrase

FOLDER = Path("tests") / "questions"
_FORM = "write {text: …, intent: …}"
_MEND_LIST = "write questions: and below it a list of {text: …, intent: …}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A question of a list: its right intents, the first one meant, and its place."""

    text: str
    plain: str
    lang: Lang
    intents: tuple[str, ...]
    file: str
    line: int

    def problem(self, what: str, mend: str) -> Problem:
        """A warning about this question."""
        return Problem(self.file, self.line, what, mend, "warning")


def list_problems(root: Path, draft: Draft, phrases: Sequence[Phrase]) -> Iterator[Problem]:
    """Warnings about ``root/tests/questions``; none where there is no such folder."""
    if not (root / FOLDER).is_dir():
        return
    listed: list[Listed] = []
    for path in sorted((root / FOLDER).glob("*.yaml")):
        file = (FOLDER / path.name).as_posix()
        try:
            node, problems = read(path.read_bytes(), file)
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            node, problems = None, [Problem(file, 1, f"cannot be read ({reason})", "mend it")]
        # The desk runs without a list; only who measures with it does not.
        yield from (replace(problem, severity="warning") for problem in problems)
        for one in _questions(node, file) if node else ():
            if isinstance(one, Listed):
                listed.append(one)
            else:
                yield one
    yield from _unknown(listed, ids(draft.intents) | {OUT_OF_SCOPE})
    yield from _unasked(listed, draft)
    yield from _copied(listed, phrases)


def _questions(node: Node, file: str) -> Iterator[Listed | Problem]:
    questions = node.inside.get("questions", Node(node.line))
    if not isinstance(questions.plain, list):
        yield Problem(file, questions.line, "not a list of questions", _MEND_LIST, "warning")
        return
    named = node.inside.get("lang", Node(1)).plain
    for one in questions.inside.values():
        match one.plain:
            case {"text": str(text), "intent": str(intent), **rest}:
                also = rest.get("also")
                right = (intent, *map(str, also if isinstance(also, list) else ()))
                # Lists may be of other languages too; these are compared as English is.
                lang: Lang = "zh" if rest.get("lang", named) == "zh" else "en"
                yield Listed(text, plain(text, lang), lang, right, file, one.line)
            case _:
                yield Problem(file, one.line, "not a question with its intent", _FORM, "warning")


def _unknown(listed: Sequence[Listed], known: set[str]) -> Iterator[Problem]:
    for question in listed:
        for intent in question.intents:
            if intent not in known:
                mend = did_you_mean(intent, known, "write one that is there")
                yield question.problem(f"{quoted(intent)} is not an intent", mend)


def _unasked(listed: Sequence[Listed], draft: Draft) -> Iterator[Problem]:
    asked = {question.intents[0] for question in listed}
    for entry in draft.intents:
        if entry.item and entry.item.id not in asked:
            what = f"no question in {FOLDER.as_posix()} asks for {quoted(entry.item.id)}"
            mend = "write some, as people ask, that are not among its phrases"
            yield entry.problem(["id"], what, mend, "warning")


def _copied(listed: Sequence[Listed], phrases: Sequence[Phrase]) -> Iterator[Problem]:
    """Questions that are phrases, or nearly: they measure memory.

    Nearly is a matter of the same intent only: one word from a phrase of another one is a good
    question.
    """
    for lang in LANGS:
        asked = [one for one in listed if one.lang == lang]
        learnt = [one for one in phrases if one.lang == lang]
        # Short ones to the letter only: there are few ways to ask "Who are you?".
        known = {_key(one.text, one.plain, lang): one for one in learnt}
        for question in asked:
            if phrase := known.get(_key(question.text, question.plain, lang)):
                yield _copy(question, phrase)
        asked = [one for one in asked if is_long(one.plain, lang) and one.plain not in known]
        learnt = [one for one in learnt if is_long(one.plain, lang)]
        pairs = alike([one.plain for one in asked], [one.plain for one in learnt])
        for question, phrase in ((asked[i], learnt[j]) for i, j in pairs):
            if phrase.intent in question.intents:
                what = f"{quoted(question.text)} is nearly a phrase, {phrase.place}"
                yield question.problem(what, "ask it otherwise: it would measure memory")


def _key(text: str, looks: str, lang: Lang) -> str:
    return looks if is_long(looks, lang) else compared(text)


def _copy(question: Listed, phrase: Phrase) -> Problem:
    if phrase.intent in question.intents:
        what = f"{quoted(question.text)} is a phrase, {phrase.place}"
        return question.problem(what, "ask it otherwise: it would measure memory")
    what = f"{quoted(question.text)} is a phrase of {phrase.intent}, {phrase.place}"
    return question.problem(what, "decide which of the two it is, and ask it otherwise")
