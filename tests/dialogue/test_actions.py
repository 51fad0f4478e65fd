"""A button's action is short, and the same after a restart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.actions import (
    Action,
    Adjust,
    AskPlace,
    Elsewhere,
    NoneOfThese,
    NotMeant,
    Rate,
    SetLanguage,
    SetPlace,
    Show,
    ShowArticle,
    ShowGroup,
    ShowMenu,
    pack,
    unpack,
)

ID = st.from_regex(r"[a-z][a-z0-9_]{1,20}", fullmatch=True)
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(Show, ID, st.none() | ID),
    st.builds(ShowArticle, st.builds("{}/{}".format, ID, st.integers(1, 999))),
    st.builds(ShowGroup, ID, st.integers(0, 999)),
    st.just(ShowMenu()),
    st.just(NoneOfThese()),
    st.just(NotMeant()),
    st.builds(Rate, ID, st.booleans()),
    st.builds(SetLanguage, st.sampled_from(["en", "zh", "auto"])),
    st.builds(AskPlace, ID),
    st.builds(SetPlace, st.none() | ID),
    st.just(Elsewhere()),
    st.builds(Adjust, ID) | st.builds(Adjust, ID, ID) | st.just(Adjust()),
)


@settings(deadline=None)
@given(action=ACTIONS)
def test_what_is_packed_can_be_unpacked(action: Action) -> None:
    packed = pack(action)
    assert unpack(packed) == action
    assert len(packed.encode()) <= 64


@settings(deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text_is_an_action_of_ours_or_none(text: str) -> None:
    kinds = {"a", "l", "g", "v", "w", "p", "f", "s", "menu", "none", "not", "elsewhere"}
    assert unpack(text) is None or text.split(":")[0] in kinds


def test_an_action_that_does_not_fit_into_a_button_is_an_error_of_the_content() -> None:
    with pytest.raises(ValueError, match="64 bytes; shorten the ids"):
        pack(Show("a" * 48, "b" * 48))


@pytest.mark.parametrize(
    ("packed", "action"),
    [
        ("a:cancel_howto", Show("cancel_howto")),
        ("a:cancel_howto:proxy", Show("cancel_howto", "proxy")),
        ("l:social_insurance_law/26", ShowArticle("social_insurance_law/26")),
        ("g:cancellation:6", ShowGroup("cancellation", 6)),
        ("menu", ShowMenu()),
        ("none", NoneOfThese()),
        ("not", NotMeant()),
        ("s", Adjust()),
        ("s:place", Adjust("place")),
        ("s:place:zhuhai", Adjust("place", "zhuhai")),
        ("s:lang:zh", Adjust("lang", "zh")),
        ("f:y:cancel_howto", Rate("cancel_howto", helped=True)),
        ("f:n:cancel_howto", Rate("cancel_howto", helped=False)),
        ("v:zh", SetLanguage("zh")),
        ("w:cancel_howto", AskPlace("cancel_howto")),
        ("p:zhuhai", SetPlace("zhuhai")),
        ("p:", SetPlace(None)),
        ("elsewhere", Elsewhere()),
    ],
)
def test_the_buttons_of_old_messages_mean_what_they_meant(packed: str, action: Action) -> None:
    assert pack(action) == packed
    assert unpack(packed) == action
