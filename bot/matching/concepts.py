"""The lexicon at work: which concepts stand in a message, whatever words they came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.content.model import Concept, Kind, Lexicon
from bot.matching.tokens import Tokens, is_han, stem, words_of

LATIN = -1  # the ``token`` of a concept in Latin words, which may be several
_NEGATION = "negation"  # the id of the lexicon's concept that turns an action round
_REACH = 3  # words, or characters, between a negation and the action that it turns
_WHOLE_SOUND = 3  # a surface form of this many characters may be all homophones; a shorter one not


# What a message stands on: ``named``, an object of ours or talk about the talk itself; ``vague``, a
# thing that may be ours or anybody's; ``bare``, nothing, and the verb is no evidence of scope.
Ground = Literal["named", "vague", "bare"]
GROUNDS: tuple[Ground, ...] = get_args(Ground)


@dataclass(frozen=True, slots=True)
class Found:
    """A concept at ``start`` to ``end`` (tokens, or characters of the Chinese run ``token``)."""

    concept: str
    token: int
    start: int
    end: int
    negated: bool = False
    exact: bool = True  # as the lexicon writes it, not only as it sounds


class ConceptFinder:
    """Finds concepts by their surface forms, the longest first, homophones and inflections too."""

    def __init__(self, lexicon: Lexicon, syllable: Callable[[str], str]) -> None:
        self.kinds: dict[str, Concept] = dict(lexicon.concepts)
        self._en: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._zh: dict[str, list[tuple[str, tuple[str, ...], str]]] = defaultdict(list)
        for name, concept in lexicon.concepts.items():
            for form in concept.en:
                stems = tuple(map(stem, words_of(form.casefold())))
                if stems:
                    self._en[stems[0]].append((stems, name))
            for form in concept.zh:
                spoken = tuple(map(syllable, form))
                self._zh[spoken[0]].append((form, spoken, name))
        for forms in self._en.values():
            forms.sort(key=lambda form: -len(form[0]))
        for heard in self._zh.values():
            heard.sort(key=lambda form: -len(form[0]))

    def ours(self, found: Sequence[Found]) -> bool:
        """Whether an object of ours is among ``found``."""
        return any(self._is(hit, "object") for hit in found)

    def ground(self, found: Sequence[Found]) -> Ground:
        """What a message with ``found`` in it stands on."""
        if any(self._is(hit, "object") or self._is(hit, "talk") for hit in found):
            return "named"
        return "vague" if any(self._is(hit, "thing") for hit in found) else "bare"

    def acted(self, found: Sequence[Found]) -> bool:
        """Whether something is done or has happened among ``found``, to whatever it be."""
        return any(self._is(hit, "action") or self._is(hit, "situation") for hit in found)

    def _is(self, hit: Found, kind: Kind) -> bool:
        concept = self.kinds[hit.concept]
        return concept.kind == kind and not concept.foreign

    def foreign(self, found: Sequence[Found]) -> tuple[bool, str | None]:
        """Whether something of somebody else's is among ``found``, and whose where known."""
        others = [self.kinds[hit.concept] for hit in found if self.kinds[hit.concept].foreign]
        return bool(others), next((other.refer for other in others if other.refer), None)

    def find(self, tokens: Tokens) -> tuple[Found, ...]:
        """The concepts in ``tokens``, in order.

        Within a longer form an object still counts unless the form is an object itself, and an
        action counts in a situation or an aspect: 注销后 names a cancellation, 取消挂失 does not.
        """
        hits: list[Found] = []
        stems = [stem(word) for word in tokens.words]
        for at, (word, spoken) in enumerate(zip(tokens.words, tokens.spoken, strict=True)):
            if spoken:
                hits += self._in_run(word, spoken, at)
            else:
                hits += self._at(stems, at)
        # What is written beats what only sounds so: 去哪 is no 去拿.
        written = [h for h in hits if h.exact]
        hits = [h for h in hits if h.exact or not any(_overlap(h, w) for w in written)]
        hits.sort(key=lambda hit: (hit.token, hit.start, -hit.end))
        kept: list[Found] = []
        for hit in hits:
            around = [h for h in kept if h.token == hit.token and hit.end <= h.end]
            if all(self._shows(outer, hit) for outer in around):
                kept.append(hit)
        return self._turned(kept)

    def _shows(self, outer: Found, inner: Found) -> bool:
        within, kind = self.kinds[outer.concept].kind, self.kinds[inner.concept].kind
        if kind == "object":
            return within != "object"
        return kind == "action" and within in ("aspect", "situation")

    def _at(self, stems: Sequence[str], at: int) -> Iterator[Found]:
        for form, name in self._en.get(stems[at], ()):
            if tuple(stems[at : at + len(form)]) == form:
                yield Found(name, LATIN, at, at + len(form))

    def _in_run(self, run: str, spoken: tuple[str, ...], token: int) -> Iterator[Found]:
        typed = not is_han(run)  # pinyin: nothing to compare but the sound
        for at, syllable in enumerate(spoken):
            for form, sound, name in self._zh.get(syllable, ()):
                end = at + len(form)
                if spoken[at:end] != sound or end > len(spoken):
                    continue
                exact = not typed and run[at:end] == form
                if exact or (len(form) > 1 and (typed or _alike(run[at:end], form))):
                    yield Found(name, token, at, end, exact=exact or typed)

    def _turned(self, found: list[Found]) -> tuple[Found, ...]:
        """``found`` with each action after a negation marked, and the negations left out."""
        turned: list[Found] = []
        before: Found | None = None
        for hit in found:
            if hit.concept == _NEGATION:
                before = hit
                continue
            near = before is not None and before.token == hit.token
            if near and before and self.kinds[hit.concept].kind == "action":
                if hit.start - before.end <= _REACH:
                    hit = Found(hit.concept, hit.token, hit.start, hit.end, negated=True)
                before = None
            turned.append(hit)
        return tuple(turned)


def _alike(heard: str, form: str) -> bool:
    """Same sound is given; a short form must share a character too, or 住校 would be 注销."""
    return len(form) >= _WHOLE_SOUND or any(a == b for a, b in zip(heard, form, strict=True))


def _overlap(one: Found, other: Found) -> bool:
    return one.token == other.token and one.start < other.end and other.start < one.end
