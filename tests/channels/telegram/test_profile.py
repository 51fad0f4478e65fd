"""The menu and the descriptions are set in both languages, and never stop a talk."""

from __future__ import annotations

from structlog.testing import capture_logs

from tests.botapi import BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.scripted import ScriptedDesk


async def test_menu_and_descriptions_are_set_for_everyone_and_for_chinese(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    await bot_api.until(lambda: len(bot_api.called("setMyShortDescription")) == 2)
    menus = bot_api.world.commands
    assert [each["command"] for each in menus[""]] == [
        "start", "help", "language", "law", "cancel",
    ]  # fmt: skip
    assert menus[""][3]["description"] == "command_law in English"
    assert menus["zh"][3]["description"] == "command_law 中文"
    assert bot_api.world.descriptions == {
        "": "telegram_description in English",
        "zh": "telegram_description 中文",
    }
    assert bot_api.world.short_descriptions["zh"] == "telegram_short_description 中文"


async def test_a_server_that_knows_none_of_it_is_logged_once_a_method_and_the_talk_goes_on(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    bot_api.faults.forget("setMyCommands", "setMyDescription")
    bot_api.faults.flood("setMyShortDescription", retry_after_s=3600)
    with capture_logs() as logs:
        await running_bot(desk)
        await bot_api.until(lambda: len(logs) == 4)  # three refusals after telegram_started
        assert (await bot_api.person().asks("hello")).text == "hello"
    refused = [each for each in logs if each["event"] == "telegram_profile_not_set"]
    assert [each["method"] for each in refused] == [
        "setMyCommands",
        "setMyDescription",
        "setMyShortDescription",
    ]


async def test_a_profile_that_takes_long_holds_up_no_answer(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.faults.slow("setMyCommands", 5)
    await running_bot(desk)
    assert (await bot_api.person().asks("hello", timeout_s=1)).text == "hello"
