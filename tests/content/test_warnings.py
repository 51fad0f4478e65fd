"""Each change in warnings.yaml gives its own warnings and no others; what is fine gives none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.load import inspect, load

from .conftest import Tree

CHANGES = yaml.safe_load(Path(__file__).with_name("warnings.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["why"])
def test_a_change_gives_its_own_warnings_and_no_others(tree: Tree, change: dict[str, Any]) -> None:
    if "old" in change:
        tree.change(change["file"], change["old"], change["new"])
    elif "file" in change:
        tree.write(change["file"], change["new"])
    found = inspect(tree.root, change.get("today", date(2026, 11, 23)))
    # The tree is small; that it has few phrases is tested by itself.
    found = [problem for problem in found if "too few phrases" not in problem.what]
    assert {problem.severity for problem in found} <= {"warning"}
    assert [str(problem) for problem in found] == change["warnings"]
    load(tree.root)
