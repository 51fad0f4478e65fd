"""The commands: what they read and print, and how they end."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.cli import main
from bot.content.library import Library
from bot.content.schema import schemas
from bot.settings import shipped_content

TOKEN = "000001:" + "A" * 35
MATCH_KEYS = {"outcome", "intent", "score", "candidates"}
ASK_KEYS = MATCH_KEYS | {"lang", "text", "buttons", "sources", "law"}


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _as_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fitted_folder: Path) -> None:
    """No variable and no .env of the developer's; the fits of this session."""
    for name in os.environ:
        if name.startswith("SHEBAO_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SHEBAO_CACHE", str(fitted_folder))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("ask", "hello", stdin="")``: the real ``main`` in this process."""

    def ran(*arguments: str, stdin: str | bytes = "") -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        with io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") as lines:
            monkeypatch.setattr(sys, "argv", ["shebao-desk", *arguments])
            monkeypatch.setattr(sys, "stdin", lines)
            with pytest.raises(SystemExit) as ended:
                main()
        printed = capsys.readouterr()
        match ended.value.code:
            case None:
                return Ran(0, printed.out, printed.err)
            case int(code):
                return Ran(code, printed.out, printed.err)
            case told:  # sys.exit("…"), printed by the interpreter
                return Ran(1, printed.out, f"{printed.err}{told}\n")

    return ran


def process(*arguments: str, stdin: bytes = b"", **variables: str) -> Ran:
    """The same as a process of its own."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(shipped_content()), **variables},
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A content folder with two mistakes."""
    root = tmp_path / "broken"
    for file, text in {
        "intents/lexicon.yaml": "concepts: {}\n",
        "intents/a/report_loss.yaml": "id: report_loss\nabot: {en: A, zh: 甲}\n",
        "knowledge/sources.yaml": "{}\n",
        "knowledge/referrals.yaml": "{}\n",
        "knowledge/phrases.yaml": "torn: {en: Which?}\n",
    }.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    return root


# ----------------------------------------------------------------------------------------- ask


def test_ask_prints_one_answer(run: Run) -> None:
    ran = run("ask", "社保卡怎么注销")
    assert ran.code == 0
    assert ran.out.startswith("# 社保卡怎么注销\n")
    assert "  [1] " in ran.out
    assert ran.err == ""


def test_ask_joins_words_and_takes_no_quotes(run: Run) -> None:
    assert "cancel" in run("ask", "how", "do", "I", "cancel", "my", "card").out


def test_ask_in_a_language_answers_in_it(run: Run) -> None:
    (answer,) = run("ask", "--lang", "en", "--json", "社保卡怎么注销").objects
    assert (answer["lang"], answer["intent"]) == ("en", "cancel_howto")


def test_ask_json_is_one_object_with_all_its_keys(run: Run, library: Library) -> None:
    (answer,) = run("ask", "--json", "社保卡怎么注销").objects
    assert answer.keys() == ASK_KEYS
    assert (answer["outcome"], answer["intent"]) == ("answered", "cancel_howto")
    assert answer["candidates"] == []
    assert answer["law"] == list(library.answers["cancel_howto"].law)
    assert isinstance(answer["score"], float)
    assert isinstance(answer["buttons"], list)
    assert {"label": "别人代办", "action": "a:cancel_howto:proxy"} in answer["buttons"]
    assert answer["sources"]


def test_ask_json_of_a_refusal_has_the_same_keys(run: Run) -> None:
    (answer,) = run("ask", "--json", "how do I cancel my credit card").objects
    assert answer.keys() == ASK_KEYS
    assert answer["outcome"] == "declined"
    assert answer["sources"] == answer["law"] == []


def test_ask_json_of_a_command_is_answered(run: Run) -> None:
    (answer,) = run("ask", "--json", "/language en").objects
    assert (answer["outcome"], answer["intent"]) == ("answered", None)


def test_ask_nothing_is_told_how_to_ask(run: Run) -> None:
    ran = run("ask")
    assert ran.code == 2
    assert "text" in ran.err.casefold()


def test_ask_with_half_a_surrogate_pair_is_answered(run: Run) -> None:
    for text in ("社保卡怎么注销\udcff", "\udcff"):  # as a shell passes bytes that are not UTF-8
        assert run("ask", text).code == 0


# --------------------------------------------------------------------------------------- match


def test_match_gives_a_line_for_a_line(run: Run) -> None:
    asked = ["社保卡怎么注销", "how do I cancel my credit card", "账户", "", "👍"]
    ran = run("match", stdin="".join(json.dumps({"text": text}) + "\n" for text in asked))
    assert ran.code == 0
    assert [one.keys() for one in ran.objects] == [MATCH_KEYS] * len(asked)
    outcomes = [one["outcome"] for one in ran.objects]
    assert outcomes[:2] == ["answered", "declined"]
    assert outcomes[3:] == ["declined", "declined"]
    assert ran.objects[0]["intent"] == "cancel_howto"
    assert (ran.objects[4]["intent"], ran.objects[4]["score"]) == (None, 0.0)


def test_match_offers_candidates_when_it_asks_and_only_then(run: Run) -> None:
    words = ["注销", "医保", "账户", "社保卡", "办理", "社保卡怎么注销", "银行卡怎么注销"]
    ran = run("match", stdin="".join(json.dumps({"text": word}) + "\n" for word in words))
    assert "asked" in {one["outcome"] for one in ran.objects}
    for one in ran.objects:
        candidates = one["candidates"]
        assert isinstance(candidates, list)
        assert bool(candidates) is (one["outcome"] == "asked")
        assert len(candidates) <= 4
        if candidates:
            assert candidates[0]["intent"] == one["intent"]


def test_match_passes_blank_lines_and_other_keys_over(run: Run) -> None:
    ran = run("match", stdin='\n  \n{"id": 7, "text": "hello"}\r\n\n')
    assert ran.code == 0
    assert len(ran.objects) == 1


def test_match_on_an_empty_input_prints_nothing(run: Run) -> None:
    assert run("match") == Ran(0, "", "")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Three intents of a bank, in one language, without a lexicon."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, phrases in {
        "Lost or stolen?": ["I lost it", "it was stolen", "my card has gone", "somebody took it"],
        "balance": ["what is my balance", "how much is left", "show the balance", "balance now"],
        "transfer": ["send money", "make a transfer", "wire it to a friend", "transfer now"],
    }.items():
        intent = {"id": name, "phrases": {"en": phrases}}
        (folder / f"{name.strip('?')}.yaml").write_text(yaml.safe_dump(intent), encoding="utf-8")
    return folder


def test_match_takes_any_folder_of_intents(run: Run, tiny: Path) -> None:
    asked = '{"text": "it was stolen"}\n{"text": "show the balance"}\n'
    ran = run("match", "--intents", str(tiny), "--lang", "en", stdin=asked)
    assert ran.code == 0
    assert [one["intent"] for one in ran.objects] == ["Lost or stolen?", "balance"]
    assert [one.keys() for one in ran.objects] == [MATCH_KEYS] * 2


def test_match_on_a_folder_in_error_tells_where(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("id: a\n", encoding="utf-8")
    ran = run("match", "--intents", str(tmp_path))
    assert ran.code == 1
    assert f"{tmp_path.name}/a.yaml:1: " in ran.err
    assert "1 problem(s)" in ran.err


@pytest.mark.parametrize(
    "line",
    ["hello", '{"text": 7}', '{"text": null}', '{"txt": "hello"}', '["hello"]', '"text"', "7",
     '{"text": "hello"', "[" * 100_000],
    ids=lambda line: line[:20],
)  # fmt: skip
def test_a_line_that_is_no_message_ends_match_with_its_number(
    run: Run, tiny: Path, line: str
) -> None:
    stdin = f'{{"text": "send money"}}\n{line}\n{{"text": "send money"}}\n'
    ran = run("match", "--intents", str(tiny), stdin=stdin)
    assert ran.code == 1
    assert ran.err == 'line 2: not a message; write {"text": "…"}\n'
    assert [one["intent"] for one in ran.objects] == ["transfer"]


def test_bytes_that_are_not_utf_8_stop_neither_match_nor_run(run: Run) -> None:
    assert len(run("match", stdin=b'{"text": "hello \xff"}\n{"text": "hello"}\n').objects) == 2
    ran = run("run", stdin=b"hello \xff\xfe\nhello\n")
    assert ran.code == 0
    assert ran.out.count("\n\n") == 2


def test_match_is_the_same_in_every_process() -> None:
    asked = b'{"text": "card account"}\n{"text": "\xe6\xb3\xa8\xe9\x94\x80"}\n'
    first, second = (process("match", stdin=asked, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.code == 0
    assert first.out == second.out


# -------------------------------------------------------------------------------------- explain


def test_explain_tells_why_step_by_step(run: Run) -> None:
    ran = run("explain", "how do I cancel my 社保卡, secuurity card")
    assert ran.code == 0
    lines = {line.split()[0]: line for line in ran.out.splitlines()}
    assert {
        "normalised",
        "repaired",
        "concepts",
        "known",
        "ours",
        "thresholds",
        "decided",
    } <= lines.keys()
    assert "secuurity -> security" in lines["repaired"]
    assert "social_card" in lines["concepts"]
    assert "cancel_howto" in lines["1."]


def test_explain_json_has_every_step(run: Run) -> None:
    (why,) = run("explain", "--json", "社保卡怎么注销").objects
    assert why.keys() >= {"normalised", "repaired", "concepts", "known", "features", "candidates",
                          "margin", "thresholds", "outcome", "rule"}  # fmt: skip
    assert (why["normalised"], why["outcome"]) == ("社保卡怎么注销", "sure")


@pytest.mark.parametrize("text", ["👍", "Здравствуйте", "", "13800138000", "第26条", "\udcff"])
def test_explain_has_something_to_say_of_anything(run: Run, text: str) -> None:
    ran = run("explain", "--", text)
    assert ran.code == 0
    assert "decided" in ran.out
    assert "13800138000" not in ran.out


# ---------------------------------------------------------------------------------------- check


def test_check_prints_every_problem_with_its_place_and_ends_with_1(run: Run, broken: Path) -> None:
    ran = run("check", str(broken))
    assert ran.code == 1
    assert 'intents/a/report_loss.yaml:2: "abot" is not a key here; did you mean about?' in ran.out
    assert "knowledge/phrases.yaml:1: zh is missing; write" in ran.out
    errors = sum(not line.endswith("(warning)") for line in ran.out.splitlines())
    assert ran.err.startswith(f"{errors} error(s), ")


def test_check_takes_the_content_of_the_settings(
    run: Run, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEBAO_CONTENT", str(broken))
    assert run("check").code == 1


def test_check_finds_no_error_in_the_real_content(run: Run) -> None:
    ran = run("check")
    assert ran.code == 0, ran.out
    assert "0 error(s)" in ran.err


def test_check_counts_the_content_when_asked_to(run: Run) -> None:
    ran = run("check", "--counts")
    assert ran.code == 0, ran.out
    assert "98 social_insurance_law" in ran.out
    assert "with a source of their own" in ran.out
    assert "phrases" not in run("check").out


def test_check_of_a_folder_that_is_not_there_says_so(run: Run) -> None:
    ran = run("check", "nowhere")
    assert ran.code == 1
    assert "intents:1: the folder is missing" in ran.out


# ------------------------------------------------------------------------------ wrong beginnings


@pytest.mark.parametrize("command", [["run"], ["ask", "x"], ["match"], ["explain", "x"], ["check"]])
def test_a_wrong_content_folder_is_one_line_that_names_the_variable(
    run: Run, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEBAO_CONTENT", "/nowhere")
    ran = run(*command)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "SHEBAO_CONTENT is wrong; it takes a folder with intents/ and knowledge/ in it\n"
    )


def test_content_in_error_ends_the_start_with_every_problem(
    run: Run, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEBAO_CONTENT", str(broken))
    ran = run("run", stdin="hello\n")
    assert (ran.code, ran.out) == (1, "")
    assert 'intents/a/report_loss.yaml:2: "abot"' in ran.err
    assert ran.err.endswith("problem(s) in the content; mend them and start again\n")


def test_the_token_is_in_no_output(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEBAO_TELEGRAM_TOKEN", f"{TOKEN} ")
    wrong = run("run")
    assert (wrong.code, wrong.err.split()[0]) == (1, "SHEBAO_TELEGRAM_TOKEN")
    monkeypatch.setenv("SHEBAO_TELEGRAM_TOKEN", TOKEN)
    right = [run("ask", "hello"), run("explain", "hello"), run("match", stdin='{"text": "hi"}')]
    assert all(ran.code == 0 for ran in right)
    assert TOKEN not in f"{wrong} {right}"


def test_no_command_is_told_the_commands(run: Run) -> None:
    ran = run()
    told = ran.out + ran.err
    for name in ("run", "ask", "match", "explain", "check", "measure"):
        assert name in told


# ------------------------------------------------------------------------------------------ run


def test_run_reads_lines_when_piped_and_ends_with_them(run: Run) -> None:
    ran = run("run", stdin="社保卡怎么注销\n\n   \n1\nthanks")
    assert ran.code == 0
    answers = ran.out.strip().split("\n\n")
    assert len(answers) == 3
    assert answers[0].startswith("# 社保卡怎么注销")
    assert answers[1].startswith("# 社保卡怎么注销：别人代办")
    assert "\x1b[" not in ran.out


def test_run_on_no_input_at_all_ends_well(run: Run) -> None:
    assert run("run") == Ran(0, "", "")


def test_a_reader_who_has_seen_enough_sees_no_traceback() -> None:
    pipe = "{ python -m bot match; echo $? >&2; } | true"
    done = subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", pipe.replace("python", sys.executable)],
        input=b'{"text": "hello"}\n' * 3000,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(shipped_content())},
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


# --------------------------------------------------------------------------------------- schema


class _Yaml12(yaml.SafeLoader):
    """As editors' programs read it: dates are texts."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML's own)
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def kind_of(text: str) -> str:
    """The schema that a file names for its editor, in its first line."""
    named = re.match(r"# yaml-language-server: \$schema=(?:\.\./)+docs/schemas/(\w+)\.json\n", text)
    assert named, f"no schema is named in {text[:80]!r}"
    return named[1]


