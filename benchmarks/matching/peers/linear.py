"""scikit-learn's linear classifiers on TF-IDF of words, letters, characters and pinyin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_union
from sklearn.svm import LinearSVC

from benchmarks.matching.datasets import Said
from benchmarks.matching.peers.model import Guess, Model, Peer
from benchmarks.matching.peers.ngrams import characters, letters, syllables, words_and_pairs

View = Callable[[str], list[str]]
_LATIN: tuple[View, ...] = (words_and_pairs, letters)


class Linear(Model):
    """One vectoriser a view, side by side, and a classifier on top."""

    def __init__(self, phrases: Sequence[Said], classifier: Any, han: Sequence[View]) -> None:
        langs = {one.lang for one in phrases}
        views = [*(_LATIN if "en" in langs else ()), *(han if "zh" in langs else ())]
        self._views = make_union(
            *(TfidfVectorizer(analyzer=view, sublinear_tf=True) for view in views)
        )
        table = self._views.fit_transform([one.text for one in phrases])
        self._classifier = classifier.fit(table, [one.intent for one in phrases])

    def guess(self, text: str) -> Guess:
        return self.guess_all([text])[0]

    def guess_all(self, texts: Sequence[str]) -> list[Guess]:
        table = self._views.transform(texts)
        chances = getattr(self._classifier, "predict_proba", None)
        scores = chances(table) if chances else self._classifier.decision_function(table)
        if scores.ndim == 1:  # two classes have one decision
            scores = scores[:, None] * [-1.0, 1.0]
        best = scores.argmax(axis=1)
        names = self._classifier.classes_
        return [Guess(str(names[i]), float(row[i])) for i, row in zip(best, scores, strict=True)]


# C: as right as any from 1 to 100 (logistic regression) and from 0.3 to 1 (LinearSVC) on few10.
def _logistic(phrases: Sequence[Said]) -> Model:
    return Linear(phrases, LogisticRegression(C=30, max_iter=300), (characters, syllables))


def _svc(phrases: Sequence[Said]) -> Model:
    return Linear(phrases, LinearSVC(C=1.0), (characters, syllables))


def _no_pinyin(phrases: Sequence[Said]) -> Model:
    return Linear(phrases, LogisticRegression(C=30, max_iter=300), (characters,))


_NEEDS = ("scikit-learn", "pypinyin")
# 150 classes against 100,000 phrases take longer to fit than all else here together.
PEERS = [
    Peer("LinearSVC", _svc, _NEEDS, 15_000),
    Peer("logistic regression", _logistic, _NEEDS, 15_000, probable=True),
]
WITHOUT_PINYIN = Peer(
    "logistic regression, no pinyin", _no_pinyin, ("scikit-learn",), 15_000, probable=True
)
