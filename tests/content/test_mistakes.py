"""Each mistake in mistakes.yaml gives its own errors and no others."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.load import inspect, load
from bot.content.problem import ContentError

from .conftest import Tree

MISTAKES = yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["why"])
def test_a_mistake_gives_its_own_errors_and_no_others(tree: Tree, mistake: dict[str, Any]) -> None:
    if "old" in mistake:
        tree.change(mistake["file"], mistake["old"], mistake["new"])
    else:
        tree.write(mistake["file"], mistake["new"])
    with pytest.raises(ContentError) as caught:
        load(tree.root)
    assert sorted(str(caught.value).splitlines()) == sorted(mistake["errors"])
    inspected = inspect(tree.root, date(2026, 11, 23))
    errors = [problem for problem in inspected if problem.severity == "error"]
    assert errors == list(caught.value.problems)
