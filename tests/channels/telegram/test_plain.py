"""What is read without PTB is read as with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update, User

from bot.channels.telegram.intake import Intake
from bot.channels.telegram.plain import plainly
from tests.botapi.fixtures import TODAY

ME = User(42, "Shebao", is_bot=True, username="ShebaoBot")
MEI = {"id": 7, "is_bot": False, "first_name": "Mei", "language_code": "zh-hans"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Mei"}
USUAL: dict[str, Any] = {
    "message_id": 1,
    "date": 1,
    "chat": PRIVATE,
    "from": MEI,
    "text": "社保卡丢了",
}


def update(**changed: Any) -> dict[str, Any]:
    """A usual update with some of its message changed; None takes a field out."""
    message = {name: value for name, value in {**USUAL, **changed}.items() if value is not None}
    return {"update_id": 1, "message": message}


def test_the_usual_update_needs_no_ptb() -> None:
    assert plainly(update(), TODAY) is not None
    assert plainly(update(text="/law 26"), TODAY) is not None
    assert plainly(update(**{"from": {**MEI, "language_code": None}}), TODAY) is not None


@given(st.text(min_size=1), st.sampled_from(["zh", "en", "de", "ZH-hant", ""]))
def test_what_is_said_is_read_as_ptb_reads_it(text: str, code: str) -> None:
    raw = update(text=text, **{"from": {**MEI, "language_code": code}})
    plain = plainly(raw, TODAY)
    if plain is not None:
        asked = Intake(lambda: TODAY).asked(Update.de_json(raw, None), ME)
        assert plain == asked


@pytest.mark.parametrize(
    "raw",
    [
        update(text="@ShebaoBot hello"),
        update(text="/help@OtherBot"),
        update(text=""),
        update(text=None, caption="a photo's", photo=[]),
        update(chat={"id": -7, "type": "group", "title": "Family"}),
        update(**{"from": {**MEI, "is_bot": True}}),
        update(**{"from": None}),
        update(reply_to_message=USUAL),
        update(chat={"type": "private"}),
        update(chat={"id": "7", "type": "private"}),
        {"update_id": 1, "message": [USUAL]},
        {"update_id": 1, "edited_message": USUAL},
        {"update_id": 1, "message": USUAL, "edited_message": USUAL},
        {"update_id": 1},
    ],
    ids=json.dumps,
)
def test_whatever_is_not_usual_is_looked_at_closer(raw: dict[str, Any]) -> None:
    assert plainly(raw, TODAY) is None
