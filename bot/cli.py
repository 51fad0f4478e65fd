"""The commands, nothing else: each reads its arguments, calls, prints."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from bot.content.load import load_intents
from bot.content.problem import ContentError
from bot.desk import Desk, matcher_for, open_desk
from bot.dialogue.turn import Incoming, Reply
from bot.logs import configure_logs
from bot.matching.matcher import Verdict
from bot.progress import bar
from bot.settings import Settings, SettingsError, read_settings
from bot.storage.sessions import Sessions

app = typer.Typer(
    help="A help desk for China's social security card.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_say = Console(stderr=True, highlight=False, soft_wrap=True)

LangOption = Annotated[
    Literal["en", "zh"] | None, typer.Option(help="Answer in this language, not the one typed.")
]


def main() -> None:
    """Runs the command line. Content and settings in error end it with what to do, exit 1."""
    if isinstance(sys.stdin, TextIOWrapper):  # a stray byte spoils its own line only
        sys.stdin.reconfigure(errors="replace")
    try:
        app()
    except SettingsError as error:
        sys.exit(str(error))
    except ContentError as error:
        for problem in error.problems:
            _say.print(str(problem), style="red", markup=False)
        sys.exit(f"{len(error.problems)} problem(s) in the content; mend them and start again")
    except BrokenPipeError:
        sys.exit(0)  # whoever read our output has seen enough


def _today() -> datetime:
    # China's date is what review dates are written in; eight hours rarely matter, never backwards
    return datetime.now(UTC)


def _desk(settings: Settings, sessions: Sessions | None = None) -> Desk:
    with bar(_say) as progress:
        return open_desk(settings, progress, sessions)


@app.command()
def run() -> None:
    """Answer on Telegram when SHEBAO_TELEGRAM_TOKEN is set, else in this terminal."""
    settings = read_settings()
    configure_logs(settings.log_level)
    if settings.telegram_token is None:
        from bot.channels.terminal import talk

        desk = _desk(settings)
        welcome = desk.library.phrases["terminal_welcome"]
        asyncio.run(talk(desk, lambda: _today().date(), f"{welcome.zh}\n{welcome.en}"))
        return
    from bot.channels.telegram.refused import TelegramRefused
    from bot.channels.telegram.service import Unserved, serve
    from bot.storage.database import StorageError
    from bot.storage.store import Store

    try:
        store = Store(settings.database_url)
        serve(_desk(settings, store), settings, store, lambda: _today().date())
    except (StorageError, TelegramRefused, Unserved) as error:
        sys.exit(str(error))


@app.command()
def ask(
    text: Annotated[list[str], typer.Argument(help="The question.")],
    lang: LangOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Print one answer."""
    from bot.channels.terminal import plain_lines

    desk = _desk(read_settings())
    question = _joined(text)

    async def once() -> Reply:
        today = _today().date()
        if lang:
            await desk.answer("ask", Incoming(f"/language {lang}", today))
        return await desk.answer("ask", Incoming(question, today))

    reply = asyncio.run(once())
    if as_json:
        from bot.channels.as_json import reply_object

        print(json.dumps(reply_object(desk.library, reply), ensure_ascii=False))  # noqa: T201
    else:
        print("\n".join(plain_lines(reply)))  # noqa: T201


@app.command()
def match(
    intents: Annotated[
        Path | None, typer.Option(help="A folder of intents to use instead of ours.")
    ] = None,
    lang: LangOption = None,  # noqa: ARG001 - the matcher reads both; kept for scripts that name one
) -> None:
    """Read {"text": …} lines, write one match a line."""
    from bot.channels.as_json import match_object

    judge = _judge(intents)
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError, RecursionError):
            sys.exit(f'line {number}: not a message; write {{"text": "…"}}')
        print(json.dumps(match_object(judge(text)), ensure_ascii=False))  # noqa: T201
    sys.stdout.flush()


