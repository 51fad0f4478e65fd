"""What each part of the matcher is worth: the same measures without it.

The lexicon is taken out of the data. Views, repair and calibration have no switch, so they are
replaced where the matcher calls them; a name that is gone is reported, never passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any
from unittest.mock import patch

from benchmarks.matching.accuracy import FEW, measure
from benchmarks.matching.datasets import DataSet, Said, intent_set
from benchmarks.matching.peers.model import Guess, Model, Peer
from benchmarks.matching.peers.ours import OURS, fit_ours, guess_of
from benchmarks.matching.plan import Job, Row, Setting
from benchmarks.matching.project import Project, judge_with, lines
from bot.content.library import IntentSet
from bot.content.model import Lexicon
from bot.dialogue.privacy import mask
from bot.matching.confidence import Confidence, Judgement
from bot.matching.evidence import Evidence
from bot.matching.matcher import Matcher
from bot.quality.measure import measure as count

FEW_SECTION, PROJECT_SECTION = "ablation", "ablation on the project"


def _by_softmax(self: Confidence, evidence: Evidence, stranger: int | None) -> Judgement:
    """The softmax probability of the best intent as its score."""
    _, _, order, chances = judge(self, evidence, stranger)
    return Judgement(float(chances[order[0]]), float(chances[order].sum()), order, chances)


judge = Confidence.judge  # as it is before anything stands in for it


@dataclass(frozen=True, slots=True)
class Variant:
    """The matcher without something; ``replaced``: what stands in for what, by dotted name."""

    name: str
    replaced: tuple[tuple[str, Any], ...] = ()
    lexicon: bool = True

    def patched(self) -> ExitStack:
        """Puts the stand-ins in until it is closed; AttributeError where a name is gone."""
        stack = ExitStack()
        try:
            for name, stand_in in self.replaced:
                stack.enter_context(patch(name, stand_in))
        except BaseException:
            stack.close()
            raise
        return stack


def _no_features(*_: object) -> list[str]:
    return []


WHOLE = Variant("everything")
_CORE = (
    Variant("without repair", (("bot.matching.repair.Speller.repair", lambda _, word: word),)),
    Variant("without the written view", (("bot.matching.features.written", _no_features),)),
    Variant(
        "without the heard view",
        (
            ("bot.matching.features.heard", _no_features),
            ("bot.matching.vectoriser.spelt", _no_features),
        ),
    ),
    Variant(
        "uncalibrated: softmax as score",
        (("bot.matching.confidence.Confidence.judge", _by_softmax),),
    ),
)
# A folder whose editors wrote down what is out of scope has no fragments (decision 19).
_WITHOUT_STRANGERS = (
    Variant("without fragments", (("bot.matching.fit.fragments", _no_features),)),
)
_WITH_LEXICON = (Variant("without the lexicon", lexicon=False),)


class Without(Model):
    """A matcher that was fitted, and judges, without something."""

    def __init__(self, variant: Variant, matcher: Matcher) -> None:
        self._variant, self.matcher = variant, matcher

    def guess(self, text: str) -> Guess:
        return guess_of(self.matcher.judge(text))

    def guess_all(self, texts: Sequence[str]) -> list[Guess]:
        with self._variant.patched():
            return [self.guess(text) for text in texts]


def _fit(variant: Variant, intents: IntentSet, acts: dict[str, list[str]]) -> Without:
    if not variant.lexicon:
        intents = replace(intents, lexicon=Lexicon(concepts={}))
    with variant.patched():
        return Without(variant, fit_ours(intents, acts).matcher)


def jobs(setting: Setting, project: Project) -> Iterator[Job]:
    """Each variant on few10 of each data set, and on the project's own questions."""
    for data in setting.sets:
        # one draw: what is compared is the same phrases
        for variant in (WHOLE, *_CORE, *_WITHOUT_STRANGERS):
            label = f"{data.name}, {variant.name}"
            yield Job(FEW_SECTION, label, partial(on_few, data, 0, variant))
    for variant in (WHOLE, *_CORE, *_WITH_LEXICON):
        yield Job(PROJECT_SECTION, variant.name, partial(on_project, project, variant))


def on_few(data: DataSet, draw: int, variant: Variant) -> list[Row]:
    """A variant on one draw of a data set."""

    def fit(phrases: Sequence[Said]) -> Model:
        return _fit(variant, intent_set(phrases), {})

    try:
        return measure(data, FEW, draw, Peer(variant.name, fit, OURS.needs, OURS.most, True))
    except AttributeError as error:
        return [{"data": data.name, "matcher": variant.name, "gone": str(error)}]


def on_project(project: Project, variant: Variant) -> list[Row]:
    """A variant on the project's lists: shares by language, and counts by its own thresholds."""
    try:
        model = _fit(variant, project.intents, project.acts)
    except AttributeError as error:
        return [{"matcher": variant.name, "gone": str(error)}]
    judges = judge_with(model.matcher)
    rows: list[Row] = []
    for name in project.lists:
        questions = project.questions(name)
        guesses = model.guess_all([mask(question.text).text for question in questions])
        found = lines(name, variant.name, questions, guesses, probable=True)
        with variant.patched():
            measured = count(questions, judges, project.intents.groups)
        for row in found:
            row["counts"] = asdict(measured.parts[f"lang {row['lang']}"])
        rows += found
    return rows