def test_schema_writes_files_that_the_real_content_satisfies(run: Run, tmp_path: Path) -> None:
    ran = run("schema", str(tmp_path / "new" / "folder"))
    assert ran.code == 0
    written = [Path(line) for line in ran.out.splitlines()]
    checkers = {
        path.stem: Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))
        for path in written
    }
    assert checkers.keys() == schemas().keys()
    content = shipped_content()
    seen = set()
    for path in sorted((*content.glob("intents/**/*.yaml"), *content.glob("knowledge/**/*.yaml"))):
        text = path.read_text(encoding="utf-8")
        kind = kind_of(text)
        value = yaml.load(text, Loader=_Yaml12)  # noqa: S506 (a SafeLoader)
        wrong = [f"{path}: {error.message}" for error in checkers[kind].iter_errors(value)]
        assert wrong == []
        seen.add(kind)
    assert seen == checkers.keys()


def test_the_schemas_in_docs_are_those_of_the_program(run: Run, tmp_path: Path) -> None:
    run("schema", str(tmp_path))
    for path in tmp_path.glob("*.json"):
        kept = shipped_content() / "docs" / "schemas" / path.name
        assert kept.read_text("utf-8") == path.read_text("utf-8"), "run make schemas"


# -------------------------------------------------------------------------------------- measure


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "lists" / "list.yaml"
    path.parent.mkdir()
    path.write_text(
        "lang: zh\nquestions:\n"
        "  - {text: 社保卡怎么注销, intent: cancel_howto}\n"
        "  - {text: 银行卡怎么注销, intent: out_of_scope}\n"
        "  - {text: 社保卡丢了怎么办, intent: cancel_howto, also: [report_loss]}\n"
        "  - {text: hello, intent: not_in_this_content, lang: en}\n",
        encoding="utf-8",
    )
    return path


def test_measure_counts_a_list(run: Run, questions: Path) -> None:
    (figures,) = run("measure", "--json", str(questions)).objects
    everything = figures["all"]
    assert isinstance(everything, dict)
    assert (everything["asked"], everything["first"], everything["right"]) == (2, 2, 2)
    assert (everything["strangers"], everything["turned_away"]) == (1, 1)
    assert figures["skipped"] == 1


def test_measure_takes_a_folder_and_prints_a_table(run: Run, questions: Path) -> None:
    ran = run("measure", str(questions.parent))
    assert ran.code == 0
    assert "lang zh" in ran.out
    assert "100.0" in ran.out
    assert "1 left out" in ran.out


def test_measure_on_no_list_says_what_a_list_is(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text("- hello\n", encoding="utf-8")
    ran = run("measure", str(path))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"{path}: no questions in it; write `questions:` and a list\n"


def test_measure_on_a_folder_without_lists_says_so(run: Run, tmp_path: Path) -> None:
    ran = run("measure", str(tmp_path))
    assert (ran.code, ran.out) == (1, "")
    assert str(tmp_path) in ran.err
