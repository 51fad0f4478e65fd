"""What the environment may set, read once at the start; ``.env`` is read too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    HttpUrl,
    SecretStr,
    StringConstraints,
    ValidationError,
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


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "shebao-desk"


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


_TAKES = {
    "telegram_token": "a token as @BotFather gives it, like 123456:ABC-DEF…",
    "telegram_api_url": "the address of a Bot API server, like http://127.0.0.1:8081",
    "content": "a folder with intents/ and knowledge/ in it",
    "cache": "a folder for the fitted matcher",
    "log_level": "DEBUG, INFO, WARNING or ERROR",
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
        # the value is not shown: it may be a secret
        raise SettingsError("\n".join(lines) or "the settings are wrong") from None
    except UnicodeDecodeError:
        raise SettingsError(".env cannot be read; save it with the encoding UTF-8") from None
