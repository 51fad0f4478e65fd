"""What the matcher promises, whatever it has learnt."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.library import IntentSet, Library
from bot.content.load import load_intents
from bot.desk import Desk
from bot.matching.fit import fit
from bot.matching.fitted import Fitted
from bot.matching.matcher import Matcher, Verdict
from bot.matching.outcome import Lost, Reason, Sure, Torn
from tests.matching.conftest import TINY


@pytest.fixture(scope="module")
def tiny_matcher(tiny: IntentSet, tiny_fitted: Fitted) -> Matcher:
    return Matcher(tiny, tiny_fitted)


def sound(verdict: Verdict) -> bool:
    """Whether a verdict keeps what its types promise."""
    scores = [candidate.score for candidate in verdict.ranked]
    by_rule = verdict.rule == "article"  # put before the others, whatever they have
    in_order = by_rule or all(a >= b for a, b in itertools.pairwise(scores))
    within = all(0 <= score <= 1 and np.isfinite(score) for score in scores)
    match verdict.match:
        case Sure(best, margin):
            return in_order and within and best == verdict.ranked[0] and margin >= 0
        case Torn(candidates):
            return in_order and within and 1 <= len(candidates) <= 4
        case Lost():
            return in_order and within


@settings(max_examples=150, deadline=None, database=None)
@given(
    text=st.text(max_size=60)
    | st.lists(
        st.sampled_from(["社保卡", "注销", "cancel", "card", "银行卡", "第26条", "\0", "how", "?"])
    ).map(" ".join)
)
def test_any_text_gets_a_sound_verdict_twice_the_same(matcher: Matcher, text: str) -> None:
    verdict = matcher.judge(text)
    assert sound(verdict)
    assert matcher.match(text) == verdict.match


def test_an_intent_is_ranked_once(matcher: Matcher) -> None:
    for text in ("第24条", "社保卡怎么注销", "card"):
        ranked = [candidate.intent for candidate in matcher.judge(text).ranked]
        assert len(ranked) == len(set(ranked))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n", Reason.EMPTY),
        ("👍", Reason.EMPTY),
        ("?!", Reason.EMPTY),
        ("Здравствуйте", Reason.OTHER_LANGUAGE),
        ("สวัสดี", Reason.OTHER_LANGUAGE),
    ],
)
def test_what_has_no_words_of_ours_is_lost_with_the_reason(
    matcher: Matcher, text: str, reason: Reason
) -> None:
    assert matcher.match(text) == Lost(reason)


def test_a_foreign_thing_is_lost_with_whose_it_is(matcher: Matcher) -> None:
    for text, whose in (("银行卡怎么注销", "bank"), ("公积金怎么提取", "housing_fund")):
        match = matcher.match(text)
        assert isinstance(match, Lost)
        assert (match.reason, match.refer) == (Reason.FOREIGN, whose)


def test_width_case_and_script_change_nothing(matcher: Matcher) -> None:
    for one, other in (
        ("how do I cancel my card", "ＨＯＷ DO i CANCEL  my CARD"),
        ("社保卡怎么注销", "社保卡怎麼註銷"),
    ):
        assert matcher.judge(one).ranked == matcher.judge(other).ranked


def test_a_phrase_is_its_own_intent_nearly_always(library: Library, matcher: Matcher) -> None:
    phrases = [
        (intent.id, phrase)
        for intent in library.intent_set.intents.values()
        for phrase in (*intent.phrases.en, *intent.phrases.zh)
    ]
    right = sum(matcher.judge(text).ranked[0].intent == intent for intent, text in phrases)
    assert right / len(phrases) > 0.97  # 99 % at the time of writing


def test_a_tiny_data_set_without_lexicon_or_strangers_works(tiny_matcher: Matcher) -> None:
    for intent, phrases in TINY.items():
        for phrase in phrases:
            verdict = tiny_matcher.judge(phrase)
            assert verdict.ranked[0].intent == intent
            assert {candidate.intent for candidate in verdict.ranked} == set(TINY)
            assert sound(verdict)


def test_a_data_set_may_be_as_small_as_one_phrase(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("one")
    (folder / "a.yaml").write_text("id: a\nphrases: {zh: [余额]}\n", encoding="utf-8")
    intents = load_intents(folder)
    verdict = Matcher(intents, fit(intents)).judge("余额")
    assert verdict.ranked[0].intent == "a"
    assert sound(verdict)


def test_fitting_twice_gives_equal_arrays(tiny: IntentSet, tiny_fitted: Fitted) -> None:
    first, second = tiny_fitted.to_arrays(), fit(tiny).to_arrays()
    assert first.keys() == second.keys()
    for name, array in first.items():
        assert np.array_equal(array, second[name]), name


def test_fitting_tells_how_far_it_is(tiny: IntentSet) -> None:
    news: list[tuple[int, int]] = []
    fit(tiny, lambda _stage, done, total: news.append((done, total)))
    assert news == sorted(news)
    assert news[-1][0] == news[-1][1]


def test_what_was_fitted_survives_the_way_through_arrays(tiny_fitted: Fitted) -> None:
    again = Fitted.from_arrays(tiny_fitted.to_arrays())
    arrays = tiny_fitted.to_arrays()
    for name, array in again.to_arrays().items():
        assert np.array_equal(array, arrays[name]), name
        assert array.dtype != object, name


@pytest.mark.parametrize(
    "name", ["table", "icf", "classes", "features", "inside", "right", "thresholds", "version"]
)
def test_arrays_that_do_not_fit_together_are_refused(tiny_fitted: Fitted, name: str) -> None:
    arrays = tiny_fitted.to_arrays()
    arrays[name] = np.concatenate([arrays[name].ravel(), arrays[name].ravel(), [1]])
    with pytest.raises((ValueError, TypeError)):
        Fitted.from_arrays(arrays)


def test_a_missing_array_is_refused(tiny_fitted: Fitted) -> None:
    for name in tiny_fitted.to_arrays():
        arrays = tiny_fitted.to_arrays()
        del arrays[name]
        with pytest.raises(KeyError):
            Fitted.from_arrays(arrays)


def test_the_desk_judges_without_the_personal_numbers(new_desk: Callable[[], Desk]) -> None:
    assert "13800138000" not in new_desk().judge("cancel 13800138000").reading.text


@pytest.mark.parametrize("text", ["cancel", "注销", "lost", "断了", "apply"])
def test_an_action_alone_is_asked_back(library: Library, matcher: Matcher, text: str) -> None:
    match = matcher.match(text)
    assert isinstance(match, Torn)
    groups = library.intent_set.groups
    assert "meta" not in {groups[candidate.intent] for candidate in match.candidates}
