"""Articles by number are a rule."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.library import Library
from bot.matching.articles import article_in, number_of
from bot.matching.matcher import Matcher
from bot.matching.normalise import normalise
from bot.matching.outcome import Sure

CASES = yaml.safe_load(Path(__file__).with_name("articles.yaml").read_text(encoding="utf-8"))
MAIN = "social_insurance_law"


def listed(cases: Iterable[dict[str, str]]) -> list[Any]:
    """The cases as parameters, named by their texts."""
    return [pytest.param(case, id=case["text"]) for case in cases]


@pytest.fixture(scope="module")
def acts(library: Library) -> dict[str, list[str]]:
    return {
        name: [normalise(called) for called in (*act.names.en, *act.names.zh)]
        for name, act in library.acts.items()
    }


@pytest.mark.parametrize("case", listed(CASES["found"]))
def test_an_article_is_found_however_it_is_written(
    case: dict[str, str], acts: dict[str, list[str]]
) -> None:
    assert article_in(normalise(case["text"]), acts, MAIN) == case["article"]


@pytest.mark.parametrize("case", listed(CASES["none"]))
def test_what_is_no_article_of_ours_is_not_taken_for_one(
    case: dict[str, str], acts: dict[str, list[str]]
) -> None:
    assert article_in(normalise(case["text"]), acts, MAIN) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [("26", 26), ("0", 0), ("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("两百", 200),
     ("九十九", 99), ("一百", 100), ("一百零五", 105), ("一百二十三", 123), ("〇", 0)],
)  # fmt: skip
def test_numerals_are_numbers(written: str, number: int) -> None:
    assert number_of(written) == number


def test_a_question_by_number_is_sure_of_its_article(matcher: Matcher) -> None:
    for text, intent, article in (
        ("第26条", "law_art26", "social_insurance_law/26"),
        ("社会保险经办条例第7条", "law_article_lookup", "social_insurance_handling_regulations/7"),
        ("what does article 27 say", "law_art27", "social_insurance_law/27"),
    ):
        verdict = matcher.judge(text)
        assert isinstance(verdict.match, Sure)
        assert (verdict.match.best.intent, verdict.match.article) == (intent, article)
        assert verdict.rule == "article"


def test_a_matcher_without_acts_knows_no_articles(library: Library, matcher: Matcher) -> None:
    without = Matcher(library.intent_set, matcher._fitted)
    assert without.article("第26条") is None
    assert without.judge("第26条").rule != "article"
