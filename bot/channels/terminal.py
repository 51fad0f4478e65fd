"""The chat in a terminal: rich when somebody looks, plain lines when piped."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.channels.answers import Answers
from bot.dialogue.turn import (
    Block,
    Citation,
    Heading,
    Incoming,
    Listing,
    Note,
    Paragraph,
    Reply,
    Sources,
)

_MARK = {"checklist": "☐ ", "bullets": "• "}


def plain_lines(reply: Reply) -> Iterator[str]:
    """A reply as lines without colour: headings, lists, citations, numbered quick replies."""
    for block in reply.blocks:
        yield from _lines(block)
    for number, button in enumerate(reply.buttons, 1):
        yield f"  [{number}] {button.label}"


def text_of(reply: Reply) -> str:
    """What a reply says, without its buttons."""
    return "\n".join(line for block in reply.blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"# {text}"
        case Paragraph(text) | Note(text):
            yield text
        case Listing(items, style, title):
            if title:
                yield f"{title}:" if title.isascii() else f"{title}："
            for number, item in enumerate(items, 1):
                yield f"  {_MARK.get(style) or f'{number}. '}{item}"
        case Citation(title, text, quote, translation, note):
            yield f"§ {title}"
            # In a Chinese reply a quote has no translation, and needs no note that there is one.
            said = (text, quote, note if translation or not quote else "", translation)
            yield from (f"  {line}" for line in said if line)
        case Sources(title, lines):
            yield f"{title}:" if title.isascii() else f"{title}："
            yield from (f"  - {line.text} {line.link}".rstrip() for line in lines)


def _rich(reply: Reply) -> RenderableType:
    parts: list[RenderableType] = []
    for block in reply.blocks:
        match block:
            case Heading(text):
                parts.append(Text(text, style="bold"))
            case Note(text):
                parts.append(Text(text, style="dim"))
            case Citation(title, text, quote, translation, note):
                said = (text, quote, note if translation or not quote else "", translation)
                words = "\n".join(filter(None, said))
                parts.append(Panel(Text(words), title=Text(title), title_align="left"))
            case _:
                parts.append(Text("\n".join(_lines(block))))
    if reply.buttons:
        choices = "\n".join(f"[{n}] {button.label}" for n, button in enumerate(reply.buttons, 1))
        parts.append(Padding(Text(choices, style="cyan"), (1, 0, 0, 2)))
    return Group(*parts)


async def talk(desk: Answers, today: Callable[[], date], welcome: str) -> None:
    """Reads lines from standard input until it ends and prints the answers.

    With a terminal on both sides the talk is coloured and prompted, and an empty line ends it;
    piped, it is plain, one answer after another, and empty lines are passed over.
    """
    live = sys.stdin.isatty() and sys.stdout.isatty()
    console = Console(highlight=False)
    if live:
        # asyncio would keep the first Ctrl-C for itself while a line is typed
        signal.signal(signal.SIGINT, signal.default_int_handler)
        console.print(welcome, style="dim")
        _show(console, await desk.answer("terminal", Incoming("/start", today())), live)
    while True:
        line = _read(console, live)
        if line is None or (live and not line.strip()):
            return
        if line.strip():
            reply = await desk.answer("terminal", Incoming(line.rstrip("\r\n"), today()))
            _show(console, reply, live)


def _read(console: Console, live: bool) -> str | None:
    try:
        line = console.input("[bold]> [/]") if live else sys.stdin.readline()
    except (EOFError, KeyboardInterrupt):
        return None
    return line if live or line else None


def _show(console: Console, reply: Reply, live: bool) -> None:
    if live:
        console.print(_rich(reply))
        console.print()
    else:
        sys.stdout.write("\n".join(plain_lines(reply)) + "\n\n")
        sys.stdout.flush()
