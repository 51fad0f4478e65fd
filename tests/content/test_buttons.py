"""Ids are short enough for the buttons that the dialogue makes of them."""

from __future__ import annotations

import pytest

from bot.content.buttons import LONGEST_ACTION
from bot.content.load import load
from bot.content.problem import ContentError
from bot.dialogue.actions import Show, ShowArticle, ShowGroup, pack

from .conftest import FILES, Tree

LONG_INTENT = "cancel_" + "x" * 25
CASE = "y" * 29


def with_case(tree: Tree, case: str) -> None:
    """One answer, two intents that lead to it, and a case of the answer."""
    hello = FILES["intents/meta/hello.yaml"]
    second = hello.replace("id: hello", f"id: {LONG_INTENT}").replace("greeting", "cancel_howto")
    second = second.replace("[hello]", "[write it off]").replace("[你好]", "[作废]")
    tree.write(f"intents/meta/{LONG_INTENT}.yaml", second)
    tree.change("knowledge/cancellation/cancel_howto.yaml", "id: proxy", f"id: {case}")


def errors_of(tree: Tree) -> str:
    with pytest.raises(ContentError) as caught:
        load(tree.root)
    return str(caught.value)


def test_a_case_is_measured_with_the_longest_intent_that_shows_it(tree: Tree) -> None:
    with_case(tree, CASE)
    assert len(pack(Show(LONG_INTENT, CASE))) == LONGEST_ACTION
    load(tree.root)


def test_a_case_that_telegram_would_refuse_is_an_error(tree: Tree) -> None:
    with_case(tree, f"{CASE}y")
    with pytest.raises(ValueError, match="longer than"):
        pack(Show(LONG_INTENT, f"{CASE}y"))
    assert errors_of(tree) == (
        f'knowledge/cancellation/cancel_howto.yaml:13: the button "a:{LONG_INTENT}:{"y" * 24}…" '
        "takes 65 bytes; shorten the ids in it until it takes 64"
    )


def test_an_act_whose_articles_telegram_would_refuse_is_an_error(tree: Tree) -> None:
    law, long = tree.root / "knowledge/law/social_insurance_law", "a" * 60
    tree.change(
        "knowledge/law/social_insurance_law/act.yaml", "id: social_insurance_law", f"id: {long}"
    )
    tree.change("knowledge/cancellation/cancel_howto.yaml", "social_insurance_law/24", f"{long}/24")
    tree.change("intents/card_service/report_loss.yaml", "social_insurance_law/any", f"{long}/any")
    law.rename(law.with_name(long))
    assert f'24.yaml:1: the button "l:{long[:57]}…" takes 65 bytes' in errors_of(tree)
    with pytest.raises(ValueError, match="longer than"):
        pack(ShowArticle(f"{long}/24"))


def test_a_group_that_telegram_would_refuse_is_an_error(tree: Tree) -> None:
    long = "意" * 20
    (tree.root / "intents/meta").rename(tree.root / f"intents/{long}")
    assert "takes 66 bytes" in errors_of(tree)
    with pytest.raises(ValueError, match="longer than"):
        pack(ShowGroup(long, 999))
