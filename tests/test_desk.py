"""The desk keeps the talks apart, and forgets the oldest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import desk as desk_module
from bot.content.problem import ContentError
from bot.desk import Desk, open_desk
from bot.settings import Settings
from tests.dialogue.talking import says, taps


async def test_each_talk_has_its_own_topic_and_language(new_desk: Callable[[], Desk]) -> None:
    desk = new_desk()
    await desk.answer("mei", says("社保卡丢了怎么办"))
    await desk.answer("tom", says("How do I cancel my social security card?"))
    hers = await desk.answer("mei", says("要带什么"))
    his = await desk.answer("tom", says("what do I bring?"))
    assert (hers.intent, hers.lang) == ("report_loss", "zh")
    assert (his.intent, his.lang) == ("cancel_howto", "en")


async def test_a_talk_that_was_forgotten_begins_anew(
    new_desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "_TALKS", 2)
    desk = new_desk()
    await desk.answer("first", says("/language zh"))
    await desk.answer("second", says("/language zh"))
    await desk.answer("first", says("/help"))  # speaks again, so the second is the oldest
    await desk.answer("third", says("hello"))
    assert (await desk.answer("first", says("hello"))).lang == "zh"
    assert (await desk.answer("second", says("hello"))).lang == "en"


async def test_a_button_of_before_a_restart_works(new_desk: Callable[[], Desk]) -> None:
    before = await new_desk().answer("mei", says("社保卡怎么注销"))
    case = before.buttons[0]
    after = await new_desk().answer("mei", taps(case.action))
    assert (after.intent, after.outcome) == ("cancel_howto", "answered")


def test_content_in_error_opens_no_desk(tmp_path: Path) -> None:
    for folder in ("intents", "knowledge"):
        (tmp_path / folder).mkdir()
    with pytest.raises(ContentError, match="there are no intents"):
        open_desk(Settings(_env_file=None, content=tmp_path, cache=tmp_path))
