"""Questions that lean on the last answer: "and how long does it take?", 要带什么."""

from __future__ import annotations

import math
from typing import Literal

from bot.content.library import Library
from bot.content.model import Lang
from bot.matching.matcher import Matcher, Verdict
from bot.matching.outcome import Candidate, Lost, Sure, Torn

Facet = Literal["bring", "law"]

# The lexicon's concepts that ask for one part of an answer.
_FACETS: dict[str, Facet] = {"documents": "bring", "law_word": "law"}
_SHORT = 10  # words; whoever says more names the topic
_CLEAR = 2.0  # times as probable as the next
_BARE = 5  # words; "when was the law last amended" asks about the law, not for it


def leans(library: Library, verdict: Verdict, matcher: Matcher) -> bool:
    """Whether a message may lean on the topic: short, with no thing of its own.

    A sure answer is no objection where nothing but aspects was said: what law says so, 要多久.
    """
    reading, found = verdict.reading, verdict.reading.found
    foreign, _ = matcher.concepts.foreign(found)
    if foreign or matcher.concepts.ground(found) == "named" or not 0 < reading.length <= _SHORT:
        return False
    match verdict.match:
        case Torn():
            return True
        case Sure(best, _, article):
            small_talk = library.intent_set.groups[best.intent] == "meta"
            return bool(found) and only_aspects(verdict, matcher) and not (article or small_talk)
        case Lost():
            return bool(found)  # in qwrtp there is nothing that could lean


def only_aspects(verdict: Verdict, matcher: Matcher) -> bool:
    """Whether a message names no thing, nothing done and nothing that happened."""
    kinds = matcher.concepts.kinds
    return all(kinds[hit.concept].kind == "aspect" for hit in verdict.reading.found)


def related(
    library: Library, matcher: Matcher, topic: str, text: str, alone: Verdict, lang: Lang
) -> list[Candidate]:
    """What ``text`` may ask about ``topic``, best first, shares of 1 among what goes with it.

    An intent that goes with the topic (its group, its next questions) is weighed by how well the
    words fit it alone and how well they fit it behind the topic's label.
    """
    label = library.intent_set.intents[topic].about.in_(lang)
    pool = goes_with(library, topic)
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


def clear(library: Library, alone: Verdict, intent: str) -> bool:
    """Whether a message by itself asks for ``intent`` rather than for anything but small talk.

    What goes with a topic shares 1, however little it fits: 可以别人代办吗 after a lost card had
    0.97 for the first card, which alone is hardly likelier than to let somebody else cancel.
    """
    groups = library.intent_set.groups
    serious = [one for one in alone.ranked if groups[one.intent] != "meta"]
    if not serious or serious[0].intent != intent:
        return False
    return len(serious) == 1 or serious[0].score >= _CLEAR * serious[1].score


def goes_with(library: Library, topic: str) -> set[str]:
    """The topic's group, what is asked after it and what it is mixed up with."""
    groups = library.intent_set.groups
    answer = library.answers[library.intent_set.intents[topic].answer_id]
    group = {name for name in groups if groups[name] == groups[topic]}
    return group | {*answer.next, *answer.not_to_be_confused}


def facet(verdict: Verdict) -> Facet | None:
    """The part of the last answer that a message asks for, when it asks for one and no more."""
    asked = {_FACETS[hit.concept] for hit in verdict.reading.found if hit.concept in _FACETS}
    more = isinstance(verdict.match, Sure) and verdict.reading.length > _BARE
    return asked.pop() if len(asked) == 1 and not more else None
