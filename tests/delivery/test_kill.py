"""SIGKILL at any moment loses no message, and answers few of them twice.

SHEBAO_TEST_MESSAGES=1000 SHEBAO_TEST_KILLS=8 pytest -s tests/delivery makes it longer and prints
the counts; 300 messages and 5 kills is what every run does.
"""

from __future__ import annotations

import asyncio
import functools
import os
import random
import signal
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.delivery.killing import Count, Program, free_port, heard, settings

MESSAGES = int(os.environ.get("SHEBAO_TEST_MESSAGES", "300"))
KILLS = int(os.environ.get("SHEBAO_TEST_KILLS", "5"))
EACH = 10  # messages a chat
WAIT_S = 40 + MESSAGES / 10  # a bound, not a wait
IN_HAND = 40  # replies that may be sent and not yet noted when a kill comes


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_program_that_is_killed_again_and_again_answers_every_message(
    mode: str, tmp_path: Path, fitted_folder: Path, opened: object
) -> None:
    assert opened  # the matcher is fitted, so that a start takes a second
    chance = random.Random(26)
    port = free_port()
    more = {
        "MODE": mode,
        "LISTEN": f"127.0.0.1:{port}",
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
    }
    log = tmp_path / "program.log"
    async with (
        BotApi() as api,
        Program(settings(api, tmp_path, fitted_folder, **more), log=log) as program,
    ):
        people = [api.person() for _ in range(MESSAGES // EACH)]
        await program.start()
        said = 0
        kills = [MESSAGES * (number + 1) // (KILLS + 1) for number in range(KILLS)]
        for number in range(1, EACH + 1):
            for person in people:
                person.says(f"/law {number}")
                said += 1
                await asyncio.sleep(chance.random() * 0.004)
                if said in kills:
                    # in the middle of the work: once it answers again, some moments later
                    before = len(api.called("sendMessage"))
                    await api.until(functools.partial(_more_than, api, before), WAIT_S)
                    await asyncio.sleep(chance.random() * 0.05)
                    assert await program.end(signal.SIGKILL) == -signal.SIGKILL
                    await program.start()
        await api.until(lambda: all(len(set(heard(each))) >= EACH for each in people), WAIT_S)
        await asyncio.sleep(0.3)
        assert await program.end(signal.SIGTERM) == 0
        count = Count.of(people, EACH)
        print(f"{mode}: {said} messages, {KILLS} kills: {count}")  # noqa: T201
        assert program.starts == KILLS + 1
        assert (count.never, count.disordered) == (0, 0)
        assert count.twice <= KILLS * IN_HAND
        said_of_it = log.read_text()
        assert "Traceback" not in said_of_it
        assert api.token.partition(":")[2] not in said_of_it


def _more_than(api: BotApi, count: int) -> bool:
    return len(api.called("sendMessage")) > count


async def test_a_thousand_messages_over_fifty_chats_are_answered_once_and_in_order(
    tmp_path: Path, fitted_folder: Path, opened: object
) -> None:
    assert opened
    log = tmp_path / "program.log"
    async with (
        BotApi() as api,
        Program(settings(api, tmp_path, fitted_folder), log=log) as program,
    ):
        people = [api.person() for _ in range(50)]
        for number in range(1, 21):
            for person in people:
                person.says(f"/law {number}")
        await program.start()
        await api.until(lambda: all(len(heard(each)) >= 20 for each in people), WAIT_S)
        assert await program.end(signal.SIGTERM) == 0
        count = Count.of(people, 20)
        print(f"1000 messages, 50 chats: {count}")  # noqa: T201
        assert count == Count(never=0, twice=0, disordered=0)
        assert len(api.pending) == 0
