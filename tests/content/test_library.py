"""What a right content tree loads to, and what an editor is advised of."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest

from bot.content.load import inspect, load, load_intents

from .conftest import Tree

TODAY = date(2026, 11, 23)


def warnings_of(tree: Tree, today: date = TODAY) -> list[str]:
    found = inspect(tree.root, today)
    assert {problem.severity for problem in found} <= {"warning"}
    return [str(problem) for problem in found if "too few phrases" not in problem.what]


def test_a_library_has_everything_by_its_id(tree: Tree) -> None:
    library = load(tree.root)
    intents = library.intent_set
    assert set(intents.intents) == {"cancel_howto", "report_loss", "hello"}
    assert intents.groups == {
        "cancel_howto": "cancellation",
        "report_loss": "card_service",
        "hello": "meta",
    }
    assert intents.intents["hello"].answer_id == "greeting"
    assert intents.lexicon.concepts["bank_card"].refer == "bank"
    assert intents.strangers is not None
    assert intents.strangers.in_("en") == ("close my game account",)
    assert set(library.answers) == {"cancel_howto", "report_loss", "greeting"}
    assert set(library.acts) == {"social_insurance_law"}
    assert library.articles["social_insurance_law/24"].number == 24
    assert library.sources["card_faq"].dated == date(2024, 8, 16)
    assert library.referrals["bank"].name.zh == "开户银行"
    assert library.phrases["torn"].en == "Which of these."
    assert library.sources["card_faq"].phones == ("12333",)
    assert library.acts["social_insurance_law"].review_by == date(2027, 11, 22)


def test_a_library_is_read_only(tree: Tree) -> None:
    library = load(tree.root)
    for mapping in (library.answers, library.sources, library.intent_set.intents):
        with pytest.raises(TypeError):
            cast("dict[str, Any]", mapping)["new"] = None


def test_the_digest_changes_with_any_byte_and_any_name_of_the_intents(tree: Tree) -> None:
    digests = [load(tree.root).intent_set.digest]
    tree.change("intents/meta/hello.yaml", "[hello]", "[hello there]")
    digests.append(load(tree.root).intent_set.digest)
    (tree.root / "intents/meta").rename(tree.root / "intents/small_talk")
    digests.append(load(tree.root).intent_set.digest)
    tree.change("intents/lexicon.yaml", "close", "end")
    digests.append(load(tree.root).intent_set.digest)
    assert len(set(digests)) == 4
    tree.change("knowledge/phrases.yaml", "Which of these.", "No idea.")
    assert load(tree.root).intent_set.digest == digests[-1]
    assert load_intents(tree.root / "intents").digest == digests[-1]


def test_what_the_bot_says_of_itself_needs_no_source(tree: Tree) -> None:
    points = "points: [{text: {en: I am a program., zh: 我是程序。}}]\nreviewed"
    tree.change("knowledge/meta/greeting.yaml", "reviewed", points)
    assert load(tree.root).answers["greeting"].points[0].sources == ()


def test_few_phrases_are_a_warning_in_each_language(tree: Tree) -> None:
    phrases = ", ".join(f"hello {n}" for n in range(12))
    tree.change("intents/meta/hello.yaml", "[hello]", f"[{phrases}]")
    found = [str(one) for one in inspect(tree.root, TODAY) if one.file.endswith("hello.yaml")]
    assert found == [
        (
            "intents/meta/hello.yaml:4: too few phrases in zh (1); "
            "write 12 or more, each as another person types it"
        )
    ]


def test_a_review_is_overdue_the_day_after_its_date(tree: Tree) -> None:
    tree.change("knowledge/meta/greeting.yaml", "2027-05-22", "2026-12-01")
    assert warnings_of(tree, date(2026, 12, 1)) == []
    assert warnings_of(tree, date(2026, 12, 2)) == [
        (
            "knowledge/meta/greeting.yaml:5: the review has been due since 2026-12-01; "
            "check the answer against its sources, then write reviewed and review_by anew"
        )
    ]
    load(tree.root)


def test_a_long_label_and_a_long_lead_are_warnings(tree: Tree) -> None:
    tree.change("intents/meta/hello.yaml", "{en: Hello", "{en: " + "x" * 41)
    tree.change("knowledge/meta/greeting.yaml", "社保卡的事可以问我。", "问" * 91)
    assert warnings_of(tree) == [
        "intents/meta/hello.yaml:3: about has 41 characters in en; write 40 or fewer",
        "knowledge/meta/greeting.yaml:3: lead has 91 characters in zh; write 90 or fewer",
    ]


def test_two_buttons_of_one_label_are_a_warning(tree: Tree) -> None:
    tree.change("intents/meta/hello.yaml", "{en: Hello", "{en: report a LOSS")
    assert warnings_of(tree) == [
        (
            'intents/meta/hello.yaml:3: "report a LOSS" is the label of '
            "intents/card_service/report_loss.yaml:2 too; write what sets this one apart"
        )
    ]


def test_one_label_in_both_languages_is_fine(tree: Tree) -> None:
    tree.change(
        "intents/meta/hello.yaml", "about: {en: Hello, zh: 你好}", "about: {en: OK, zh: OK}"
    )
    assert warnings_of(tree) == []


@pytest.mark.parametrize("right", ["著名", "皇后", "里程", "乾隆", "於姓", "什麽", "干燥", "喆"])
def test_a_simplified_text_is_never_taken_for_traditional(tree: Tree, right: str) -> None:
    tree.change("knowledge/cancellation/cancel_howto.yaml", "先办完未结业务", right)
    assert warnings_of(tree) == []


def test_english_may_show_traditional_script(tree: Tree) -> None:
    tree.change("knowledge/meta/greeting.yaml", "Ask me", "Ask me (請)")
    assert warnings_of(tree) == []


def test_an_intent_of_a_broken_file_does_not_leave_its_answer_orphaned(tree: Tree) -> None:
    tree.write("intents/meta/hello.yaml", "- hello")
    errors = [problem for problem in inspect(tree.root, TODAY) if problem.severity == "error"]
    assert {problem.file for problem in errors} == {"intents/meta/hello.yaml"}
