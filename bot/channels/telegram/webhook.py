"""The webhook: an update is answered within Telegram's request, and 200 is said afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.telegram.api import UPDATES, has_id
from bot.channels.telegram.bot import TelegramBot
from bot.channels.telegram.metrics import Metrics
from bot.channels.telegram.polling import DRAIN_S
from bot.channels.telegram.running import persistently, signalled
from bot.settings import Settings
from bot.storage.store import Store

log: structlog.stdlib.BoundLogger = structlog.get_logger()

LARGEST_BODY = 2**20  # an update has some kilobytes
CONNECTIONS = 100  # the most that Telegram opens
# Telegram gives up after a minute and calls again. What takes longer is parked by then, if at all
# possible, and is the store's.
PARK_S, GIVE_UP_S = 5.0, 50.0
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105


@dataclass(frozen=True)
class Hook:
    """Where Telegram calls, what it shows to be let in, and where we listen."""

    url: str
    secret: str = field(repr=False)
    host: str
    port: int

    @classmethod
    def of(cls, settings: Settings, token: str) -> Hook:
        """Without a secret of its own the token gives one, the same in every process."""
        given = settings.webhook_secret
        derived = hashlib.sha256(f"webhook:{token}".encode()).hexdigest()
        host, _, port = settings.listen.rpartition(":")
        return cls(
            str(settings.webhook_url or ""),
            given.get_secret_value() if given else derived,
            host.strip("[]"),
            int(port),
        )

    @property
    def path(self) -> str:
        """The path of the address: a proxy before us passes it on as it is."""
        return urlsplit(self.url).path or "/"


def webhook_app(bot: TelegramBot, hook: Hook, metrics: Metrics, store: Store) -> Starlette:
    """The pages: the hook itself, /healthz, /readyz, /metrics."""

    async def take(request: Request) -> Response:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), hook.secret.encode()):
            return _said(403, "not from Telegram")
        try:
            body = await _body(request)
        except ClientDisconnect:
            return _said(400, "gone before the end")
        if body is None:
            return _said(413, "too large")
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return _said(400, "not JSON")
        if not has_id(update):
            return _said(400, "not an update")
        return await _answered(bot, update)

    async def healthy(_: Request) -> Response:
        return _said(200, "ok")

    async def ready(_: Request) -> Response:
        if store.trouble:  # it answers all the same, so this is for people and no reason to stop it
            return _said(503, f"storage: {store.trouble}")
        return _said(200, "ok")

    async def measured(_: Request) -> Response:
        return Response(metrics.page(), media_type=metrics.content_type)

    return Starlette(
        routes=[
            Route(hook.path, take, methods=["POST"]),
            Route("/healthz", healthy),
            Route("/readyz", ready),
            Route("/metrics", measured),
        ]
    )


async def _answered(bot: TelegramBot, update: dict[str, Any]) -> Response:
    receipt = bot.receive(update)
    done, _ = await asyncio.wait((receipt,), timeout=PARK_S)
    if not done:
        await bot.park(0.0)
        done, _ = await asyncio.wait((receipt,), timeout=GIVE_UP_S - PARK_S)
    if not done or receipt.cancelled() or receipt.exception() is not None:
        return _said(500, "not answered yet")  # Telegram calls again
    return _said(200, "")


async def _body(request: Request) -> bytes | None:
    """The body, None for one that is too large, of which no more than that is read."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _said(status: int, text: str) -> Response:
    return PlainTextResponse(text, status)


async def run_webhook(
    bot: TelegramBot,
    hook: Hook,
    metrics: Metrics,
    store: Store,
    stop: asyncio.Event | None = None,
) -> None:
    """Answers until ``stop`` is set; without one, until SIGINT or SIGTERM.

    Raises TelegramRefused for a bad token, OSError where the address is taken.
    """
    config = uvicorn.Config(
        webhook_app(bot, hook, metrics, store),
        log_config=None,
        access_log=False,
        lifespan="off",
        proxy_headers=False,  # nobody asks who calls: the secret tells
        server_header=False,
    )
    server = _Server(config)
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(_listener(hook))
        told = stop if stop is not None else stack.enter_context(signalled())
        halt = asyncio.create_task(told.wait(), name="telegram:stop")
        work = asyncio.create_task(_serve(bot, hook, server, listener), name="telegram:webhook")
        try:
            await asyncio.wait((work, halt), return_when=asyncio.FIRST_COMPLETED)
        finally:
            halt.cancel()
            server.should_exit = True  # takes no new request, and waits for those it has
            await bot.drain(DRAIN_S)
            work.cancel()
            outcome, _ = await asyncio.gather(work, halt, return_exceptions=True)
            await bot.drain(0.0)
            await bot.close()
            log.info("telegram_stopped")
        if isinstance(outcome, Exception):
            raise outcome


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves the signals to us: uvicorn's would be raised again once it has stopped."""
        yield


def _listener(hook: Hook) -> socket.socket:
    family = socket.AF_INET6 if ":" in hook.host else socket.AF_INET
    return socket.create_server((hook.host, hook.port), family=family, backlog=2 * CONNECTIONS)


async def _serve(
    bot: TelegramBot, hook: Hook, server: uvicorn.Server, listener: socket.socket
) -> None:
    async def set_webhook() -> None:
        await bot.api.set_webhook(
            hook.url,
            secret_token=hook.secret,
            max_connections=CONNECTIONS,
            allowed_updates=UPDATES,
            drop_pending_updates=False,
        )

    await persistently(bot, "getMe", bot.start)
    await bot.resume()
    serving = asyncio.create_task(server.serve(sockets=[listener]), name="telegram:serving")
    profile: asyncio.Task[None] | None = None
    try:
        await persistently(bot, "setWebhook", set_webhook)
        log.info("telegram_started", bot=bot.api.username)
        profile = asyncio.create_task(bot.introduce(), name="telegram:profile")
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        if profile is not None:
            profile.cancel()
            await asyncio.gather(profile, return_exceptions=True)
        await serving
