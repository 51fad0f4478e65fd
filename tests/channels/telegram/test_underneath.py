"""Under an answer: a link to share it, the numbers that it names to be copied."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram.underneath import deep_link
from bot.content.library import Library
from bot.dialogue.actions import Show, pack
from tests.botapi import USERNAME, BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.real import RealBot
from tests.channels.telegram.scripted import ScriptedDesk, says


def shared(url: str) -> tuple[str, str]:
    """The address and the text that t.me/share/url is to share."""
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://t.me/share/url"
    given = parse_qs(parts.query, strict_parsing=True)
    return given["url"][0], given["text"][0]


async def test_a_shared_link_opens_the_same_answer_for_somebody_else(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    mei, li = bot_api.person(), bot_api.person()
    answer = await mei.asks("I lost my social security card, what now?")
    link, title = shared(answer.key("Share")["url"])
    assert answer.text.startswith(title)
    li.opens(link)
    assert (await li.hears()).text == answer.text


async def test_every_intent_has_a_link_that_telegram_takes(library: Library) -> None:
    for intent in library.intent_set.intents:
        assert deep_link(USERNAME, intent).endswith(f"?start={intent}")


@pytest.mark.parametrize("payload", ["", "two words", "x" * 65, "社保", "a&b"])
async def test_a_payload_that_telegram_refuses_makes_no_link(payload: str) -> None:
    with pytest.raises(ValueError, match="1 to 64"):
        deep_link(USERNAME, payload)


@pytest.mark.parametrize("payload", ["no_such_intent", "x" * 64, "-_-", "report_loss2"])
async def test_an_unknown_payload_is_greeted(bot_api: BotApi, real: RealBot, payload: str) -> None:
    await real()
    mei, li = bot_api.person(), bot_api.person()
    mei.opens(f"https://t.me/{USERNAME}?start={payload}")
    assert (await mei.hears()).text == (await li.asks("/start")).text


async def test_a_link_is_followed_in_the_language_of_the_app_and_script_of_the_talk(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    mei = bot_api.person("zh-hans")
    mei.opens(f"https://t.me/{USERNAME}?start=report_loss")
    assert "挂失" in (await mei.hears()).text
    await mei.asks("社保卡丟了怎麼辦")
    mei.opens(f"https://t.me/{USERNAME}?start=report_loss")
    assert "掛失" in (await mei.hears()).text


async def test_phone_numbers_that_an_answer_names_can_be_copied(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    text = "In 2024: 11800 yuan. Call 12333 or, from elsewhere, 0756-12333; 12393 for insurance."
    await running_bot(ScriptedDesk(lambda _: says(text, ("Go", "go"))))
    heard = await bot_api.person().asks("whom do I call?")
    assert heard.labels == ["Go", "Copy 12333", "Copy 0756-12333"]
    assert heard.key("Copy 12333")["copy_text"] == {"text": "12333"}


async def test_what_names_no_number_has_none_to_copy(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    await running_bot(ScriptedDesk(lambda _: says("See si.12333.gov.cn, since 2011.")))
    assert (await bot_api.person().asks("where?")).labels == []


async def test_the_labels_are_in_the_language_and_script_of_the_answer(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    mei = bot_api.person("en")
    for typed, helped, copy in (
        ("社保卡丢了怎么办", "有帮助", "复制12333"),
        ("社保卡丟了怎麼辦", "有幫助", "複製12333"),
        ("I lost my social security card", "This helped", "Copy 12333"),
    ):
        labels = (await mei.asks(typed)).labels
        assert {helped, copy} <= set(labels)


async def test_a_server_of_before_copy_keys_gets_the_answer_with_the_keys_it_knows(
    bot_api: BotApi, real: RealBot
) -> None:
    bot_api.lenient = True
    bot_api.world.unknown_keys = {"copy_text"}
    await real()
    mei = bot_api.person()
    with capture_logs() as logs:
        for _ in range(2):
            heard = await mei.asks("I lost my social security card, what now?")
            assert "This helped" in heard.labels
            assert "Copy 12333" not in heard.labels
        mei.taps("This helped")
        await bot_api.until(lambda: "✓ Thank you for telling me." in heard.labels)
    assert [each["event"] for each in logs].count("telegram_keys_refused") == 1


async def test_every_answer_s_keys_are_such_that_telegram_takes_them(
    bot_api: BotApi, real: RealBot, library: Library
) -> None:
    await real()
    mei = bot_api.person("zh-hans")
    for number, intent in enumerate(library.intent_set.intents):
        mei.taps_stale(pack(Show(intent)), with_message=False)
        heard = await mei.hears()
        assert heard.text, (number, intent)
    assert not bot_api.refused
