"""The chat in a terminal: plain when piped, coloured and prompted when somebody looks."""

from __future__ import annotations

import asyncio
import codecs
import io
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.channels.as_json import match_object, reply_object
from bot.channels.terminal import plain_lines, talk, text_of
from bot.content.library import Library
from bot.dialogue.turn import (
    Button,
    Citation,
    Heading,
    Incoming,
    Listing,
    Note,
    Paragraph,
    Reply,
    SourceLine,
    Sources,
)
from bot.matching.matcher import Verdict
from bot.matching.outcome import Candidate, Lost, Reason, Sure, Torn
from bot.matching.reading import Reading
from bot.matching.tokens import Tokens
from bot.settings import shipped_content

TODAY = date(2026, 11, 23)
WHOLE = Reply(
    "en",
    (
        Heading("Two cards [bold]"),
        Paragraph("Keep one."),
        Listing(("Go there.", "Wait."), "steps", "What to do"),
        Listing(("Your ID",), "checklist", "要带的"),
        Listing(("It is free.",), "bullets"),
        Citation("Law, Article 1", "In plain words.", "原文。", "The original.", "Unofficial:"),
        Sources("Sources", (SourceLine("A law", "https://x.gov.cn"), SourceLine("A copy"))),
        Note("Checked."),
    ),
    (Button("Yes", "a:yes"), Button("No", "none")),
    "answered",
)
PLAIN = """\
# Two cards [bold]
Keep one.
What to do:
  1. Go there.
  2. Wait.
要带的：
  ☐ Your ID
  • It is free.
§ Law, Article 1
  In plain words.
  原文。
  Unofficial:
  The original.
Sources:
  - A law https://x.gov.cn
  - A copy
Checked.
  [1] Yes
  [2] No"""


def test_every_block_has_its_plain_lines_and_every_button_its_number() -> None:
    assert "\n".join(plain_lines(WHOLE)) == PLAIN


def test_the_text_of_a_reply_has_no_buttons_in_it() -> None:
    assert text_of(WHOLE) == PLAIN.split("\n  [1]")[0]


def test_what_has_changed_since_stands_below_what_an_article_says() -> None:
    reply = Reply("zh", (Citation("法，第1条", "白话。", note="后来有变化。"),))
    assert list(plain_lines(reply)) == ["§ 法，第1条", "  白话。", "  后来有变化。"]


def test_a_citation_without_a_quote_has_no_empty_lines() -> None:
    reply = Reply("zh", (Citation("法，第1条", "白话。"),))
    assert list(plain_lines(reply)) == ["§ 法，第1条", "  白话。"]


class Parrot:
    """A desk that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Incoming] = []

    async def answer(self, talk: str, incoming: Incoming, /) -> Reply:
        assert talk == "terminal"
        self.asked.append(incoming)
        return Reply("en", (Paragraph(f"<{incoming.text}>"),), (Button("One", "none"),))


def test_piped_lines_are_answered_one_after_another(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Parrot()
    monkeypatch.setattr(sys, "stdin", io.StringIO("one\r\n\n \t\n two \nthree"))
    asyncio.run(talk(desk, lambda: TODAY, "welcome"))
    assert desk.asked == [Incoming(text, TODAY) for text in ("one", " two ", "three")]
    assert capsys.readouterr().out == (
        "<one>\n  [1] One\n\n< two >\n  [1] One\n\n<three>\n  [1] One\n\n"
    )


def test_an_empty_pipe_is_no_talk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Parrot()
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    asyncio.run(talk(desk, lambda: TODAY, "welcome"))
    assert (desk.asked, capsys.readouterr().out) == ([], "")


class Tty(io.StringIO):
    """A stream that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


def test_at_a_terminal_every_block_is_shown_and_nothing_is_taken_for_markup(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Desk(Parrot):
        async def answer(self, talk: str, incoming: Incoming, /) -> Reply:
            await super().answer(talk, incoming)
            return WHOLE

    desk, screen = Desk(), Tty()
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "stdin", Tty("hello\n\nnever read\n"))
    monkeypatch.setattr(sys, "stdout", screen)
    asyncio.run(talk(desk, lambda: TODAY, "welcome"))
    assert [incoming.text for incoming in desk.asked] == ["/start", "hello"]
    shown = screen.getvalue()
    assert shown.startswith("welcome\n")
    told = PLAIN.replace("# ", "").replace("§ ", "").splitlines()
    assert [line for line in told if shown.count(line.strip()) != 2 and "Law" not in line] == []
    assert "Law, Article 1" in shown