def _judge(intents: Path | None) -> Callable[[str], Verdict]:
    settings = read_settings()
    if intents is None:
        return _desk(settings).judge
    loaded = load_intents(intents)
    with bar(_say) as progress:
        return matcher_for(loaded, settings, progress).judge


def _joined(words: list[str]) -> str:
    # bytes that are not UTF-8 come from a shell as half surrogates, which nothing can print
    return " ".join(words).encode("utf-8", "replace").decode()


@app.command()
def explain(
    text: Annotated[list[str], typer.Argument(help="The question.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Show why a question is understood as it is."""
    from bot.quality.explain import explained, told

    desk = _desk(read_settings())
    why = explained(desk.matcher, desk.library.intent_set, desk.judge(_joined(text)))
    if as_json:
        print(json.dumps(why, ensure_ascii=False))  # noqa: T201
    else:
        print("\n".join(told(why)))  # noqa: T201


@app.command()
def check(
    content: Annotated[
        Path | None, typer.Argument(help="A folder with intents/ and knowledge/ in it.")
    ] = None,
    strict: Annotated[bool, typer.Option(help="Take every warning for an error.")] = False,
    deep: Annotated[
        bool, typer.Option(help="Try every phrase on the matcher too; it may have to learn first.")
    ] = False,
    count: Annotated[
        bool, typer.Option("--counts", help="Also count the content: phrases, sources, questions.")
    ] = False,
    today: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="YEAR-MONTH-DAY", help="Which reviews are due that day."
        ),
    ] = None,
) -> None:
    """Print every problem in the content; exit 1 when there is an error."""
    from bot.quality.lint import lint, strictly
    from bot.quality.phrases import Judge

    root = content or read_settings().content

    def open_judge() -> Judge:
        return _desk(read_settings().model_copy(update={"content": root})).judge

    problems = lint(root, (today or _today()).date(), open_judge if deep else None)
    if strict:
        problems = strictly(problems)
    counts = Counter(problem.severity for problem in problems)
    for problem in problems:
        print(problem if problem.severity == "error" else f"{problem} ({problem.severity})")  # noqa: T201
    told = [f"{counts['error']} error(s), {counts['warning']} warning(s)"]
    told += [f"{counts['note']} note(s)"] if counts["note"] else []
    if count:
        from bot.quality.counts import counts as counted
        from bot.quality.counts import print_counts

        print_counts(Console(highlight=False), counted(root))
    _say.print(", ".join(told), markup=False)
    raise typer.Exit(1 if counts["error"] else 0)


@app.command()
def schema(folder: Annotated[Path, typer.Argument(help="Where to write the schemas.")]) -> None:
    """Write the JSON Schema of each kind of content file, for editors that complete."""
    from bot.content.schema import schemas

    folder.mkdir(parents=True, exist_ok=True)
    for kind, described in schemas().items():
        path = folder / f"{kind}.json"
        path.write_text(
            json.dumps(described, ensure_ascii=False, indent=2, sort_keys=True) + "\n",
            encoding="utf-8",
        )
        print(path)  # noqa: T201


@app.command()
def measure(
    files: Annotated[list[Path], typer.Argument(help="Question lists, YAML or JSON lines.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Accuracy, wrong answers, refusals and confusion pairs on question lists."""
    from bot.quality.measure import measure as measured
    from bot.quality.questions import QuestionsError, read_questions
    from bot.quality.report import report, report_object

    try:
        questions = [question for file in _lists(files) for question in read_questions(file)]
    except QuestionsError as error:
        sys.exit(str(error))
    if not questions:
        sys.exit(f"{files[0]}: no questions in it; name a list, or a folder of .yaml lists")
    desk = _desk(read_settings())
    figures = measured(questions, desk.judge, desk.library.intent_set.groups)
    if as_json:
        print(json.dumps(report_object(figures), ensure_ascii=False))  # noqa: T201
    else:
        report(Console(highlight=False), figures)


def _lists(files: list[Path]) -> Iterator[Path]:
    for file in files:
        yield from sorted(file.glob("*.yaml")) if file.is_dir() else [file]
