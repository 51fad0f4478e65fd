"""Which article is about something: found by the words of its topic and of its summary."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from bot.content.library import Library
from bot.content.model import Article
from bot.matching.matcher import Verdict
from bot.matching.normalise import normalise
from bot.matching.outcome import Lost, Sure
from bot.matching.tokens import is_han, stem, words_of

_WHICH = re.compile(
    r"\b(?:which|what)\b(?: \w+){0,3}? (?:article|section|clause|provision)s?\b"
    r"|哪[一几]?个?(?:条|款|法条|条文)|第几条"
)
# What asks, and what every article is about.
_ASKING = (
    "a about allow an and any are article as at be by can china chinese clause cover do does for "
    "forbid from give have how i if in insurance is it its law lay let may me mention my no not "
    "number of on or our provide provision regulate regulation rule say section security shall so "
    "should social speak state talk tell that the them there this to under us was we what when "
    "where which who with you your"
)
_EMPTY = frozenset(map(stem, _ASKING.split()))
_EMPTY_ZH = re.compile(
    r"社会保险|社保法|社保(?!卡)|法律|法规|法条|条文|条例|规定|关于|有关|里面?|中国|讲的?|说的?"
    r"|写的?|提到|请问|什么|怎么|多少|可以|[管是的了吗呢呀啊在对有我你要给能会]"
)
_SAME = 6  # letters; inherited, inheritance: to find an article, not to judge what is meant
_TOPIC = 2  # a word of the topic tells more than one of the summary
_ENOUGH = 0.5  # of the question's words, by weight, in one article; below, none is about it
_CLOSE = 0.75  # of the best one's worth; what is that near is offered too
_ACROSS = 0.25  # most Chinese pairs that no article has lie across two words
_MOST = 4


class Statutes:
    """The articles of a library by what they are about."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def _acts(self) -> Mapping[str, list[str]]:
        return {
            act: [normalise(name) for name in (*one.names.en, *one.names.zh)]
            for act, one in self._library.acts.items()
        }

    @cached_property  # a tenth of a second, and few people ask so
    def _words(self) -> Mapping[str, Mapping[str, int]]:
        return {name: _weighed(one) for name, one in self._library.articles.items()}

    @cached_property
    def _rare(self) -> Mapping[str, float]:
        known = Counter(word for words in self._words.values() for word in words)
        return {word: math.log(1 + len(self._words) / n) for word, n in known.items()}

    def sought(self, verdict: Verdict) -> list[str]:
        """The articles that a message looks for, saying "which article" or 哪一条."""
        match verdict.match:
            case Lost() | Sure(_, _, str()):  # nothing of ours, or the article's own number
                return []
        text = verdict.reading.text
        return self.about(_WHICH.sub(" ", text)) if _WHICH.search(text) else []

    def about(self, text: str) -> list[str]:
        """The articles about ``text``, best first, four at most; one alone where it is clear."""
        text, act = self._act_in(normalise(text))
        wanted = set(_words(text))
        if not wanted:
            return []
        strange = max(self._rare.values(), default=0.0)
        worth = {word: self._rare.get(word, strange * _unknown(word)) for word in wanted}
        found: dict[str, float] = {}
        for name, words in self._words.items():
            shared = wanted & words.keys()
            enough = sum(worth[word] for word in shared) >= _ENOUGH * sum(worth.values())
            # One word of a summary by chance is not enough: "which article should I buy".
            telling = len(shared) > 1 or any(words[word] == _TOPIC for word in shared)
            if enough and telling and (act is None or name.startswith(f"{act}/")):
                found[name] = sum(worth[word] * words[word] for word in shared)
        best = max(found.values(), default=0.0)
        near = [name for name, score in found.items() if score >= _CLOSE * best]
        return sorted(near, key=lambda name: -found[name])[:_MOST]

    def _act_in(self, text: str) -> tuple[str, str | None]:
        named = [(len(name), name, act) for act, names in self._acts.items() for name in names]
        _, name, act = max((one for one in named if one[1] in text), default=(0, "", None))
        return (text.replace(name, " ") if name else text), act


def _weighed(article: Article) -> dict[str, int]:
    words: dict[str, int] = {}  # the topic's last, as its weight stays
    for part, weight in ((article.summary, 1), (article.topic, _TOPIC)):
        for text in (part.en, part.zh):
            words.update((word, weight) for word in _words(normalise(text)))
    return words


def _words(text: str) -> Iterator[str]:
    """Stems cut short, and pairs of Chinese characters, of what is not empty."""
    for word in words_of(_EMPTY_ZH.sub(" ", text)):
        if is_han(word):
            yield from (word[i : i + 2] for i in range(len(word) - 1))
        elif stem(word) not in _EMPTY:
            yield stem(word)[:_SAME]


def _unknown(word: str) -> float:
    """What a word that no article has weighs, against the rarest that one has."""
    return _ACROSS if is_han(word) else 1.0