# A process takes the terminal for its own, so that Ctrl-C reaches it, and becomes the program.
_TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "bot", "run"])
"""


class Screen:
    """The program at a terminal of its own; ``sees`` waits for words, ``types`` sends keys."""

    def __init__(self, cache: Path) -> None:
        self.seen = ""
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._terminal, inside = pty.openpty()
        variables = {name: value for name, value in os.environ.items() if name[:7] != "SHEBAO_"}
        self._program = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _TAKE_TERMINAL],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env={
                **variables,
                "PYTHONPATH": str(shipped_content()),
                "SHEBAO_CACHE": str(cache),
                "TERM": "xterm",
                "COLUMNS": "80",
            },
            start_new_session=True,
        )
        os.close(inside)

    def sees(self, words: str, timeout_s: float = 60) -> None:
        until = time.monotonic() + timeout_s
        while words not in self.seen:
            assert self._read(until - time.monotonic()), f"waited for {words}, saw {self.seen}"
        self.seen = self.seen.split(words, 1)[1]

    def types(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def ends(self, timeout_s: float = 10) -> int:
        """The exit code."""
        until = time.monotonic() + timeout_s
        while self._program.poll() is None and time.monotonic() < until:
            self._read(0.05)  # a full terminal would keep it from ending
        return self._program.wait(timeout=0.1)

    def close(self) -> None:
        self._program.kill()
        self._program.wait()
        os.close(self._terminal)

    def _read(self, timeout_s: float) -> bool:
        if not select.select([self._terminal], [], [], max(0.0, timeout_s))[0]:
            return False
        try:
            self.seen += self._decode(os.read(self._terminal, 65536))
        except OSError:  # how Linux says that nobody is there any more
            return False
        return True


@pytest.fixture
def screen(fitted_folder: Path, library: Library) -> Iterator[Screen]:
    assert library  # fitted by now, so that the program starts at once
    shown = Screen(fitted_folder)
    yield shown
    shown.close()


def test_at_a_terminal_there_is_a_greeting_a_prompt_and_an_end(
    screen: Screen, library: Library
) -> None:
    screen.sees(library.phrases["terminal_welcome"].en[:30])
    screen.sees("> ")
    screen.types("社保卡怎么注销\n")
    screen.sees("[1] 别人代办")
    screen.sees("> ")
    screen.types("1\n")
    screen.sees("别人代办")
    screen.sees("> ")
    screen.types("\n")
    assert screen.ends() == 0
    assert "Traceback" not in screen.seen


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_one_key_ends_the_talk(screen: Screen, key: str) -> None:
    screen.sees("> ")
    time.sleep(0.1)  # until it reads
    screen.types(key)
    assert screen.ends() == 0
    assert "Traceback" not in screen.seen


# ----------------------------------------------------------------------------------------- JSON

BEST, NEXT = Candidate("cancel_howto", 0.87654321), Candidate("cancel_death", 0.1)


def verdict(match: Sure | Torn | Lost, *ranked: Candidate) -> Verdict:
    return Verdict(match, ranked, 0.5, Reading("", Tokens((), ()), (), ()), None, "")


def test_a_match_is_printed_as_what_the_asker_would_see() -> None:
    sure = match_object(verdict(Sure(BEST, 0.7), BEST, NEXT))
    torn = match_object(verdict(Torn((BEST, NEXT)), BEST, NEXT))
    lost = match_object(verdict(Lost(Reason.UNLIKE, BEST), BEST, NEXT))
    none = match_object(verdict(Lost(Reason.EMPTY)))
    assert sure == {
        "outcome": "answered",
        "intent": "cancel_howto",
        "score": 0.8765,
        "candidates": [],
    }
    assert torn["candidates"] == [
        {"intent": "cancel_howto", "score": 0.8765},
        {"intent": "cancel_death", "score": 0.1},
    ]
    assert (lost["outcome"], lost["intent"]) == ("declined", "cancel_howto")
    assert none == {"outcome": "declined", "intent": None, "score": 0.0, "candidates": []}


def test_a_reply_without_an_intent_names_the_law_that_it_shows(library: Library) -> None:
    printed = reply_object(library, WHOLE)
    assert printed["law"] == ["Law, Article 1"]
    assert printed["sources"] == [
        {"text": "A law", "link": "https://x.gov.cn"},
        {"text": "A copy", "link": None},
    ]
    assert printed["buttons"] == [
        {"label": "Yes", "action": "a:yes"},
        {"label": "No", "action": "none"},
    ]
    assert printed["text"] == text_of(WHOLE)
