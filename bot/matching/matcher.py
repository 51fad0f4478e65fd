"""The matcher: text -> Sure, Torn or Lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.content.evidence import SMALL_TALK
from bot.content.library import IntentSet
from bot.matching.articles import article_in
from bot.matching.concepts import ConceptFinder
from bot.matching.decide import Elsewhere, Thresholds, decide
from bot.matching.evidence import gather
from bot.matching.fitted import STRANGER, Fitted
from bot.matching.normalise import END, normalise
from bot.matching.outcome import Candidate, Lost, Match, Reason, Sure
from bot.matching.pinyin import Syllables
from bot.matching.reading import Reader, Reading
from bot.matching.vectoriser import Row, Vectoriser
from bot.matching.weights import Weights

# By rule, not by likeness: an article's number, a phrase or a near miss word for word. Short of 1
# because even then something else can be meant.
_BY_RULE = 0.99
_BRIEF = 2  # words: "cancel", 断了, "lost it"
MOST_RANKED = 24  # further down nothing is likely, and naming all takes longer than weighing them


@dataclass(frozen=True, slots=True)
class Verdict:
    """A match with what led to it.

    ``ranked``: the likeliest intents, ``MOST_RANKED`` of them, best first; ``inside``: how probable
    it is that the message is ours at all, 0 to 1; ``rule``: what decided.
    """

    match: Match
    ranked: tuple[Candidate, ...]
    inside: float
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
        self._weights = Weights(fitted.table)
        stranger = STRANGER in fitted.classes
        self._stranger = fitted.classes.index(STRANGER) if stranger else None
        self._acts = {
            act: [normalise(name) for name in names] for act, names in (acts or {}).items()
        }
        self._talk = frozenset(i for i, group in intents.groups.items() if group == SMALL_TALK)
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
        best = self._fitted.classes.index(verdict.ranked[0].intent)
        pulls: dict[str, float] = defaultdict(float)
        for view in range(len(row.ends)):
            ids, values = row.view(view)
            told = self._weights.of(ids)
            pull = values * (told[:, best] - told.mean(axis=1))
            for i, part in zip(ids[1:].tolist(), pull[1:].tolist(), strict=True):  # no intercept
                pulls[self._fitted.features[i]] += part
        return sorted(pulls.items(), key=lambda pull: -pull[1])[:most]

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
            return Verdict(Lost(reason), (), 0.0, reading, None, reason.value)
        row = self.vectoriser.row(reading.features())
        ranked, inside = self._rank(reading, row)
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
            return Verdict(Lost(Reason.UNLIKE), ranked, inside, reading, row, "nothing known")
        match = decide(
            ranked,
            self._fitted.thresholds,
            inside=inside,
            ground=self.concepts.ground(reading.found),
            talk=self._talk,
            brief=reading.length <= _BRIEF and self.concepts.acted(reading.found),
            elsewhere=elsewhere,
        )
        return Verdict(match, ranked, inside, reading, row, type(match).__name__.casefold())

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
        return Verdict(match, (best, *others), _BY_RULE, reading, row, rule)

    @staticmethod
    def _by_rule_lost(
        elsewhere: Elsewhere | None, ranked: tuple[Candidate, ...], reading: Reading, row: Row
    ) -> Verdict:
        """What an editor wrote down as out of scope, word for word."""
        ranked = tuple(Candidate(c.intent, min(c.score, 1 - _BY_RULE)) for c in ranked)
        reason = Reason.FOREIGN if elsewhere else Reason.UNLIKE
        lost = Lost(reason, ranked[0], elsewhere.refer if elsewhere else None)
        return Verdict(lost, ranked, 1 - _BY_RULE, reading, row, "phrase")

    def _rank(self, reading: Reading, row: Row) -> tuple[tuple[Candidate, ...], float]:
        """The likeliest intents, best first, and how probable it is that any of them is right.

        The best one has its score, the others share what is left of that probability.
        """
        evidence = gather(reading, row, self._weights, self.concepts)
        score, inside, order, chances = self._fitted.confidence.judge(evidence, self._stranger)
        others = float(chances[order[1:]].sum())
        part = (inside - score) / others if others else 0.0
        classes, order = self._fitted.classes, order[:MOST_RANKED]
        pairs = zip(order.tolist()[1:], chances[order[1:]].tolist(), strict=True)
        behind = (Candidate(classes[i], min(score, part * chance)) for i, chance in pairs)
        return (Candidate(classes[order[0]], score), *behind), inside

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
