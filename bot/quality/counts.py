"""How much content there is, and how much of it names a source of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from bot.content.draft import Draft
from bot.content.layout import read_content
from bot.content.model import LANGS, Answer, Item, Step
from bot.quality.lists import FOLDER
from bot.quality.questions import Question, QuestionsError, read_questions

_TALKS = Path("tests") / "conversations"
_LINES = {"steps": "steps", "points": "points", "bring": "checklist items"}


@dataclass(frozen=True, slots=True)
class Count:
    """A row: what is counted, how many, and what they are made up of."""

    what: str
    number: int
    of: str = ""


def counts(root: Path) -> list[Count]:
    """All counts of the content in ``root`` and of its lists; what is broken is left out."""
    draft = read_content(root)
    return [*_content(draft), *_lists(root), *_sourced(draft)]


def _content(draft: Draft) -> Iterator[Count]:
    intents = [entry.item for entry in draft.intents if entry.item]
    answers = [entry.item for entry in draft.answers if entry.item]
    phrases, misses = Counter[str](), Counter[str]()
    for lang in LANGS:
        phrases[lang] = sum(len(one.phrases.in_(lang)) for one in intents)
        misses[lang] = sum(len(one.not_this.in_(lang)) for one in intents)
    acts = Counter(entry.folder for entry in draft.articles if entry.item)
    kinds = Counter[str](entry.item.kind for entry in draft.sources or () if entry.item)
    regions = [entry.item for entry in draft.regions if entry.item]
    yield Count("intents", len(intents))
    yield Count("phrases", phrases.total(), _made_up(phrases))
    yield Count("near misses", misses.total(), _made_up(misses))
    yield Count("answers", len(answers), f"{sum(len(one.cases) for one in answers)} cases")
    yield Count("articles", acts.total(), _made_up(acts))
    yield Count("sources", kinds.total(), _made_up(kinds))
    yield Count("regions", len(regions), f"{sum(len(one.rules) for one in regions)} rules")


def _lists(root: Path) -> Iterator[Count]:
    asked: list[Question] = []
    for path in sorted((root / FOLDER).glob("*.yaml")):
        with suppress(QuestionsError):  # reported by bot.quality.lists
            asked += read_questions(path)
    langs = Counter(one.lang for one in asked if one.in_scope)
    strangers = Counter(one.lang for one in asked if not one.in_scope)
    yield Count("questions in scope", langs.total(), _made_up(langs))
    yield Count("questions out of scope", strangers.total(), _made_up(strangers))
    talks = Counter[str]()
    for path in sorted((root / _TALKS).glob("*.yaml")):
        with suppress(OSError, ValueError, yaml.YAMLError, LookupError, TypeError):
            held = yaml.safe_load(path.read_text(encoding="utf-8"))["talks"]
            talks.update(talks=len(held), turns=sum(len(one["turns"]) for one in held))
    yield Count("talks", talks["talks"], f"{talks['turns']} turns")


def _sourced(draft: Draft) -> Iterator[Count]:
    """The lines of answers, and how many of them name a source; the others take their file's."""
    answers = [entry.item for entry in draft.answers if entry.item]
    total = own = 0
    for key, what in _LINES.items():
        named = [bool(line.sources) for one in answers for line in _lines(one, key)]
        total, own = total + len(named), own + sum(named)
        yield Count(what, len(named), _share(sum(named), len(named)))
    yield Count("lines of answers", total, _share(own, total))


def _lines(answer: Answer, key: str) -> Iterator[Step | Item]:
    for part in (answer, *answer.cases):
        yield from getattr(part, key)


def _share(own: int, total: int) -> str:
    return f"{own} with a source of their own ({100 * own / total:.1f} %)" if total else ""


def _made_up(parts: Counter[str]) -> str:
    return ", ".join(f"{number} {part}" for part, number in parts.most_common())


def print_counts(console: Console, rows: list[Count]) -> None:
    """Prints them as one table."""
    table = Table("", "", "of these", box=None, padding=(0, 1, 0, 0))
    table.columns[1].justify = "right"
    for row in rows:
        table.add_row(row.what, str(row.number), row.of)
    console.print(table)
