"""The matcher: text -> Sure, Torn or Lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from bot.content.library import IntentSet
from bot.matching.articles import article_in
from bot.matching.classifier import widened
from bot.matching.concepts import ConceptFinder
from bot.matching.decide import Elsewhere, Thresholds, decide
from bot.matching.evidence import gather
from bot.matching.features import ALWAYS, Row, Vectoriser
from bot.matching.fitted import STRANGER, Fitted
from bot.matching.normalise import END, normalise
from bot.matching.outcome import Candidate, Lost, Match, Reason, Sure
from bot.matching.pinyin import Syllables
from bot.matching.reading import Reader, Reading

# By rule, not by likeness: an article's number, a phrase or a near miss word for word. Short of 1
# because even then something else can be meant.
_BY_RULE = 0.99


@dataclass(frozen=True, slots=True)
class Verdict:
    """A match with what led to it; ``ranked``: all intents, best first; ``rule``: what decided."""

    match: Match
    ranked: tuple[Candidate, ...]
    reading: Reading
    row: Row | None
    rule: str


class Matcher:
    """Finds the intent of a text. Pure: fitted elsewhere, no I/O, the same answer every time."""

    def __init__(
        self,
        intents: IntentSet,
        fitted: Fitted,
        acts: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """``acts``: each act's id and the names that people call it, for questions by number."""
        self._fitted = fitted
        self._reader = Reader(Syllables(dict(fitted.syllables)), fitted.words, intents.lexicon)
        self.vectoriser = Vectoriser(
            {feature: i for i, feature in enumerate(fitted.features)}, fitted.icf
        )
        stranger = STRANGER in fitted.classes
        self._stranger = fitted.classes.index(STRANGER) if stranger else None
        self._acts = {
            act: [normalise(name) for name in names] for act, names in (acts or {}).items()
        }
        self._articles = {i.article: i.id for i in intents.intents.values() if i.article}

    @property
    def concepts(self) -> ConceptFinder:
        """The lexicon at work."""
        return self._reader.concepts

    @property
    def thresholds(self) -> Thresholds:
        """The scores from which an answer, or a choice, is given."""
        return self._fitted.thresholds

    def telling(self, verdict: Verdict, most: int) -> list[tuple[str, float]]:
        """The features that spoke most for the best intent, and by how much."""
        row = verdict.row
        if row is None or not verdict.ranked:
            return []
        told = widened(self._fitted.table[row.ids])
        column = told[:, self._fitted.classes.index(verdict.ranked[0].intent)]
        pull = row.values * (column - told.mean(axis=1))
        pull[row.ids < len(ALWAYS)] = -np.inf  # an intercept is nothing that was said
        order = (-pull).argsort(kind="stable")[: min(most, len(pull) - len(ALWAYS))]
        return [(self._fitted.features[row.ids[i]], float(pull[i])) for i in order]

    @property
    def general_article_intent(self) -> str | None:
        """The intent that answers questions about any article."""
        return next((i for key, i in self._articles.items() if key.endswith("/any")), None)

    def match(self, text: str) -> Match:
        """What ``text`` asks for. Never raises, whatever the text."""
        return self.judge(text).match

    def judge(self, text: str) -> Verdict:
        """The match and what led to it."""
        reading = self._reader.read(text)
        if not reading.tokens:
            reason = Reason.OTHER_LANGUAGE if any(map(str.isalpha, text)) else Reason.EMPTY
            return Verdict(Lost(reason), (), reading, None, reason.value)
        row = self.vectoriser.row(reading.views())
        ranked = self._rank(reading, row)
        elsewhere = self._elsewhere(reading)
        article = self.article(reading.text)
        if article and not elsewhere:
            return self._by_rule("article", article[0], ranked, reading, row, article[1])
        exact = self._fitted.exact.get(reading.text.rstrip(END))
        if exact == STRANGER:
            return self._by_rule_lost(elsewhere, ranked, reading, row)
        if exact:
            return self._by_rule("phrase", exact, ranked, reading, row)
        if not row.known:
            return Verdict(Lost(Reason.UNLIKE), (), reading, row, "nothing known")
        match = decide(
            ranked,
            self._fitted.thresholds,
            ground=self.concepts.ground(reading.found),
            elsewhere=elsewhere,
        )
        return Verdict(match, ranked, reading, row, type(match).__name__.casefold())

    @staticmethod
    def _by_rule(
        rule: str,
        intent: str,
        ranked: tuple[Candidate, ...],
        reading: Reading,
        row: Row,
        article: str | None = None,
    ) -> Verdict:
        best = Candidate(intent, _BY_RULE)
        others = tuple(
            Candidate(one.intent, min(one.score, 1 - _BY_RULE))
            for one in ranked
            if one.intent != intent
        )
        match = Sure(best, 2 * _BY_RULE - 1, article)
        return Verdict(match, (best, *others), reading, row, rule)

    @staticmethod
    def _by_rule_lost(
        elsewhere: Elsewhere | None, ranked: tuple[Candidate, ...], reading: Reading, row: Row
    ) -> Verdict:
        """What an editor wrote down as out of scope, word for word."""
        ranked = tuple(Candidate(c.intent, min(c.score, 1 - _BY_RULE)) for c in ranked)
        reason = Reason.FOREIGN if elsewhere else Reason.UNLIKE
        lost = Lost(reason, ranked[0], elsewhere.refer if elsewhere else None)
        return Verdict(lost, ranked, reading, row, "phrase")

    def _rank(self, reading: Reading, row: Row) -> tuple[Candidate, ...]:
        """All intents, best first: the best with its score, the others sharing what that leaves."""
        evidence = gather(reading, row, self._fitted.table, self.concepts)
        score, chances = self._fitted.confidence.judge(evidence, self._stranger)
        order = (-chances).argsort(kind="stable")
        if self._stranger is not None:
            order = order[order != self._stranger]
        rest = (1.0 - score) / max(1e-9, 1.0 - float(chances[order[0]]))
        shared = np.minimum(score, rest * chances[order])
        shared[0] = score
        names = map(self._fitted.classes.__getitem__, order.tolist())
        # tuple's own constructor: Candidate's takes five times as long, for each intent
        pairs = zip(names, shared.tolist(), strict=True)
        return tuple(map(tuple.__new__, repeat(Candidate), pairs))

    def _elsewhere(self, reading: Reading) -> Elsewhere | None:
        """Whose counter a message belongs to that names a foreign object and none of ours."""
        foreign, refer = self.concepts.foreign(reading.found)
        return Elsewhere(refer) if foreign and not self.concepts.ours(reading.found) else None

    def article(self, text: str) -> tuple[str, str] | None:
        """The intent that answers the article named in ``text``, and the article's id."""
        if not self._acts:
            return None
        general = next((key for key in self._articles if key.endswith("/any")), None)
        named = article_in(normalise(text), self._acts, general.split("/")[0]) if general else None
        if general is None or named is None:
            return None
        return self._articles.get(named, self._articles[general]), named
