"""What ``check`` finds in phrases and question lists, shallow and deep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import yaml
from rapidfuzz.distance import Indel

from bot.content.layout import read_content
from bot.content.load import load
from bot.content.problem import Problem
from bot.matching.matcher import Matcher, Verdict
from bot.matching.outcome import Candidate, Lost, Match, Reason, Sure, Torn
from bot.matching.reading import Reading
from bot.matching.tokens import Tokens
from bot.quality.alike import ALIKE, alike, plain
from bot.quality.lint import lint, strictly
from bot.quality.phrases import Judge, misjudged, phrases_of
from bot.settings import shipped_content
from tests.content.conftest import Tree, planted

TODAY = date(2026, 11, 23)
CHANGES = yaml.safe_load(Path(__file__).with_name("lint.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return planted(tmp_path / "content")


def judge_of(answers: Mapping[str, str]) -> Judge:
    """A matcher that answers as told: "lost", "torn x", or an intent in full."""

    def judge(text: str) -> Verdict:
        told = answers.get(text, "lost")
        best = Candidate(told.split()[-1], 0.9)
        match: Match = Sure(best, 0.5)
        if told.startswith("torn"):
            match = Torn((best,))
        elif told == "lost":
            return Verdict(Lost(Reason.UNLIKE), (), 0.5, _unread(text), None, "")
        return Verdict(match, (best,), 0.5, _unread(text), None, "")

    return judge


def _unread(text: str) -> Reading:
    return Reading(text, Tokens((), ()), (), ())


def found_in(root: Path, open_judge: Callable[[], Judge] | None = None) -> list[Problem]:
    # That the small tree has few phrases is tested by itself.
    return [one for one in lint(root, TODAY, open_judge) if "too few phrases" not in one.what]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["why"])
def test_a_change_gives_its_own_problems_and_no_others(tree: Tree, change: dict[str, Any]) -> None:
    for file, text in change.get("files", {}).items():
        tree.write(file, text)
    for file, old, new in change.get("changes", []):
        tree.change(file, old, new)
    deep = change.get("deep")
    found = found_in(tree.root, (lambda: judge_of(deep)) if deep is not None else None)
    assert [f"{one} ({one.severity})" for one in found] == change["problems"]


def test_a_matcher_is_not_asked_for_where_the_content_has_errors(tree: Tree) -> None:
    tree.change("intents/meta/hello.yaml", "answer: greeting", "answer: greetings")

    def never() -> Judge:
        raise AssertionError("there is nothing to learn from")

    assert any(one.severity == "error" for one in lint(tree.root, TODAY, never))


def test_strict_makes_errors_of_warnings_and_leaves_notes() -> None:
    problems = [
        Problem("a.yaml", 1, "what", "mend", severity) for severity in ("error", "warning", "note")
    ]
    assert [one.severity for one in strictly(problems)] == ["error", "error", "note"]
    assert [str(one) for one in strictly(problems)] == [str(one) for one in problems]


def test_two_years_on_every_file_that_is_reviewed_is_overdue() -> None:
    content = shipped_content()
    library = load(content)
    late = [one for one in lint(content, date(2028, 11, 23)) if "has been due since" in one.what]
    reviewed = len(library.answers) + len(library.acts) + len(library.regions)
    assert len(late) == reviewed
    assert len({one.file for one in late}) == len(late)


def test_the_real_content_is_clean() -> None:
    assert [str(one) for one in lint(shipped_content(), TODAY)] == []


def test_no_real_phrase_gets_the_full_answer_of_another_intent(matcher: Matcher) -> None:
    # Near misses are left to check --deep: a matcher that has learnt anew may take one wrongly.
    phrases = phrases_of(read_content(shipped_content()))
    found = misjudged(phrases, matcher.judge)
    assert [str(one) for one in found if one.severity != "note"] == []


# --------------------------------------------------------------------------------------- alike


def test_texts_are_plain_without_case_width_and_punctuation() -> None:
    assert plain(" Can I  cancel my CARD?! ", "en") == "can i cancel my card"
    assert plain("社保卡 （ＡＢＣ），怎么注销？", "zh") == "社保卡abc怎么注销"


def test_alike_is_what_a_comparison_of_every_pair_gives() -> None:
    intents = load(shipped_content()).intent_set.intents.values()
    texts = [plain(text, "zh") for intent in intents for text in intent.phrases.zh][:400]
    # Every length from one letter to hundreds, each one letter from the next.
    texts += ["x" * length for length in range(1, 160)]
    every = {
        (i, j)
        for i, one in enumerate(texts)
        for j, other in enumerate(texts)
        if Indel.normalized_similarity(one, other, score_cutoff=ALIKE)
    }
    found = list(alike(texts, texts))
    assert set(found) == every
    assert len(found) == len(every)


def test_nothing_is_alike_to_nothing() -> None:
    assert list(alike([], ["a"])) == []
    assert list(alike(["a"], [])) == []


def test_five_thousand_phrases_are_compared_in_less_than_three_seconds() -> None:
    intents = load(shipped_content()).intent_set.intents.values()
    texts = [plain(text, "en") for intent in intents for text in intent.phrases.en]
    texts = [f"{text} {number}" for number in range(3) for text in texts][:5000]
    assert len(texts) == 5000
    begun = perf_counter()
    assert sum(1 for _ in alike(texts, texts)) >= 5000
    assert perf_counter() - begun < 3
