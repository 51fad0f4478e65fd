"""What is a command, and what only looks like one."""

from __future__ import annotations

import pytest

from bot.dialogue.commands import command_in


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/help", ("help", "")),
        ("  /help  ", ("help", "")),
        ("/HELP", ("help", "")),
        ("/law 26", ("law", "26")),
        ("/law@shebao_desk_bot 26", ("law", "26")),
        ("/law\n26", ("law", "26")),
        ("/law  社会保险法 第26条 ", ("law", "社会保险法 第26条")),
        ("/start cancel_howto", ("start", "cancel_howto")),
    ],
)
def test_a_slash_and_a_word_at_the_beginning_are_a_command(
    text: str, command: tuple[str, str]
) -> None:
    assert command_in(text) == command


@pytest.mark.parametrize("text", ["", "/", "/ help", "help", "a /help", "//help", "/26", "/社保卡"])
def test_anything_else_is_none(text: str) -> None:
    assert command_in(text) is None
