"""/settings: what is set is shown, and changed, on one page that stays where it is."""

from __future__ import annotations

from bot.storage.store import Store
from tests.botapi import BotApi
from tests.channels.telegram.real import RealBot


async def test_language_and_place_are_changed_in_place(bot_api: BotApi, real: RealBot) -> None:
    await real()
    mei = bot_api.person("en")
    page = await mei.asks("/settings")
    assert page.text == "Settings\n\n• Language: as you write\n• Place: none"
    assert page.labels == ["中文", "English", "Choose a place"]
    mei.taps("English")
    await bot_api.until(lambda: "Language: English" in page.text)
    assert page.labels == ["中文", "As I write", "Choose a place"]
    mei.taps("Choose a place")
    await bot_api.until(lambda: "Guangzhou" in page.labels)
    assert page.labels[-1] == "Back to settings"
    mei.taps("Guangzhou")
    await bot_api.until(lambda: "Place: Guangzhou" in page.text)
    mei.taps("Choose a place")
    await bot_api.until(lambda: "No place" in page.labels)
    mei.taps("No place")
    await bot_api.until(lambda: "Place: none" in page.text)
    await mei.hears_nothing()


async def test_a_language_that_was_set_holds_against_what_is_typed(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    mei = bot_api.person("en")
    page = await mei.asks("/settings")
    mei.taps("中文")
    await bot_api.until(lambda: page.text.startswith("设置"))
    assert "挂失" in (await mei.asks("I lost my social security card")).text


async def test_a_script_that_was_set_holds_until_as_i_write(bot_api: BotApi, real: RealBot) -> None:
    await real()
    mei = bot_api.person("zh-hans")
    page = await mei.asks("/settings")
    assert page.text == "设置\n\n• 语言：你写什么就用什么\n• 字体：简体字\n• 地区：不限"
    mei.taps("繁体字")
    await bot_api.until(lambda: page.text.startswith("設置"))
    assert "字體：繁體字" in page.text
    assert "掛失" in (await mei.asks("社保卡丢了怎么办")).text
    mei.taps("中文", under=page)
    await bot_api.until(lambda: "語言：中文" in page.text)
    mei.taps("跟着我走", under=page)
    await bot_api.until(lambda: "語言：你寫什麼就用什麼" in page.text)
    assert "挂失" in (await mei.asks("社保卡丢了怎么办")).text


async def test_settings_outlive_start_and_a_restart(
    bot_api: BotApi, store: Store, real: RealBot
) -> None:
    await real()
    mei = bot_api.person("zh-hans")
    page = await mei.asks("/settings")
    mei.taps("繁体字")
    await bot_api.until(lambda: page.text.startswith("設置"))
    await mei.asks("/start")
    await bot_api.until(lambda: not len(bot_api.pending))
    kept = Store(str(store._engine.url.set(drivername="sqlite")))
    await kept.open()
    session = await kept.get(f"telegram:{mei.chat.id}")
    await kept.close()
    assert (session.traditional, session.script_chosen) == (True, True)


async def test_a_page_of_settings_of_before_a_restart_still_works(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    mei = bot_api.person("en")
    mei.taps_stale("s:place:guangzhou")
    assert "Place: Guangzhou" in (await mei.hears()).text
    mei.taps_stale("s:place:atlantis")
    assert "older talk" in (await mei.hears()).text


async def test_the_commands_can_be_typed_in_any_state(bot_api: BotApi, real: RealBot) -> None:
    await real()
    mei = bot_api.person("en")
    for before in ("/place", "/language", "/settings", "what?", "/help"):
        await mei.asks(before)
        assert (await mei.asks("/settings")).text.startswith("Settings")
        assert "stopped" in (await mei.asks("/cancel")).text.lower()
