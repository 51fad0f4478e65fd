"""What the environment may set, read once at the start; ``.env`` is read too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    HttpUrl,
    SecretStr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "SHEBAO_"

_TOKEN = r"^[0-9]{1,20}:[A-Za-z0-9_-]{20,}$"  # noqa: S105 - the form of a token, not one


class SettingsError(Exception):
    """A variable has a value that it does not take; the text is one line and names it."""


def _token(value: SecretStr) -> SecretStr:
    import re

    if not re.fullmatch(_TOKEN, value.get_secret_value()):
        raise ValueError("a token as @BotFather gives it, like 123456:ABC-DEF…")
    return value


def _secret(value: SecretStr) -> SecretStr:
    import re

    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):  # Telegram's own rule
        raise ValueError("not a secret that Telegram takes")
    return value


def _content(value: Path) -> Path:
    for name in ("intents", "knowledge"):
        if not (value / name).is_dir():
            raise ValueError(
                f"a folder with intents/ and knowledge/ in it ({value} has no {name}/)"
            )
    return value


def shipped_content() -> Path:
    """The folder with the content that came with the program: the checkout's, or the wheel's."""
    package = Path(__file__).parent
    installed = package / "_content"
    return installed if installed.is_dir() else package.parent


def _place(variable: str, otherwise: str) -> Path:
    """Our folder in one of the system's places for programs: $XDG_CACHE_HOME and the like."""
    base = os.environ.get(variable)
    return (Path(base) if base else Path.home() / otherwise) / "shebao-desk"


def _cache() -> Path:
    return _place("XDG_CACHE_HOME", ".cache")


def _database() -> str:
    return f"sqlite:///{_place('XDG_DATA_HOME', '.local/share').absolute() / 'desk.db'}"


def _listen(value: str) -> str:
    host, colon, port = value.rpartition(":")
    if not (colon and host and port.isdecimal() and int(port) < 2**16):
        raise ValueError("an address to listen on")
    return value


class Settings(BaseSettings):
    """Every setting with its default: the variable ``SHEBAO_`` and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_api_url: HttpUrl = HttpUrl("https://api.telegram.org")
    content: Annotated[Path, AfterValidator(_content)] = Field(default_factory=shipped_content)
    cache: Path = Field(default_factory=_cache)
    log_level: Annotated[
        str, BeforeValidator(str.upper), StringConstraints(pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    ] = "INFO"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: HttpUrl | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = None
    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    database_url: str = Field(default_factory=_database)
    # Messages a second, to all chats; 0 lifts this limit and those of a chat, a group, a person.
    # 30 is what Telegram allows a bot that pays nothing, also behind an own Bot API server.
    rate_limit: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] = 30.0

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Settings:
        if self.mode == "webhook" and self.webhook_url is None:
            raise ValueError(f"{PREFIX}WEBHOOK_URL is missing; it takes {_TAKES['webhook_url']}")
        return self


_TAKES = {
    "telegram_token": "a token as @BotFather gives it, like 123456:ABC-DEF…",
    "telegram_api_url": "the address of a Bot API server, like http://127.0.0.1:8081",
    "content": "a folder with intents/ and knowledge/ in it",
    "cache": "a folder for the fitted matcher",
    "log_level": "DEBUG, INFO, WARNING or ERROR",
    "mode": "polling or webhook",
    "webhook_url": "the address that Telegram calls, like https://desk.example.org/telegram",
    "webhook_secret": "1 to 256 of the characters A-Z, a-z, 0-9, _ and -",
    "listen": "host:port, like 127.0.0.1:8080",
    "database_url": "an address like sqlite:////srv/shebao/desk.db",
    "rate_limit": "messages a second, 0 to 1000; 0 lifts every limit",
}


def read_settings() -> Settings:
    """The settings of this process; raises SettingsError, one line a wrong variable."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{PREFIX}{name.upper()} is wrong; it takes {_TAKES.get(name, 'another value')}"
            for name in dict.fromkeys(str(e["loc"][0]) for e in error.errors() if e["loc"])
        ]
        lines += [str(e["ctx"]["error"]) for e in error.errors() if not e["loc"]]
        # the value is not shown: it may be a secret
        raise SettingsError("\n".join(lines) or "the settings are wrong") from None
    except UnicodeDecodeError:
        raise SettingsError(".env cannot be read; save it with the encoding UTF-8") from None
