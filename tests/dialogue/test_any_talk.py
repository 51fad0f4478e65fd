"""Whatever is typed and tapped, in whatever order, there is a reply that an asker can use."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.library import Library
from bot.content.model import Lang
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.turn import Button, Incoming, Session
from tests.dialogue import personal
from tests.dialogue.talking import TODAY, Talk, complaints, words_of

# Half surrogate pairs too: JSON may carry them, and so may a shell's arguments.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
SCRAPS = st.sampled_from(
    [
        *(
            "社保卡",
            "怎么",
            "注销",
            "医保",
            "要带什么",
            "多久",
            "第26条",
            "銀行",
            "丟了",
            "？",
            "。",
        ),
        *(
            "card",
            "cancel",
            "how",
            "law",
            "bring",
            "no. ",
            "Not what I meant",
            "none of these",
            "1",
        ),
        *("珠海", "成都", "我在", "Guangzhou ", "in ", "/place ", "中山路", "不在"),
        *("/law ", "/start ", "/language ", "/cancel", "/help", "@bot", " ", "\n", "\0", "{", "}"),
        *(
            "{0}",
            "%s",
            "</b>",
            "shebaoka ",
            "zhuxiao ",
            "999",
            "\ud800",
            "\u200b",
            "👨‍👩‍👧",
            "社\udfff",
        ),
        *personal.ALL.values(),
    ]
)
TEXTS = ANY_TEXT | st.lists(SCRAPS, max_size=8).map("".join)
IDS = st.sampled_from(["cancel_howto", "report_loss", "greeting", "proxy", "nope", "", "社保卡"])
ACTIONS = (
    st.sampled_from(
        [
            *("none", "not", "media", "v:zh", "v:auto", "l:social_insurance_law/26", "x" * 99),
            *("p:zhuhai", "p:gone", "p:", "elsewhere", "w:cancel_howto", "w:greeting"),
        ]
    )
    | st.lists(st.sampled_from(["a", "g", "l", "v"]) | IDS, max_size=4).map(":".join)
    | ANY_TEXT
)
TURNS = st.one_of(
    st.builds(Incoming, TEXTS, st.just(TODAY)),
    st.builds(
        Incoming,
        TEXTS,
        st.dates(),
        action=st.none() | ACTIONS,
        lang_hint=st.sampled_from([None, *get_args(Lang)]),
    ),
    st.integers(0, 9),  # a tap on the button at this place, or that number
)
MANY = settings(
    max_examples=120,
    deadline=None,
    database=None,  # what it finds belongs into a test of its own
    suppress_health_check=[HealthCheck.too_slow],
)


Wrong = Callable[[Talk], list[str]]


@pytest.fixture(scope="module")
def wrong(dialogue: Dialogue, library: Library) -> Wrong:
    """What is wrong with the last reply of a talk; a library's own name is too long to print."""

    def wrong_with(talk: Talk) -> list[str]:
        assert talk.reply
        return complaints(dialogue, library, talk.session, talk.reply)

    return wrong_with


def played(dialogue: Dialogue, turns: list[Incoming | int]) -> Talk:
    talk = Talk(dialogue)
    for turn in turns:
        talk.turn(_meant(turn, talk.session))
    return talk


def _meant(turn: Incoming | int, session: Session) -> Incoming:
    if isinstance(turn, Incoming):
        return turn
    if turn < len(session.buttons):
        return Incoming("", TODAY, action=session.buttons[turn].action)
    return Incoming(str(turn), TODAY)


@MANY
@given(turns=st.lists(TURNS, min_size=1, max_size=8))
def test_any_talk_ends_in_a_reply_that_can_be_used(
    dialogue: Dialogue, wrong: Wrong, turns: list[Incoming | int]
) -> None:
    assert not wrong(played(dialogue, turns))


@MANY
@given(turns=st.lists(TURNS, min_size=1, max_size=5))
def test_the_same_talk_goes_the_same_way(dialogue: Dialogue, turns: list[Incoming | int]) -> None:
    first, second = played(dialogue, turns), played(dialogue, turns)
    assert (first.session, first.reply) == (second.session, second.reply)


@MANY
@given(before=TEXTS, number=st.sampled_from(sorted(personal.ALL)), after=st.text(max_size=10))
def test_a_personal_number_is_nowhere_in_the_reply_or_the_session(
    dialogue: Dialogue, before: str, number: str, after: str
) -> None:
    typed = personal.ALL[number]
    talk = Talk(dialogue)
    talk.say(f"密码{typed}{after}" if number == "pin" else f"{before} {typed} {after}")
    assert typed not in f"{talk.reply} {talk.session}"


@MANY
@given(
    session=st.builds(
        Session,
        topic=IDS,
        case=IDS,
        others=st.lists(IDS, max_size=4).map(tuple),
        buttons=st.sampled_from([(), (Button("One", "a:gone"), Button("Two", "a:gone:gone"))]),
        misses=st.integers(0, 9),
        place=st.sampled_from([None, "zhuhai", "gone"]),
    ),
    turn=TURNS
    | st.sampled_from(["要带什么", "要多久", "which law?", "不是这个"]).map(
        lambda text: Incoming(text, TODAY)
    ),
)
def test_a_session_of_other_content_is_no_trouble(
    dialogue: Dialogue, wrong: Wrong, session: Session, turn: Incoming | int
) -> None:
    talk = Talk(dialogue, session)
    talk.turn(_meant(turn, session))
    # what was remembered, and shown again, may be gone; that is told when it is tapped
    gone = ("intents that do not exist", "a button that leads nowhere", "a place that does not")
    assert [one for one in wrong(talk) if not one.startswith(gone)] == []


@pytest.mark.parametrize(
    "text",
    ["x" * 5000, "社保卡怎么注销" * 700, "how to cancel " * 350, "1 " * 2500, "密码是" * 1700,
     "2010-10-" * 600, "\u200b" * 5000, "/law " + "9" * 5000, "shebaoka" * 600, "社\ud800" * 2500],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_five_thousand_characters_are_answered_within_a_second(
    dialogue: Dialogue, wrong: Wrong, text: str
) -> None:
    talk = Talk(dialogue)
    talk.say("社保卡怎么註銷")
    begin = time.perf_counter()
    talk.say(text)
    assert time.perf_counter() - begin < 1
    assert not wrong(talk)


def test_a_long_message_is_told_what_was_read_of_it(dialogue: Dialogue, library: Library) -> None:
    reply = Talk(dialogue).say("how do I cancel my social security card? " * 125)
    assert library.phrases["too_long"].en in words_of(reply)
    assert library.phrases["too_long"].en not in words_of(Talk(dialogue).say("hello"))


def test_the_date_decides_nothing_but_what_is_overdue(dialogue: Dialogue) -> None:
    early = Talk(dialogue).turn(Incoming("社保卡怎么注销", date(1, 1, 1)))
    late = Talk(dialogue).turn(Incoming("社保卡怎么注销", date(9999, 12, 31)))
    assert (early.intent, early.buttons) == (late.intent, late.buttons)
    assert early.blocks != late.blocks
