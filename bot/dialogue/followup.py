"""Questions that lean on the last answer: "and how long does it take?", 要带什么."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from bot.content.library import Library
from bot.content.model import Lang
from bot.matching.matcher import Matcher, Verdict
from bot.matching.outcome import Candidate, Lost, Sure, Torn

Facet = Literal["bring", "law"]

# The lexicon's concepts that ask for one part of an answer.
_FACETS: dict[str, Facet] = {"documents": "bring", "law_word": "law"}
_SHORT = 10  # words; whoever says more names the topic
_CLEAR = 2.0  # times as probable as the next
_FAINT = 1e-6  # the score of what is not even ranked
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


class Leaning(NamedTuple):
    """A message that leans on ``topic``: what it asks ``alone``, and ``behind`` its label.

    ``about``: what goes with the topic and has in its label the very aspect (how long, online)
    that is asked; empty where more than aspects was said.
    """

    topic: str
    alone: Verdict
    behind: Verdict
    about: frozenset[str]


def lean(
    library: Library, matcher: Matcher, topic: str, text: str, alone: Verdict, lang: Lang
) -> Leaning:
    """``text``, which asks ``alone`` what it does, behind the label of ``topic`` in ``lang``."""
    intents = library.intent_set.intents
    label = intents[topic].about.in_(lang)
    behind = matcher.judge(f"{label} {text}" if lang == "en" else f"{label}，{text}")
    pool = goes_with(library, topic) - {topic} if only_aspects(alone, matcher) else set()
    asked = {hit.concept for hit in alone.reading.found}
    about = {
        one
        for one in pool
        for hit in matcher.judge(intents[one].about.in_(lang)).reading.found
        if hit.concept in asked
    }
    return Leaning(topic, alone, behind, frozenset(about))


def related(library: Library, leaning: Leaning) -> list[Candidate]:
    """What the message may ask about the topic, best first, shares of 1 among what goes with it.

    An intent that goes with the topic (its group, its next questions) is weighed by how well the
    words fit it alone and how well they fit it behind the topic's label; what is about the aspect
    that is asked by the second only, and nothing else beside it.
    """
    topic, behind = leaning.topic, _scores(leaning.behind)
    if leaning.about:
        weighed = [Candidate(one, behind.get(one, _FAINT)) for one in sorted(leaning.about)]
    else:
        pool = goes_with(library, topic)
        weighed = [
            Candidate(one.intent, math.sqrt(one.score * behind.get(one.intent, 0.0)))
            for one in leaning.alone.ranked
            if one.intent in pool and one.intent != topic
        ]
    total = sum(one.score for one in weighed)
    if not total:
        return []
    shares = [Candidate(one.intent, one.score / total) for one in weighed]
    return sorted(shares, key=lambda one: -one.score)


def clear(library: Library, leaning: Leaning, intent: str) -> bool:
    """Whether the message asks for ``intent``, and not for the topic or for anything else.

    What goes with a topic shares 1, however little it fits: 网上能办吗 after a lost card had 0.95
    for the first card, for which many ask that, though it meant the loss. So ``intent`` must be
    about what is asked (how long, online), or lead by itself, small talk aside, and be likelier
    than the topic even behind the topic's label.
    """
    if intent in leaning.about:
        return True
    groups = library.intent_set.groups
    serious = [one for one in leaning.alone.ranked if groups[one.intent] != "meta"]
    if not serious or serious[0].intent != intent:
        return False
    if len(serious) > 1 and serious[0].score < _CLEAR * serious[1].score:
        return False
    behind = _scores(leaning.behind)
    return behind.get(intent, 0.0) > behind.get(leaning.topic, 0.0)


def _scores(verdict: Verdict) -> dict[str, float]:
    return {candidate.intent: candidate.score for candidate in verdict.ranked}


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
