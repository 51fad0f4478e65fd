"""``check --counts`` counts what there is, and what names a source of its own."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from bot.content.load import load
from bot.content.model import Answer, Case
from bot.quality.counts import Count, counts, print_counts
from bot.settings import shipped_content
from tests.content.conftest import Tree, planted

QUESTIONS = """\
lang: zh
questions:
  - {text: 卡没了, intent: report_loss}
  - {text: my purse is gone, intent: report_loss, lang: en}
  - {text: 天气怎么样, intent: out_of_scope}
"""
TALKS = "talks:\n  - name: A talk\n    turns: [{say: hello}, {say: bye}]\n"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    tree = planted(tmp_path / "content")
    tree.write("tests/questions/all.yaml", QUESTIONS)
    tree.write("tests/conversations/all.yaml", TALKS)
    return tree


def counted(tree: Tree) -> dict[str, Count]:
    return {count.what: count for count in counts(tree.root)}


def test_everything_is_counted_once(tree: Tree) -> None:
    assert {what: (count.number, count.of) for what, count in counted(tree).items()} == {
        "intents": (3, ""),
        "phrases": (7, "4 en, 3 zh"),
        "near misses": (2, "2 en, 0 zh"),
        "answers": (3, "1 cases"),
        "articles": (1, "1 social_insurance_law"),
        "sources": (2, "1 official, 1 statute"),
        "regions": (0, "0 rules"),
        "questions in scope": (2, "1 zh, 1 en"),
        "questions out of scope": (1, "1 zh"),
        "talks": (1, "2 turns"),
        "steps": (3, "1 with a source of their own (33.3 %)"),
        "points": (0, ""),
        "checklist items": (1, "0 with a source of their own (0.0 %)"),
        "lines of answers": (4, "1 with a source of their own (25.0 %)"),
    }


def test_what_is_broken_is_left_out(tree: Tree) -> None:
    tree.write("tests/questions/all.yaml", "questions: [{text")
    tree.write("tests/conversations/all.yaml", "talks: [{name")
    tree.change("intents/meta/hello.yaml", "about:", "abot:")
    found = counted(tree)
    assert (found["intents"].number, found["talks"].number) == (2, 0)
    assert found["questions in scope"].number == 0


def test_the_table_names_every_count(tree: Tree) -> None:
    printed = io.StringIO()
    print_counts(Console(file=printed, width=80, highlight=False), counts(tree.root))
    lines = printed.getvalue().splitlines()
    for what, count in counted(tree).items():
        assert any(line.startswith(what) and str(count.number) in line for line in lines), what


def test_what_is_to_be_done_or_brought_names_a_source_of_its_own() -> None:
    library = load(shipped_content())
    bare: list[tuple[str, str]] = []
    for answer in library.answers.values():
        parts: list[Answer | Case] = [answer, *answer.cases]
        for part in parts:
            bare += [(answer.id, one.text.en) for one in part.steps if not one.sources]
            bare += [(answer.id, one.en) for one in part.bring if not one.sources]
    # In the chat itself there is nothing to cite.
    assert bare == [("privacy_id", "Delete the message in this chat.")]
