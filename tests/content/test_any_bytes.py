"""Whatever a file holds, the answer is a list of problems with places, and never a traceback."""

from __future__ import annotations

import string

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content import source
from bot.content.load import load, load_intents
from bot.content.problem import ContentError, Problem

from .conftest import FILES, Tree

FILE = st.sampled_from(sorted(FILES))
KEYS = [
    *("id", "about", "phrases", "en", "zh", "steps", "text", "sources", "cases", "next", "law"),
    *("reviewed", "concepts", "kind", "number", "title", "lead", "bring", "<<", "~", ""),
]
VALUES = [
    "a",
    "社保卡",
    "2026-11-22",
    "2027-13-31",
    "null",
    "1e999",
    "true",
    "'",
    '"',
    "*",
    "&x",
    "!t",
]
SCRAPS = st.sampled_from([*"[]{}:,-?|>#%@`\n\t\r ", "- ", ": ", "\n  ", "---\n", *KEYS, *VALUES])
YAML_LIKE = st.lists(SCRAPS | st.text(string.printable, max_size=3), max_size=60).map("".join)
TREES = st.recursive(
    st.sampled_from(VALUES),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=20,
)
DUMPED = TREES.map(lambda value: yaml.safe_dump(value, allow_unicode=True))
QUICK = settings(
    max_examples=150,
    deadline=None,
    database=None,  # what it finds belongs into a test of its own
    # The fixture writes over the same file each time, so one example cannot help another.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def problems_with(tree: Tree, file: str, data: bytes) -> tuple[Problem, ...] | None:
    before = (tree.root / file).read_bytes()
    (tree.root / file).write_bytes(data)
    try:
        load(tree.root)
    except ContentError as error:
        return error.problems
    else:
        return None
    finally:
        (tree.root / file).write_bytes(before)


def are_placed(problems: tuple[Problem, ...] | None, tree: Tree, file: str, data: bytes) -> None:
    assert problems != ()
    for problem in problems or ():
        assert (tree.root / problem.file).exists()
        assert problem.line >= 1
        assert problem.file != file or problem.line <= (len(data.splitlines()) or 1)
        assert problem.what
        assert problem.mend
        assert "\n" not in str(problem)


@QUICK
@given(file=FILE, data=st.binary(max_size=300))
def test_any_bytes_are_content_or_problems(shared_tree: Tree, file: str, data: bytes) -> None:
    are_placed(problems_with(shared_tree, file, data), shared_tree, file, data)


@QUICK
@given(file=FILE, text=YAML_LIKE | DUMPED)
def test_any_text_like_yaml_is_content_or_problems(shared_tree: Tree, file: str, text: str) -> None:
    data = text.encode()
    are_placed(problems_with(shared_tree, file, data), shared_tree, file, data)


@QUICK
@given(file=FILE, scrap=SCRAPS, at=st.floats(0, 1))
def test_any_scrap_in_a_right_file_is_content_or_problems(
    shared_tree: Tree, file: str, scrap: str, at: float
) -> None:
    text = FILES[file]
    cut = int(len(text) * at)
    data = (text[:cut] + scrap + text[cut:]).encode()
    are_placed(problems_with(shared_tree, file, data), shared_tree, file, data)


@QUICK
@given(text=YAML_LIKE)
def test_the_parser_in_python_is_as_patient(shared_tree: Tree, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "_Parser", yaml.BaseLoader)
        file, data = "knowledge/sources.yaml", text.encode()
        are_placed(problems_with(shared_tree, file, data), shared_tree, file, data)


@QUICK
@given(text=YAML_LIKE | DUMPED)
def test_any_text_is_an_intent_or_problems(shared_tree: Tree, text: str) -> None:
    folder = shared_tree.root.parent / "any"
    folder.mkdir(exist_ok=True)
    (folder / "a.yaml").write_bytes(text.encode())
    try:
        found = set(load_intents(folder).intents)
    except ContentError as error:
        found = {problem.file for problem in error.problems}
    assert len(found) == 1
