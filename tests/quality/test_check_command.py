"""``python -m bot check`` and its options, as a person runs them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.content.conftest import Tree, planted

LAST_DAY, DAY_AFTER = "2027-05-22", "2027-05-23"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """A content folder without any warning, and no settings of the developer's."""
    for name in [name for name in os.environ if name.startswith("SHEBAO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SHEBAO_CACHE", str(tmp_path / "cache"))
    tree = planted(tmp_path / "content")
    for path in (tree.root / "intents").glob("*/*.yaml"):
        text = path.read_text(encoding="utf-8")
        for lang in ("en", "zh"):
            # Enough phrases; one letter apart they are alike, but all of one intent.
            many = "".join(f", {path.stem} {lang} {letter * 3}" for letter in "abcdefghijkl")
            text = text.replace(f"{lang}: [", f"{lang}: [x{many[1:]}, ", 1)
            rows = many.replace(", ", "\n    - ")
            text = text.replace(f"  {lang}:\n    - ", f"  {lang}:{rows}\n    - ", 1)
        path.write_text(text, encoding="utf-8")
    return tree


def check(tree: Tree, *options: str) -> tuple[int, list[str], str]:
    """The exit code, the problems, and the line that counts them."""
    ran = CliRunner().invoke(app, ["check", str(tree.root), *options])
    return ran.exit_code, ran.stdout.splitlines(), ran.stderr.strip()


def test_content_that_is_right_has_nothing_to_tell(tree: Tree) -> None:
    assert check(tree, "--today", LAST_DAY) == (0, [], "0 error(s), 0 warning(s)")
    assert check(tree, "--today", LAST_DAY, "--strict") == (0, [], "0 error(s), 0 warning(s)")


def test_an_overdue_review_is_a_warning_and_lets_a_change_land(tree: Tree) -> None:
    code, lines, counted = check(tree, "--today", DAY_AFTER)
    assert (code, counted) == (0, "0 error(s), 3 warning(s)")
    assert all(f"due since {LAST_DAY}" in line for line in lines)
    assert all(line.endswith(" (warning)") for line in lines)


def test_strictly_an_overdue_review_ends_the_job_with_1(tree: Tree) -> None:
    code, lines, counted = check(tree, "--today", DAY_AFTER, "--strict")
    assert (code, counted) == (1, "3 error(s), 0 warning(s)")
    assert not any("(warning)" in line for line in lines)


def test_a_day_that_is_none_is_refused(tree: Tree) -> None:
    code, lines, told = check(tree, "--today", "2027-13-31")
    assert (code, lines) == (2, [])
    assert "2027-13-31" in told


def test_deep_tries_every_phrase_on_a_matcher_of_this_content(tree: Tree) -> None:
    tree.change(
        "intents/cancellation/cancel_howto.yaml",
        "{text: cancel my flight, intent: out_of_scope}",
        "{text: hello, intent: hello}",
    )
    code, lines, counted = check(tree, "--today", LAST_DAY, "--deep", "--strict")
    assert code == 0, lines
    assert counted.startswith("0 error(s), 0 warning(s)")
    assert all(line.endswith(" (note)") for line in lines)
    assert list((tree.root.parent / "cache").glob("*.npz"))


def test_deep_stops_at_errors(tree: Tree) -> None:
    tree.change("intents/meta/hello.yaml", "answer: greeting", "answer: greetings")
    code, lines, _ = check(tree, "--deep")
    assert code == 1
    assert any('no answer "greetings"' in line for line in lines)
    assert not (tree.root.parent / "cache").exists()
