"""Within a chat first come, first served; between chats nobody waits."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable

from telegram import Chat, Message, Update, User

from bot.channels.telegram.order import OrderedByChat
from bot.dialogue.turn import Incoming
from tests.botapi import BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.scripted import ScriptedDesk


def update(chat_id: int) -> Update:
    chat = Chat(chat_id, "private")
    message = Message(1, date=None, chat=chat, from_user=User(chat_id, "Mei", is_bot=False))  # type: ignore[arg-type]
    return Update(1, message=message)


async def process(processor: OrderedByChat, chat_id: int, work: Awaitable[None]) -> None:
    await processor.process_update(update(chat_id), work)


async def test_each_chat_hears_its_answers_in_order_while_chats_overlap(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    chance = random.Random(26)
    most = 0

    def takes_s(_: Incoming) -> float:
        nonlocal most
        most = max(most, bot.application.update_processor.chats_in_hand)  # type: ignore[attr-defined]
        return chance.random() / 100

    desk = ScriptedDesk(takes_s=takes_s)
    bot = await running_bot(desk)
    people = [bot_api.person() for _ in range(30)]
    for number in range(10):
        for person in people:
            person.says(f"{number}")
    for person in people:
        heard = [(await person.hears(timeout_s=10)).text for _ in range(10)]
        assert heard == [str(number) for number in range(10)]
    assert 5 < most <= len(people)  # they did overlap


async def test_a_chat_with_many_messages_waiting_holds_up_no_other(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    desk = ScriptedDesk(takes_s=lambda incoming: 0.02 if incoming.text == "spam" else 0)
    await running_bot(desk, at_once=2)
    loud, quiet = bot_api.person(), bot_api.person()
    for _ in range(60):
        loud.says("spam")
    assert (await quiet.asks("hello", timeout_s=0.5)).text == "hello"
    for _ in range(60):
        await loud.hears()


async def test_no_more_than_the_limit_run_at_once() -> None:
    processor = OrderedByChat(at_once=3)
    running = most = 0

    async def work() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1

    await asyncio.gather(*(process(processor, chat_id, work()) for chat_id in range(12)))
    assert most == 3


async def test_a_chat_is_forgotten_once_it_is_idle_even_after_an_error() -> None:
    processor = OrderedByChat(at_once=3)

    async def breaks() -> None:
        await asyncio.sleep(0)
        raise LookupError

    tasks = [process(processor, 1, breaks()) for _ in range(3)]
    outcomes = asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)
    assert processor.chats_in_hand == 1
    assert [type(each) for each in await outcomes] == [LookupError] * 3
    assert processor.chats_in_hand == 0


async def test_one_cancelled_before_its_turn_leaves_no_warning_and_no_lock() -> None:
    processor = OrderedByChat(at_once=3)
    ran: list[int] = []

    async def work(number: int) -> None:
        await asyncio.sleep(0.01)
        ran.append(number)

    tasks = [asyncio.create_task(process(processor, 1, work(number))) for number in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert ran == [0, 2]
    assert processor.chats_in_hand == 0
