"""Answers, cases and law articles as blocks: what is said, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from bot.content.library import Library
from bot.content.model import Act, Answer, Article, Case, Item, Region, Source, Step
from bot.dialogue.places import Holding
from bot.dialogue.turn import (
    Block,
    Citation,
    Heading,
    Listing,
    Note,
    Paragraph,
    Reply,
    SourceLine,
    Sources,
)
from bot.dialogue.words import Words

Part = Answer | Case


def answer_blocks(
    library: Library,
    words: Words,
    answer: Answer,
    case: Case | None,
    held: tuple[Holding, ...],
    today: date,
) -> list[Block]:
    """An answer, or one case of it, whole. What a case leaves out comes from the answer.

    ``held``: what holds where the asker is; it is told right after the lead, under its place.
    """
    blocks: list[Block] = [Heading(words.of(answer.title))]
    if case:
        blocks = [
            Heading(words("case_title", title=words.of(answer.title), case=words.of(case.title)))
        ]
    lead = case.lead if case and case.lead else answer.lead
    blocks += [Paragraph(words.of(lead)), *_local(words, held)]
    part: Part = case or answer
    blocks += _listing(words, "steps_title", part.steps or answer.steps, "steps")
    blocks += _listing(words, "bring_title", part.bring or answer.bring, "checklist")
    blocks += _listing(words, "points_title", part.points if case else answer.points, "bullets")
    if answer.varies:
        blocks.append(Note(words.of(answer.varies)))
    if answer.not_to_be_confused and not case:
        labels = [words.of(library.intent_set.intents[i].about) for i in answer.not_to_be_confused]
        blocks.append(Note(words("confused", labels=words.listed(labels))))
    blocks += _law(library, words, answer.law)
    cited = _cited(answer, case, held)
    if cited:  # without, nothing was stated that could be out of date
        reviews: list[Answer | Region] = [answer, *(one.region for one in held)]
        blocks += [*_sources(library, words, cited), _checked(words, reviews, today)]
    return blocks


def _law(library: Library, words: Words, articles: tuple[str, ...]) -> Iterator[Block]:
    """One article with its words; of several what they say, what changed, and how to read them.

    Seven statutes in two languages made three messages of what to do after a death.
    """
    if len(articles) == 1:
        yield citation(library, words, articles[0])
        return
    for name in articles:
        one, note = citation(library, words, name), library.articles[name].note
        yield Citation(one.title, one.text, note=words.of(note) if note else "")
    if articles:
        act, number = articles[0].split("/")
        example = words("article_example", act=library.acts[act].names.in_(words.lang)[0],
                        number=number)  # fmt: skip
        yield Note(words("law_in_full", example=example))


def checklist_blocks(
    words: Words, answer: Answer, case: Case | None, held: tuple[Holding, ...]
) -> list[Block]:
    """Only what to bring: the short answer to "and what do I bring?"."""
    bring = case.bring if case and case.bring else answer.bring
    blocks: list[Block] = [Heading(words.of(answer.title))]
    blocks += [*_listing(words, "bring_title", bring, "checklist"), *_local(words, held)]
    if answer.varies:
        blocks.append(Note(words.of(answer.varies)))
    return blocks


def noted(library: Library, reply: Reply, key: str, **blanks: object) -> Reply:
    """``reply`` with a note of ours before it."""
    note = Note(Words(library, reply.lang)(key, **blanks))
    return replace(reply, blocks=(note, *reply.blocks))


def law_blocks(library: Library, words: Words, answer: Answer) -> list[Block]:
    """Only the law behind an answer."""
    heading = Heading(words.of(answer.title))
    return [heading, *(citation(library, words, article) for article in answer.law)]


def article_blocks(library: Library, words: Words, name: str) -> list[Block]:
    """One law article: what it says in plain words, its own words, since when, its source."""
    article = library.articles[name]
    shown = citation(library, words, name)
    blocks: list[Block] = [Heading(shown.title), Paragraph(shown.text)]
    if article.note:
        blocks.append(Note(words.of(article.note)))
    if shown.quote:
        blocks.append(Citation(_short(library, words, name, article), "", shown.quote,
                               shown.translation, shown.note))  # fmt: skip
    blocks.append(Note(_since(words, library.acts[name.split("/")[0]])))
    return [*blocks, *_sources(library, words, [article.source])]


def _since(words: Words, act: Act) -> str:
    in_force = act.in_force.isoformat()
    if act.amended is None:
        return words("act_in_force", in_force=in_force)
    return words("act_amended", in_force=in_force, amended=act.amended.isoformat())


def citation(library: Library, words: Words, name: str) -> Citation:
    """A law article as part of an answer."""
    article = library.articles[name]
    act = library.acts[name.split("/")[0]]
    quote = article.quote
    return Citation(
        title=words(
            "law_title",
            act=words.of(act.title),
            number=article.number,
            topic=words.of(article.topic),
        ),
        text=words.of(article.summary),
        quote=quote.zh if quote else "",
        translation=quote.en if quote and words.lang == "en" else "",
        note=words("translation") if quote and words.lang == "en" else "",
    )


def _short(library: Library, words: Words, name: str, article: Article) -> str:
    act = library.acts[name.split("/")[0]].title
    return words("law_title", act=words.of(act), number=article.number, topic="").rstrip(": ：")


def _listing(
    words: Words,
    title: str,
    lines: Iterable[Step | Item],
    style: Literal["steps", "checklist", "bullets"],
) -> Iterator[Block]:
    items = tuple(words.of(line.text if isinstance(line, Step) else line) for line in lines)
    if items:
        yield Listing(items, style, words(title))


def _local(words: Words, held: Iterable[Holding]) -> Iterator[Block]:
    for region, rules in held:
        title = words("place_title", place=words.of(region.name))
        yield Listing(tuple(words.of(rule.text) for rule in rules), "bullets", title)


def _cited(answer: Answer, case: Case | None, held: Iterable[Holding]) -> list[str]:
    """The ids of all sources that what is shown rests on, in order, each once."""
    parts: list[Part] = [case, answer] if case else [answer]
    named = [source for part in parts for source in part.sources]
    for part in parts:
        lines: list[Step | Item] = [*part.steps, *part.bring, *part.points]
        named += [source for line in lines for source in line.sources]
    named += [source for one in held for rule in one.rules for source in rule.sources]
    return list(dict.fromkeys(named))


def _sources(library: Library, words: Words, names: Iterable[str]) -> Iterator[Block]:
    lines = tuple(
        SourceLine(source_line(words, library.sources[name]), library.sources[name].link or "")
        for name in names
    )
    if lines:
        yield Sources(words("sources_title"), lines)


def source_line(words: Words, source: Source) -> str:
    """A source in words: title, publisher, date."""
    title, publisher = words.of(source.title), words.of(source.publisher)
    if source.dated:
        return words("source", title=title, publisher=publisher, dated=source.dated.isoformat())
    return words("source_undated", title=title, publisher=publisher)


def _checked(words: Words, parts: list[Answer | Region], today: date) -> Note:
    """When the part was checked that was checked first, and whether any is overdue."""
    key = "overdue" if today > min(part.review_by for part in parts) else "reviewed"
    return Note(words(key, date=min(part.reviewed for part in parts).isoformat()))
