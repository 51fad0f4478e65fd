"""The level takes effect, and a line is JSON where no terminal is."""

from __future__ import annotations

import json
import logging

import pytest
import structlog

from bot.logs import configure_logs


@pytest.mark.parametrize(
    ("level", "seen"),
    [
        ("DEBUG", ["debug", "info", "warning", "error"]),
        ("INFO", ["info", "warning", "error"]),
        ("WARNING", ["warning", "error"]),
        ("ERROR", ["error"]),
    ],
)
def test_only_the_level_and_above_is_written(
    level: str, seen: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs(level)
    log = structlog.get_logger()
    for each in ("debug", "info", "warning", "error"):
        getattr(log, each)("event", update=7)
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = [json.loads(line) for line in printed.err.splitlines()]
    assert [line["level"] for line in lines] == seen
    assert all((line["event"], line["update"]) == ("event", 7) for line in lines)


def test_at_a_terminal_a_line_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", "console")
    structlog.get_logger().info("telegram_started", bot="Desk")
    assert "telegram_started" in capsys.readouterr().err


def test_libraries_are_heard_from_warning_on_whatever_the_level() -> None:
    configure_logs("DEBUG")
    assert logging.getLogger("aiohttp").getEffectiveLevel() >= logging.WARNING
