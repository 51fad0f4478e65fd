"""What the environment may set; a wrong value is one line, without the value."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import SettingsError, read_settings, shipped_content

TOKEN = "000001:" + "A" * 35


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of ours and no .env of the developer's."""
    for name in os.environ:
        if name.startswith("SHEBAO_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "takes"),
    [
        ("TELEGRAM_TOKEN", "secret-nonsense", "a token as @BotFather gives it"),
        ("TELEGRAM_TOKEN", "123:secret", "a token as @BotFather gives it"),
        ("TELEGRAM_TOKEN", f"{TOKEN} secret", "a token as @BotFather gives it"),
        ("TELEGRAM_API_URL", "secret", "the address of a Bot API server"),
        ("TELEGRAM_API_URL", "ftp://secret.example", "the address of a Bot API server"),
        ("CONTENT", "/nowhere/secret", "a folder with intents/ and knowledge/ in it"),
        ("LOG_LEVEL", "secret", "DEBUG, INFO, WARNING or ERROR"),
        ("MODE", "secret", "polling or webhook"),
        ("WEBHOOK_URL", "secret", "the address that Telegram calls"),
        ("WEBHOOK_SECRET", "secret with a space", "1 to 256 of the characters"),
        ("LISTEN", "secret", "host:port"),
        ("LISTEN", "secret:70000", "host:port"),
        ("LISTEN", ":8080", "host:port"),
        ("RATE_LIMIT", "-1", "messages a second, 0 to 1000"),
        ("RATE_LIMIT", "nan", "messages a second, 0 to 1000"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable_and_what_it_takes(
    name: str, value: str, takes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"SHEBAO_{name}", value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    text = str(caught.value)
    assert text.startswith(f"SHEBAO_{name} is wrong; it takes {takes}")
    assert "\n" not in text
    assert "secret" not in text


def test_all_wrong_values_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEBAO_LOG_LEVEL", "loud")
    monkeypatch.setenv("SHEBAO_TELEGRAM_TOKEN", "x")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert [line.split()[0] for line in str(caught.value).splitlines()] == [
        "SHEBAO_TELEGRAM_TOKEN",
        "SHEBAO_LOG_LEVEL",
    ]


def test_without_any_variable_the_shipped_content_is_served_in_the_terminal() -> None:
    settings = read_settings()
    assert settings.telegram_token is None
    assert settings.content == shipped_content()
    assert (settings.content / "intents").is_dir()
    assert str(settings.telegram_api_url) == "https://api.telegram.org/"
    assert settings.cache.name == "shebao-desk"


def test_an_empty_variable_is_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM_TOKEN", "CONTENT", "LOG_LEVEL", "CACHE"):
        monkeypatch.setenv(f"SHEBAO_{name}", "")
    assert read_settings().telegram_token is None


def test_right_values_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHEBAO_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("SHEBAO_TELEGRAM_API_URL", "http://127.0.0.1:8081")
    monkeypatch.setenv("SHEBAO_LOG_LEVEL", "warning")
    monkeypatch.setenv("SHEBAO_CACHE", str(tmp_path))
    settings = read_settings()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.telegram_api_url.port == 8081
    assert settings.log_level == "WARNING"
    assert settings.cache == tmp_path


def test_the_token_is_in_no_text_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEBAO_TELEGRAM_TOKEN", TOKEN)
    settings = read_settings()
    shown = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert "telegram_token" in shown
    assert TOKEN not in shown


def test_a_webhook_without_an_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEBAO_MODE", "webhook")
    with pytest.raises(SettingsError, match=r"^SHEBAO_WEBHOOK_URL is missing; it takes .*$"):
        read_settings()
    monkeypatch.setenv("SHEBAO_WEBHOOK_URL", "https://desk.example.org/telegram")
    assert read_settings().mode == "webhook"


def test_the_database_lies_where_the_system_keeps_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert read_settings().database_url == f"sqlite:///{tmp_path}/shebao-desk/desk.db"


def test_a_file_env_is_read_and_the_environment_is_stronger(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        f"SHEBAO_TELEGRAM_TOKEN={TOKEN}\nSHEBAO_LOG_LEVEL=ERROR\nOTHER=1\nSHEBAO_TYPO=1\n"
    )
    monkeypatch.setenv("SHEBAO_LOG_LEVEL", "DEBUG")
    settings = read_settings()
    assert settings.telegram_token is not None
    assert settings.log_level == "DEBUG"


def test_a_wrong_value_in_the_file_env_is_told_like_any(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SHEBAO_LOG_LEVEL=loud\n")
    with pytest.raises(SettingsError, match="SHEBAO_LOG_LEVEL"):
        read_settings()


def test_a_file_env_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("SHEBAO_LOG_LEVEL=错".encode("gbk"))
    with pytest.raises(SettingsError, match=r"^\.env .* UTF-8$"):
        read_settings()


def test_the_cache_follows_the_systems_own_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert read_settings().cache == tmp_path / "shebao-desk"
