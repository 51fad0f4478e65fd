"""The menu and the descriptions are set in both languages, and never stop a talk."""

from __future__ import annotations

from structlog.testing import capture_logs

from tests.botapi import BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.real import RealBot
from tests.channels.telegram.scripted import ScriptedDesk


async def test_menu_and_descriptions_are_set_for_everyone_and_for_chinese(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    await bot_api.until(lambda: len(bot_api.called("setMyName")) == 2)
    menus = bot_api.world.commands
    for code in ("", "en", "zh"):
        assert [each["command"] for each in menus[code]] == [
            "start", "help", "law", "place", "settings", "language", "cancel",
        ]  # fmt: skip
    assert menus[""] == menus["en"]
    assert menus[""][2]["description"] == "command_law in English"
    assert menus["zh"][2]["description"] == "command_law 中文"
    assert bot_api.world.descriptions == {
        "": "telegram_description in English",
        "en": "telegram_description in English",
        "zh": "telegram_description 中文",
    }
    assert bot_api.world.short_descriptions["zh"] == "telegram_short_description 中文"


async def test_the_name_is_set_by_language_and_the_operator_s_own_is_left(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    await bot_api.until(lambda: len(bot_api.called("setMyName")) == 2)
    assert bot_api.world.names == {
        "": "Shebao",
        "en": "telegram_name in English",
        "zh": "telegram_name 中文",
    }


async def test_a_name_that_is_so_already_is_not_set_again(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.world.names.update(en="telegram_name in English", zh="telegram_name 中文")
    await running_bot(desk)
    await bot_api.until(lambda: len(bot_api.called("getMyName")) == 2)
    assert (await bot_api.person().asks("hello")).text == "hello"
    assert bot_api.called("setMyName") == []


async def test_the_real_texts_are_such_that_telegram_takes_them(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    await bot_api.until(lambda: len(bot_api.called("setMyName")) == 2)
    assert bot_api.world.names["zh"] == "社保卡问答（非官方）"
    assert len(bot_api.world.commands["zh"]) == 7


async def test_a_server_that_knows_none_of_it_is_logged_once_a_method_and_the_talk_goes_on(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    bot_api.faults.forget("setMyCommands", "setMyDescription", "getMyName")
    bot_api.faults.flood("setMyShortDescription", retry_after_s=3600)
    with capture_logs() as logs:
        await running_bot(desk)
        await bot_api.until(lambda: len(logs) == 5)  # four refusals after telegram_started
        assert (await bot_api.person().asks("hello")).text == "hello"
    refused = [each for each in logs if each["event"] == "telegram_profile_not_set"]
    assert [each["method"] for each in refused] == [
        "setMyCommands",
        "setMyDescription",
        "setMyShortDescription",
        "setMyName",
    ]


async def test_a_profile_that_takes_long_holds_up_no_answer(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.faults.slow("setMyCommands", 5)
    await running_bot(desk)
    assert (await bot_api.person().asks("hello", timeout_s=1)).text == "hello"
