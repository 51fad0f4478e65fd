"""What an editor may write, as types: intents, lexicon, answers, places, law, sources, phrases.

Every model refuses unknown keys and is frozen once read. Texts come in pairs, English and
simplified Chinese; both are required, because an answer that exists in one language only would be
silence in the other. Descriptions and examples are what an editor's program shows
(``bot.content.schema``) and what a problem proposes to write.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

Lang = Literal["en", "zh"]
LANGS: tuple[Lang, ...] = ("en", "zh")

# 48 characters leave room in Telegram's 64 bytes of callback data for the kind of action.
ID = r"^[a-z][a-z0-9_]{1,47}$"
ARTICLE = r"^[a-z][a-z0-9_]*/[1-9][0-9]{0,2}$"
REFERENCE = r"^[a-z][a-z0-9_]*/(any|[1-9][0-9]{0,2})$"
LINK = r"^https?://[^\s/]+(/\S*)?$"
PHONE = r"^[0-9][0-9-]{2,15}$"


def _only_a_day(value: object) -> object:
    # pydantic alone would take 20261122 for seconds since 1970, and a time of day as well.
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise PydanticCustomError("date_parsing", "not year-month-day")
    return value


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=ID)]
ArticleId = Annotated[str, StringConstraints(pattern=ARTICLE)]
Reference = Annotated[str, StringConstraints(pattern=REFERENCE)]
Link = Annotated[str, StringConstraints(pattern=LINK)]
Phone = Annotated[str, StringConstraints(pattern=PHONE)]
Day = Annotated[date, BeforeValidator(_only_a_day)]

# What goes out of date by itself has both: answers, places and acts. An article has not: it is
# compared with the rest of its act, and a copy of the date in each would not stay the same. Nor has
# a source: it says when it was read, nobody hears of it but through an answer, and whoever reviews
# the answer opens it. Intents and the desk's own words state nothing that could cease to be true.
Reviewed = Annotated[
    Day,
    Field(
        description="The day when it was last checked against its sources", examples=["2026-11-22"]
    ),
]
ReviewBy = Annotated[
    Day, Field(description="The day by which it must be checked again", examples=["2027-05-22"])
]


class Model(BaseModel):
    """Frozen, and strict about keys: a misspelt key is a problem, not a silent nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
    """The same words in both languages; ``zh`` is simplified."""

    en: Line = Field(description="The words in English")
    zh: Line = Field(description="The same words in simplified Chinese")

    def in_(self, lang: Lang) -> str:
        """The words in ``lang``."""
        return self.en if lang == "en" else self.zh


# ------------------------------------------------------------------------------ what people ask


class Phrases(Model):
    """Utterances, by language."""

    en: tuple[Line, ...] = Field(min_length=1, description="As people type it in English")
    zh: tuple[Line, ...] = Field(min_length=1, description="As people type it in Chinese")

    def in_(self, lang: Lang) -> tuple[str, ...]:
        """The utterances in ``lang``."""
        return self.en if lang == "en" else self.zh


class NearMiss(Model):
    """An utterance that looks like this intent and belongs to another, or to none."""

    text: Line = Field(description="The utterance")
    intent: Id = Field(
        description="The intent where it belongs, or out_of_scope", examples=["out_of_scope"]
    )


class NearMisses(Model):
    """Near misses by language."""

    en: tuple[NearMiss, ...] = ()
    zh: tuple[NearMiss, ...] = ()

    def in_(self, lang: Lang) -> tuple[NearMiss, ...]:
        """The near misses in ``lang``."""
        return self.en if lang == "en" else self.zh


class Intent(Model):
    """One thing that people ask for: ``intents/<group>/<id>.yaml``."""

    id: Id = Field(description="The file's name without .yaml", examples=["cancel_howto"])
    answer: Id | None = Field(
        None,
        description="The answer it leads to, a file under knowledge/; the same id unless said",
        examples=["cancel_howto"],
    )
    about: Text = Field(description="The label of its button: a few words")
    phrases: Phrases = Field(description="What people type when they ask for it")
    not_this: NearMisses = Field(NearMisses(), description="What looks alike and belongs elsewhere")
    article: Reference | None = Field(
        None,
        description="The law article that it is about, act/number, or act/any",
        examples=["social_insurance_law/24"],
    )

    @property
    def answer_id(self) -> str:
        """The id of the answer that it leads to."""
        return self.answer or self.id


Kind = Literal["action", "object", "thing", "situation", "place", "aspect", "talk"]


class Concept(Model):
    """Words that mean the same, for matching only."""

    kind: Kind = Field(description="What sort of word it is", examples=["action"])
    foreign: bool = Field(
        False, description="true: it belongs to somebody else's counter", examples=["true"]
    )
    refer: Id | None = Field(
        None, description="For a foreign one: whose, an id in knowledge/referrals.yaml"
    )
    en: tuple[Line, ...] = Field((), description="English words and word groups")
    zh: tuple[Line, ...] = Field((), description="Chinese words")


class Lexicon(Model):
    """``intents/lexicon.yaml``: words that mean the same, for matching only."""

    concepts: dict[Id, Concept] = Field(description="One concept a key, in snake_case")


class Strangers(Model):
    """``intents/out_of_scope.yaml``: what people ask here by mistake, about nothing of ours."""

    phrases: Phrases = Field(description="What people type that no answer of ours fits")


# ----------------------------------------------------------------------------- what is answered

_SOURCES = "Ids in knowledge/sources.yaml that this comes from"
_OWN_SOURCES = _SOURCES + "; left out, the file's sources hold"


