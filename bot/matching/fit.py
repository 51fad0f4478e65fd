"""Learning from an intents folder: vocabulary, weights, confidence, thresholds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from bot.content.library import IntentSet
from bot.matching.confidence import learn
from bot.matching.decide import derive
from bot.matching.examples import Example, near_misses, phrases, strangers, swapped
from bot.matching.features import VIEWS
from bot.matching.fitted import STRANGER, Fitted
from bot.matching.fragments import fragments
from bot.matching.holdout import folds, try_out
from bot.matching.lesson import Lesson, show
from bot.matching.normalise import END, normalise
from bot.matching.pinyin import Syllables, syllable_table
from bot.matching.reading import Reader
from bot.matching.tokens import is_latin, words_of
from bot.matching.weights import halved

_EVERY = 3  # one phrase in three is shown with a foreign object too …
# … until editors have written a line out of scope for every ten phrases: then swaps cost one
# full answer in 25 and kept out one stranger of 365 (docs/decisions/0004), and fragments would
# make the fit half as long again (docs/decisions/0019).
_ENOUGH_APART = 0.1

Progress = Callable[[str, int, int], None]


def quiet(_stage: str, _done: int, _total: int) -> None:
    """A progress that nobody watches."""


def fit(intents: IntentSet, progress: Progress = quiet) -> Fitted:
    """The matcher for ``intents``; deterministic. ``progress`` hears the stage, done and total."""
    table = syllable_table()
    own, written = list(phrases(intents)), [*near_misses(intents), *strangers(intents)]
    apart = sum(example.label == STRANGER for example in written)
    examples = [*own, *written]
    if apart < _ENOUGH_APART * len(own):
        examples += [*swapped(intents, _EVERY), *fragments(own)]
    syllables = Syllables(table)
    words = vocabulary(intents, examples, syllables.cut)
    reader = Reader(syllables, words, intents.lexicon)
    lesson = Lesson([show(reader, example) for example in examples])
    left_out = folds(lesson, intents.intents)
    everything = np.arange(len(lesson.shown))
    done, total = 0, len(VIEWS) * (len(left_out) + 1)

    def news() -> None:
        nonlocal done
        done += 1
        progress("fitting", done, total)

    whole, *parts = lesson.learn([everything, *(fold.kept for fold in left_out)], news)
    trials = [
        trial
        for fold, shares in zip(left_out, parts, strict=True)
        for trial in try_out(lesson, shares, fold, reader.concepts)
    ]
    confidence = learn(trials)
    return Fitted(
        features=tuple(lesson.vectoriser.ids),
        icf=lesson.vectoriser.icf,
        table=halved(lesson.table(whole, everything)),
        classes=lesson.classes,
        words=tuple(words),
        syllables=table,
        exact=_exact(intents),
        confidence=confidence,
        thresholds=derive(confidence, trials),
    )


def _exact(intents: IntentSet) -> dict[str, str]:
    """Each normalised phrase and whose it is; a phrase that two intents claim is nobody's."""
    owners: dict[str, set[str]] = {}
    for example in (*phrases(intents), *near_misses(intents), *strangers(intents)):
        owners.setdefault(normalise(example.text).rstrip(END), set()).add(example.label)
    return {text: min(owner) for text, owner in owners.items() if text and len(owner) == 1}


def vocabulary(
    intents: IntentSet, examples: Sequence[Example], cut: Callable[[str], Sequence[str]]
) -> list[str]:
    """The Latin words of examples and lexicon, most frequent first.

    A phrase that is pinyin through and through teaches no words: they must stay sounds.
    """
    counted: Counter[str] = Counter()
    for example in examples:
        words = [word for word in words_of(normalise(example.text)) if is_latin(word)]
        if not all(map(cut, words)):
            counted.update(words)
    for concept in intents.lexicon.concepts.values():
        for form in concept.en:
            counted.update(filter(is_latin, words_of(normalise(form))))
    return [word for word, _ in counted.most_common()]
