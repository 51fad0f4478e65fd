"""The project's own questions: this matcher in full detail, the peers on the same phrases."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.matching.datasets import Said
from benchmarks.matching.figures import auroc, full_at, reliability
from benchmarks.matching.peers.model import Guess, Peer
from benchmarks.matching.peers.ours import NAME, fit_ours, guess_of
from benchmarks.matching.plan import Job, Row, Setting
from bot.content.library import IntentSet, Library
from bot.content.load import load
from bot.content.model import LANGS
from bot.dialogue.privacy import mask
from bot.matching.matcher import Matcher, Verdict
from bot.quality.measure import measure as count
from bot.quality.questions import Question, read_questions

PEERS, DETAIL = "project", "detail"
_SMOKE_INTENTS, _SMOKE_PHRASES, _SMOKE_QUESTIONS = 10, 8, 60


@dataclass
class Project:
    """The content of the project and the questions asked of it, read when first needed."""

    content: Path
    lists: dict[str, tuple[Path, ...]]
    smoke: bool

    @cached_property
    def library(self) -> Library:
        """All content, whole also for a smoke run: its references must hold."""
        return load(self.content)

    @cached_property
    def intents(self) -> IntentSet:
        """What the matchers learn."""
        return _narrowed(self.library.intent_set) if self.smoke else self.library.intent_set

    @property
    def acts(self) -> dict[str, list[str]]:
        """The acts and what people call them."""
        return {id_: [*act.names.en, *act.names.zh] for id_, act in self.library.acts.items()}

    @cached_property
    def phrases(self) -> list[Said]:
        """The intents' phrases for the peers."""
        return [
            Said(text, intent.id, lang)
            for intent in self.intents.intents.values()
            for lang in LANGS
            for text in intent.phrases.in_(lang)
        ]

    def questions(self, name: str) -> list[Question]:
        """The questions of a list whose intents exist."""
        found = [
            question
            for path in self.lists[name]
            for question in read_questions(path)
            if not question.in_scope or question.intent in self.intents.intents
        ]
        return Random(0).sample(found, min(_SMOKE_QUESTIONS, len(found))) if self.smoke else found


def _narrowed(whole: IntentSet) -> IntentSet:
    intents = dict(list(whole.intents.items())[:_SMOKE_INTENTS])
    for name, intent in intents.items():
        shown: dict[str, Any] = {lang: intent.phrases.in_(lang)[:_SMOKE_PHRASES] for lang in LANGS}
        phrases = intent.phrases.model_copy(update=shown)
        intents[name] = intent.model_copy(update={"phrases": phrases})
    return IntentSet(intents, {name: whole.groups[name] for name in intents}, whole.lexicon, "")


def judge_with(matcher: Matcher) -> Callable[[str], Verdict]:
    """Judging as the desk does: personal numbers are taken out first."""
    return lambda text: matcher.judge(mask(text).text)


def jobs(setting: Setting, project: Project) -> Iterator[Job]:
    """This matcher by language and group, then every matcher by language."""
    yield Job(DETAIL, NAME, partial(detail, project))
    for peer in setting.listing.all:
        if peer.name != NAME:
            yield Job(PEERS, peer.name, partial(compare, project, peer))


def detail(project: Project) -> list[Row]:
    """This matcher's counts by language and group, and its line among the peers."""
    start = time.perf_counter()
    matcher = fit_ours(project.intents, project.acts).matcher
    fit_s = time.perf_counter() - start
    judge = judge_with(matcher)
    rows: list[Row] = []
    for name in project.lists:
        questions = project.questions(name)
        measured = count(questions, judge, project.intents.groups)
        parts = {"all": measured.total, **measured.parts}
        rows += [{"list": name, "part": part, **asdict(f)} for part, f in parts.items()]
        guesses = [guess_of(judge(question.text)) for question in questions]
        rows += [
            {"peers": True, "fit_s": fit_s, **row}
            for row in lines(name, NAME, questions, guesses, probable=True)
        ]
    return rows


def compare(project: Project, peer: Peer) -> list[Row]:
    """One peer on all lists."""
    start = time.perf_counter()
    model = peer.fit(project.phrases)
    fit_s = time.perf_counter() - start
    try:
        rows: list[Row] = []
        for name in project.lists:
            questions = project.questions(name)
            guesses = model.guess_all([question.text for question in questions])
            rows += lines(name, peer.name, questions, guesses, probable=peer.probable)
        return [{"fit_s": fit_s, **row} for row in rows]
    finally:
        model.close()


def lines(
    name: str,
    matcher: str,
    questions: Sequence[Question],
    guesses: Sequence[Guess],
    *,
    probable: bool,
) -> list[Row]:
    """Shares for each language: first right, AUROC, right and wrong in full."""
    rows: list[Row] = []
    for lang in LANGS:
        asked = [(q, g) for q, g in zip(questions, guesses, strict=True) if q.lang == lang]
        ours = [(q, g) for q, g in asked if q.in_scope]
        right = [g.intent in (q.intent, *q.also) for q, g in ours]
        inside = [g.score for _, g in ours]
        strangers = [g.score for q, g in asked if not q.in_scope]
        if not ours or not strangers:
            continue
        full, wrong = full_at(inside, right, strangers)
        row: Row = {
            "list": name,
            "matcher": matcher,
            "lang": lang,
            "first": sum(right) / len(right),
            "auroc": auroc(inside, strangers),
            "full": full,
            "wrong_in_full": wrong,
            "in_scope": len(inside),
            "outside": len(strangers),
        }
        if probable:
            row["bins"] = reliability(inside + strangers, right + [False] * len(strangers))
        rows.append(row)
    return rows
