"""No bot library at all: what the API stand-in and one core of Python allow, nothing kept."""

import asyncio
import os
from typing import Any

import aiohttp
import uvloop

URL = f"{os.environ['API_URL']}/bot{os.environ['TOKEN']}"


async def main() -> None:
    connector = aiohttp.TCPConnector(limit=256)
    sending: set[asyncio.Task[None]] = set()
    async with aiohttp.ClientSession(connector=connector) as session:

        async def call(method: str, **given: Any) -> Any:
            async with session.post(f"{URL}/{method}", data=given) as response:
                return (await response.json())["result"]

        async def echo(message: dict[str, Any]) -> None:
            await call("sendMessage", chat_id=message["chat"]["id"], text=message["text"])

        offset = 0
        while True:
            for update in await call("getUpdates", offset=offset, timeout=30):
                offset = update["update_id"] + 1
                task = asyncio.create_task(echo(update["message"]))
                sending.add(task)
                task.add_done_callback(sending.discard)


uvloop.run(main())