class Step(Model):
    """One thing to do, or one thing to know."""

    text: Text = Field(description="One idea, the verb first")
    sources: tuple[Id, ...] = Field((), description=_OWN_SOURCES)


class Item(Text):
    """One line of the checklist."""

    sources: tuple[Id, ...] = Field((), description=_OWN_SOURCES)


class Case(Model):
    """What differs in one situation; chosen by button. What it leaves out, the answer says."""

    id: Id = Field(description="Its name within this answer", examples=["proxy"])
    title: Text = Field(description="The label of its button")
    lead: Text | None = Field(None, description="The answer in this situation, in a sentence")
    steps: tuple[Step, ...] = Field((), description="To be done in this order")
    points: tuple[Step, ...] = Field((), description="To be known")
    bring: tuple[Item, ...] = Field((), description="The checklist")
    sources: tuple[Id, ...] = Field((), description=_OWN_SOURCES)


class Answer(Model):
    """``knowledge/<topic>/<id>.yaml``: what the desk says about one thing."""

    id: Id = Field(description="The file's name without .yaml", examples=["cancel_howto"])
    title: Text = Field(description="A heading of a few words")
    lead: Text = Field(description="The answer straight, in one or two short sentences")
    steps: tuple[Step, ...] = Field((), description="To be done in this order; shown with numbers")
    points: tuple[Step, ...] = Field((), description="To be known; shown with bullets")
    bring: tuple[Item, ...] = Field((), description="The checklist of what to take along")
    cases: tuple[Case, ...] = Field((), description="Variants by situation, chosen by button")
    varies: Text | None = Field(None, description="What is local, and whom to ask")
    not_to_be_confused: tuple[Id, ...] = Field(
        (), description="Intents that people mix up with this one"
    )
    next: tuple[Id, ...] = Field((), description="Intents that people ask for next")
    law: tuple[ArticleId, ...] = Field(
        (), description="Articles that bear on it", examples=[["social_insurance_law/24"]]
    )
    sources: tuple[Id, ...] = Field((), description=_SOURCES + ", where a line names none")
    reviewed: Reviewed
    review_by: ReviewBy


class Rule(Model):
    """What holds in one place, and in which answers it is to be told."""

    intents: tuple[Id, ...] = Field(
        min_length=1,
        description="Intents whose answers it changes or completes",
        examples=[["cancel_howto"]],
    )
    text: Text = Field(description="The rule in a sentence or two, without the place's name")
    sources: tuple[Id, ...] = Field(min_length=1, description=_SOURCES)


class Region(Model):
    """``knowledge/regions/<id>.yaml``: a place, what people call it and what holds there."""

    id: Id = Field(description="The file's name without .yaml", examples=["guangzhou"])
    name: Text = Field(description="Its name: in the heading of its rules, and on its button")
    names: Phrases = Field(description="What people call it, to find it in a message")
    within: Id | None = Field(
        None,
        description="The place around it whose rules hold here as well",
        examples=["guangdong"],
    )
    rules: tuple[Rule, ...] = Field((), description="What holds there and is known to hold there")
    reviewed: Reviewed
    review_by: ReviewBy


class Quote(Model):
    """A statute's words: ``zh`` governs, ``en`` is an unofficial translation."""

    zh: Line = Field(description="The statute's own words")
    en: Line = Field(description="An unofficial translation")


class Article(Model):
    """``knowledge/law/<act>/<number>.yaml``: one article of an act."""

    number: int = Field(
        ge=1, le=999, description="The article's number, as in the file's name", examples=[24]
    )
    topic: Text = Field(description="What it is about, in a few words")
    summary: Text = Field(description="What it says, in plain words of ours")
    quote: Quote | None = Field(None, description="Its own words, where they are quoted")
    note: Text | None = Field(None, description="What has changed since, or what it does not say")
    source: Id = Field(
        description="An id in knowledge/sources.yaml", examples=["social_insurance_law_2018"]
    )


class Act(Model):
    """``knowledge/law/<act>/act.yaml``: the statute itself."""

    id: Id = Field(description="The folder's name", examples=["social_insurance_law"])
    title: Text = Field(description="Its full title")
    names: Phrases = Field(description="What people call it, to find it in a question")
    adopted: Day = Field(description="The day of its adoption", examples=["2010-10-28"])
    in_force: Day = Field(description="The day from which it holds", examples=["2011-07-01"])
    amended: Day | None = Field(
        None, description="The day of its last amendment", examples=["2018-12-29"]
    )
    source: Id = Field(
        description="An id in knowledge/sources.yaml", examples=["social_insurance_law_2018"]
    )
    reviewed: Reviewed
    review_by: ReviewBy


class Source(Model):
    """Where a statement comes from."""

    title: Text = Field(description="The document's title")
    publisher: Text = Field(description="Who published it")
    dated: Day | None = Field(None, description="Its own date", examples=["2024-08-16"])
    accessed: Day = Field(description="The day when it was read", examples=["2026-11-22"])
    link: Link | None = Field(
        None,
        description="On an official host; left out where only a copy was read",
        examples=["https://www.mohrss.gov.cn/"],
    )
    kind: Literal["statute", "official", "official_copy", "other"] = Field(
        description="How far it can be relied on", examples=["official"]
    )
    phones: tuple[Phone, ...] = Field(
        (), description="Phone numbers that it vouches for", examples=[["12333"]]
    )


class Referral(Model):
    """Whose counter a foreign thing belongs to."""

    name: Text = Field(description="The body's name")
    advice: Text = Field(description="What to do there, in one sentence")
    phones: tuple[Phone, ...] = Field(
        (), description="Its phone numbers, the same in the whole country", examples=[["12329"]]
    )
    sources: tuple[Id, ...] = Field((), description=_SOURCES)
