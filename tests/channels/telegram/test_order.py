"""Within a chat first come, first served; between chats nobody waits."""

from __future__ import annotations

import asyncio
import random

import pytest

from bot.channels.telegram.order import Turns
from bot.dialogue.turn import Incoming
from tests.botapi import BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.scripted import ScriptedDesk


async def test_each_chat_hears_its_answers_in_order_while_chats_overlap(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    chance = random.Random(26)
    most = 0

    def takes_s(_: Incoming) -> float:
        nonlocal most
        most = max(most, bot.chats_in_hand)
        return chance.random() / 100

    bot = await running_bot(ScriptedDesk(takes_s=takes_s))
    people = [bot_api.person() for _ in range(50)]
    for number in range(20):
        for person in people:
            person.says(f"{number}")
    for person in people:
        heard = [(await person.hears(timeout_s=10)).text for _ in range(20)]
        assert heard == [str(number) for number in range(20)]
    assert 5 < most <= len(people)  # they did overlap


async def test_a_chat_whose_messages_are_slow_to_send_keeps_their_order(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    bot_api.faults.slow("sendMessage", 0.1, times=1)  # only the first
    bot_api.faults.fail("sendMessage", status=502)
    mei = bot_api.person()
    for number in range(5):
        mei.says(f"{number}")
    assert [(await mei.hears()).text for _ in range(5)] == ["0", "1", "2", "3", "4"]


async def test_a_chat_with_many_messages_waiting_holds_up_no_other(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    desk = ScriptedDesk(takes_s=lambda incoming: 0.02 if incoming.text == "spam" else 0)
    await running_bot(desk)
    loud, quiet = bot_api.person(), bot_api.person()
    for _ in range(60):
        loud.says("spam")
    assert (await quiet.asks("hello", timeout_s=0.5)).text == "hello"
    for _ in range(60):
        await loud.hears()


async def test_a_chat_is_forgotten_once_it_is_idle_even_after_an_error() -> None:
    turns = Turns()

    async def breaks() -> None:
        async with turns.turn(1):
            await asyncio.sleep(0)
            raise LookupError

    outcomes = asyncio.gather(*(breaks() for _ in range(3)), return_exceptions=True)
    await asyncio.sleep(0)
    assert (len(turns), turns.waiting(1), turns.waiting(2)) == (1, 3, 0)
    assert [type(each) for each in await outcomes] == [LookupError] * 3
    assert len(turns) == 0


async def test_one_cancelled_before_its_turn_leaves_the_others_theirs() -> None:
    turns = Turns()
    ran: list[int] = []

    async def work(number: int) -> None:
        async with turns.turn(1):
            await asyncio.sleep(0.01)
            ran.append(number)

    tasks = [asyncio.create_task(work(number)) for number in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert ran == [0, 2]
    assert len(turns) == 0


async def test_chats_take_their_turns_side_by_side() -> None:
    turns = Turns()
    both = asyncio.Barrier(2)

    async def meet(chat_id: int) -> None:
        async with turns.turn(chat_id), asyncio.timeout(1):
            await both.wait()

    await asyncio.gather(meet(1), meet(2))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await asyncio.gather(meet(1), meet(1))
