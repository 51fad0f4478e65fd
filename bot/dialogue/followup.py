"""Questions that lean on the last answer: "and how long does it take?", 要带什么."""

from __future__ import annotations

import math
from typing import Literal

from bot.content.library import Library
from bot.content.model import Lang
from bot.matching.matcher import Matcher, Verdict
from bot.matching.outcome import Candidate, Sure

Facet = Literal["bring", "law"]

# The lexicon's concepts that ask for one part of an answer.
_FACETS: dict[str, Facet] = {"documents": "bring", "law_word": "law"}
_SHORT = 10  # words; whoever says more names the topic


def leans(verdict: Verdict, matcher: Matcher) -> bool:
    """Whether a message may lean on the topic: short, with no thing of its own, no sure answer."""
    found = verdict.reading.found
    foreign, _ = matcher.concepts.foreign(found)
    return (
        not isinstance(verdict.match, Sure)
        and not foreign
        and not matcher.concepts.ours(found)
        and 0 < verdict.reading.length <= _SHORT
    )


def related(
    library: Library, matcher: Matcher, topic: str, text: str, alone: Verdict, lang: Lang
) -> list[Candidate]:
    """What ``text`` may ask about ``topic``, best first, shares of 1 among what goes with it.

    An intent that goes with the topic (its group, its next questions) is weighed by how well the
    words fit it alone and how well they fit it behind the topic's label.
    """
    intents = library.intent_set.intents
    answer = library.answers[intents[topic].answer_id]
    groups = library.intent_set.groups
    pool = {name for name in intents if groups[name] == groups[topic]}
    pool |= {*answer.next, *answer.not_to_be_confused}
    label = intents[topic].about.in_(lang)
    light = matcher.judge(f"{label} {text}" if lang == "en" else f"{label}，{text}")
    behind = {candidate.intent: candidate.score for candidate in light.ranked}
    weighed = [
        Candidate(one.intent, math.sqrt(one.score * behind.get(one.intent, 0.0)))
        for one in alone.ranked
        if one.intent in pool and one.intent != topic
    ]
    total = sum(one.score for one in weighed)
    if not total:
        return []
    shares = [Candidate(one.intent, one.score / total) for one in weighed]
    return sorted(shares, key=lambda one: -one.score)


def facet(verdict: Verdict) -> Facet | None:
    """The part of the last answer that a message asks for, when it asks for one and no more."""
    asked = {_FACETS[hit.concept] for hit in verdict.reading.found if hit.concept in _FACETS}
    return asked.pop() if len(asked) == 1 else None
