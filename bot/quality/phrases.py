"""Phrases that teach the matcher two things at once, or that it does not learn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.content.draft import Draft, Entry
from bot.content.links import OUT_OF_SCOPE
from bot.content.model import LANGS, Intent, Lang, Lexicon, Strangers
from bot.content.problem import Problem, Severity, quoted
from bot.content.source import Key
from bot.content.words import compared
from bot.matching.matcher import Verdict
from bot.matching.outcome import Lost, Sure
from bot.matching.pinyin import Syllables
from bot.matching.reading import Reader
from bot.quality.alike import alike, is_long, plain

Judge = Callable[[str], Verdict]


@dataclass(frozen=True, slots=True)
class Phrase:
    """An utterance of ``intents/``, the intent it is to be taken for, and its place.

    ``near_miss``: it stands in the file of another intent, which it resembles, or in that of what
    is out of scope.
    """

    text: str
    plain: str
    lang: Lang
    intent: str
    entry: Entry[Intent] | Entry[Strangers]
    path: tuple[Key, ...]
    near_miss: bool = False

    @property
    def place(self) -> str:
        """Its file and line."""
        return self.entry.place(self.path)

    def problem(self, what: str, mend: str, severity: Severity = "warning") -> Problem:
        """A problem of this phrase."""
        return self.entry.problem(self.path, what, mend, severity)


def phrases_of(draft: Draft) -> list[Phrase]:
    """Every phrase of every intent that could be read."""
    return [
        Phrase(text, plain(text, lang), lang, entry.item.id, entry, ("phrases", lang, index))
        for entry in draft.intents
        if entry.item
        for lang in LANGS
        for index, text in enumerate(entry.item.phrases.in_(lang))
    ]


def near_misses_of(draft: Draft) -> list[Phrase]:
    """Every near miss of every intent that could be read."""
    found: list[Phrase] = []
    for entry in draft.intents:
        for lang in LANGS if entry.item else ():
            misses = entry.item.not_this.in_(lang) if entry.item else ()
            for index, one in enumerate(misses):
                path = ("not_this", lang, index, "text")
                looks = plain(one.text, lang)
                found.append(Phrase(one.text, looks, lang, one.intent, entry, path, near_miss=True))
    return found


def strangers_of(draft: Draft) -> list[Phrase]:
    """Everything that was written down as out of scope."""
    entry = draft.strangers
    if entry is None or entry.item is None:
        return []
    return [
        Phrase(text, plain(text, lang), lang, OUT_OF_SCOPE, entry, ("phrases", lang, at), True)
        for lang in LANGS
        for at, text in enumerate(entry.item.phrases.in_(lang))
    ]


def doubled(
    phrases: Sequence[Phrase], lexicon: Lexicon, judge: Judge | None = None
) -> Iterator[Problem]:
    """Warnings: phrases that stand twice in an intent, or nearly equal ones in two.

    "How long does it take to cancel a card" and "… to replace a card" differ by a concept of the
    lexicon, and are good phrases. With ``judge`` also which of the two the matcher takes it for.
    """
    first: dict[tuple[Lang, str], Phrase] = {}
    near: list[tuple[Phrase, Phrase]] = []
    for phrase in phrases:
        met = first.setdefault((phrase.lang, phrase.plain or phrase.text), phrase)
        if met is not phrase and met.intent == phrase.intent:
            what = f"{quoted(phrase.text)} is here twice, first on line {met.place.split(':')[1]}"
            yield phrase.problem(what, "take one of the two out")
        # What is equal to the letter is an error already: bot.content.words.
        elif met.intent != phrase.intent and compared(met.text) != compared(phrase.text):
            near.append((phrase, met))
    for lang in LANGS:
        some = [one for one in phrases if one.lang == lang and is_long(one.plain, lang)]
        texts = [phrase.plain for phrase in some]
        pairs = ((some[i], some[j]) for i, j in alike(texts, texts) if i > j)
        near += [(a, b) for a, b in pairs if a.intent != b.intent and a.plain != b.plain]
    # Neither ears nor spelling: what is compared is as it is written.
    reader = Reader(Syllables({}), (), lexicon)
    for phrase, other in near:
        if _meant(reader, phrase.text) == _meant(reader, other.text):
            what = f"{quoted(phrase.text)} is nearly {quoted(other.text)} of {other.place}"
            if judge:
                what += f", and taken for {_best(judge(phrase.text)) or 'nothing'}"
            yield phrase.problem(what, "take one of the two out, or write what sets it apart")


def _meant(reader: Reader, text: str) -> set[tuple[str, bool]]:
    return {(hit.concept, hit.negated) for hit in reader.read(text).found}


def misjudged(phrases: Sequence[Phrase], judge: Judge) -> Iterator[Problem]:
    """Warnings: phrases and near misses that get another full answer; notes: phrases with none."""
    for phrase in phrases:
        verdict = judge(phrase.text)
        best = _best(verdict)
        if isinstance(verdict.match, Sure) and best != phrase.intent:
            what = f"{quoted(phrase.text)} gets the full answer {best}, not {phrase.intent}"
            more = f"write two or three like it under not_this of {best}"
            mend = more if phrase.near_miss else f"say in it what sets it apart, or {more}"
            yield phrase.problem(what, mend)
        elif not isinstance(verdict.match, Sure) and not phrase.near_miss:
            got = "no answer" if isinstance(verdict.match, Lost) else "a choice"
            what = f"{quoted(phrase.text)} gets {got}, though the desk has learnt it"
            yield phrase.problem(what, "more phrases like it would make the desk sure", "note")


def _best(verdict: Verdict) -> str | None:
    return verdict.ranked[0].intent if verdict.ranked else None
