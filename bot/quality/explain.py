"""Why a question was understood as it was, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Indel

from bot.content.library import IntentSet
from bot.content.model import LANGS
from bot.matching.matcher import Matcher, Verdict
from bot.matching.normalise import normalise

_CANDIDATES = 4
_FEATURES = 8


def explained(matcher: Matcher, intents: IntentSet, verdict: Verdict) -> dict[str, Any]:
    """Normalised text, repairs, concepts, telling features, candidates with their nearest phrase,
    margin, thresholds, and the rule that decided."""
    reading = verdict.reading
    ground = matcher.concepts.ground(reading.found)
    best = verdict.ranked[:_CANDIDATES]
    scores = [candidate.score for candidate in best]
    return {
        "normalised": reading.text,
        "repaired": [{"typed": was, "read": now} for was, now in reading.repairs],
        "ground": ground,
        "concepts": [("not " if hit.negated else "") + hit.concept for hit in reading.found],
        "known": round(verdict.row.known, 3) if verdict.row else 0.0,
        "features": [
            {"feature": name, "weight": round(weight, 3)}
            for name, weight in matcher.telling(verdict, _FEATURES)
        ],
        "candidates": [
            {
                "intent": candidate.intent,
                "score": round(candidate.score, 4),
                "nearest": _nearest(intents, candidate.intent, reading.text),
            }
            for candidate in best
        ],
        "inside": round(verdict.inside, 4),
        "margin": round(scores[0] - scores[1], 4) if len(scores) > 1 else None,
        "thresholds": {
            "sure": round(matcher.thresholds.sure, 4),
            "torn": round(matcher.thresholds.torn, 4),
        },
        "outcome": type(verdict.match).__name__.casefold(),
        "rule": verdict.rule,
    }


def _nearest(intents: IntentSet, intent: str, text: str) -> str | None:
    phrases = [phrase for lang in LANGS for phrase in intents.intents[intent].phrases.in_(lang)]
    found = process.extractOne(
        text, phrases, processor=normalise, scorer=Indel.normalized_similarity
    )
    return found[0] if found else None


def told(why: dict[str, Any]) -> Iterator[str]:
    """The explanation as lines to read."""
    yield f"normalised  {why['normalised']}"
    repaired = ", ".join(f"{one['typed']} -> {one['read']}" for one in why["repaired"])
    yield f"repaired    {repaired or '-'}"
    yield f"concepts    {', '.join(why['concepts']) or '-'}"
    yield f"ground      {why['ground']}"
    yield f"known       {why['known']:.0%} of the message"
    told_by = ", ".join(f"{one['feature']} ({one['weight']:+.2f})" for one in why["features"])
    yield f"told by     {told_by or '-'}"
    for number, one in enumerate(why["candidates"], 1):
        yield f"{number}. {one['score']:.3f}    {one['intent']}, nearest phrase: {one['nearest']}"
    if why["margin"] is not None:
        yield f"margin      {why['margin']:.3f}"
    limits = why["thresholds"]
    yield f"ours        {why['inside']:.3f}, worth a choice from {limits['torn']:.3f}"
    yield f"thresholds  sure from {limits['sure']:.3f}"
    yield f"decided     {why['outcome']} by {why['rule']}"
