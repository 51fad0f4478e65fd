"""Learning from an intents folder: vocabulary, weights, calibration, thresholds."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.content.library import IntentSet
from bot.matching.classifier import gram, scores, softmax, train, weigh
from bot.matching.confidence import Trial, calibrate, signs
from bot.matching.decide import derive
from bot.matching.examples import Example, near_misses, phrases, swapped
from bot.matching.features import Floats, Vectoriser
from bot.matching.fitted import STRANGER, Fitted
from bot.matching.normalise import normalise
from bot.matching.pinyin import Syllables, syllable_table
from bot.matching.reading import Reader, Reading
from bot.matching.tokens import is_latin, words_of

FOLDS = 4
VIEW_WEIGHTS = (1.0, 1.0, 1.0)
# For every hundred questions of ours a help desk gets this many about other things, and this many
# about things of ours that nobody wrote an intent for.
_STRANGERS, _UNFORESEEN = 0.25, 0.04
_EVERY = 3  # one phrase in three is shown with a foreign object too

Progress = Callable[[str, int, int], None]


def quiet(_stage: str, _done: int, _total: int) -> None:
    """A progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """An example as it was read."""

    example: Example
    reading: Reading
    views: tuple[Counter[str], ...]


def fit(intents: IntentSet, progress: Progress = quiet) -> Fitted:
    """The matcher for ``intents``; deterministic. ``progress`` hears the stage, done and total."""
    table = syllable_table()
    examples = [*phrases(intents), *near_misses(intents), *swapped(intents, _EVERY)]
    words = _vocabulary(intents, examples)
    reader = Reader(Syllables(table), words, intents.lexicon)
    shown = []
    for example in examples:
        reading = reader.read(example.text)
        shown.append(_Shown(example, reading, reading.views()))
    progress("fitting", 1, FOLDS + 2)

    trials: list[Trial] = []
    for fold in range(FOLDS):
        trials += _held_out(shown, reader, fold, intents)
        progress("fitting", fold + 2, FOLDS + 2)
    calibration = calibrate(trials)
    thresholds = derive([calibration.score(trial.signs) for trial in trials], trials)

    vectoriser, weights, classes = _learn(shown)
    progress("fitting", FOLDS + 2, FOLDS + 2)
    return Fitted(
        features=tuple(vectoriser.ids),
        idf=vectoriser.idf,
        table=weights,
        classes=classes,
        words=tuple(words),
        syllables=table,
        calibration=calibration,
        thresholds=thresholds,
    )


def _vocabulary(intents: IntentSet, examples: Sequence[Example]) -> list[str]:
    """The Latin words of phrases and lexicon, most frequent first."""
    counted: Counter[str] = Counter()
    for example in examples:
        counted.update(filter(is_latin, words_of(normalise(example.text))))
    for concept in intents.lexicon.concepts.values():
        for form in concept.en:
            counted.update(filter(is_latin, words_of(normalise(form))))
    return [word for word, _ in counted.most_common()]


def _learn(shown: Sequence[_Shown]) -> tuple[Vectoriser, Floats, tuple[str, ...]]:
    classes = tuple(sorted({one.example.label for one in shown}))
    number = {name: i for i, name in enumerate(classes)}
    vectoriser = Vectoriser.fit([one.views for one in shown], VIEW_WEIGHTS)
    rows = [vectoriser.row(one.views) for one in shown]
    labels = np.array([number[one.example.label] for one in shown])
    # a long list must not outvote a short one: each class weighs the root of its number
    counts = np.bincount(labels, minlength=len(classes))
    weights = np.sqrt(counts.mean() / counts[labels]).astype(np.float32)
    shares = train(gram(rows, len(vectoriser.ids)), labels, weights, len(classes))
    return vectoriser, weigh(rows, shares, len(vectoriser.ids)), classes


def _held_out(
    shown: Sequence[_Shown], reader: Reader, fold: int, intents: IntentSet
) -> list[Trial]:
    """Trials with what one fold leaves out of training.

    Left out are one phrase in ``FOLDS``, and one intent in ``FOLDS`` altogether: its phrases come
    back as strangers.
    """
    away = {name for name in intents.intents if _share(name) == fold}
    if len(away) == len(intents.intents):
        away = set()
    kept, left = [], []
    for one in shown:
        if one.example.label in away or _share(one.example.text) == fold:
            left.append(one)
        else:
            kept.append(one)
    if not kept or not left:
        return []
    vectoriser, table, classes = _learn(kept)
    stranger = classes.index(STRANGER) if STRANGER in classes else None
    trials = []
    for one in left:
        row = vectoriser.row(one.views)
        chances = softmax(scores(row, table))
        ours = reader.concepts.ours(one.reading.found)
        foreign, _ = reader.concepts.foreign(one.reading.found)
        seen = signs(chances, row.known, ours, foreign, one.reading.length, stranger)
        inside = chances.copy()
        if stranger is not None:
            inside[stranger] = -1.0
        label = one.example.label
        scope = label != STRANGER and label not in away
        right = scope and classes[int(inside.argmax())] == label
        trials.append(Trial(seen, right, scope))
    return _weighed(trials, [one.example.label == STRANGER for one in left])


def _weighed(trials: Sequence[Trial], known_strangers: Sequence[bool]) -> list[Trial]:
    """``trials`` with strangers weighed to the share in which they come to a help desk."""
    ours = sum(trial.in_scope for trial in trials)
    near = sum(known_strangers)
    lost = len(trials) - ours - near  # phrases of intents that were left out altogether
    share = {
        True: _STRANGERS * ours / max(1, near),
        False: (_UNFORESEEN if near else _STRANGERS) * ours / max(1, lost),
    }
    return [
        trial if trial.in_scope else replace(trial, weight=share[known])
        for trial, known in zip(trials, known_strangers, strict=True)
    ]


def _share(name: str) -> int:
    return zlib.crc32(name.encode()) % FOLDS
