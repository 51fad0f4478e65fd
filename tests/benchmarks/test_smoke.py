"""The benchmark runs from end to end, with whatever peers are installed."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.benchmarks import made_up

ROOT = Path(__file__).parents[2]
SECTIONS = (
    "Ten phrases an intent",
    "Out of scope",
    "All phrases",
    "The project's own questions",
    "What a score is worth",
    "One message",
    "From 1,000 to 100,000 phrases",
    "Messages of 4,096 characters",
    "Memory, room, time to fit",
    "What each part is worth",
    "How far the constants could be moved",
    "Method",
)


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-m", "benchmarks.matching", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def smoke(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, dict[str, list[dict[str, object]]]]:
    """The page and the raw figures of a smoke run on made-up data."""
    folder = tmp_path_factory.mktemp("benchmark")
    page, kept = folder / "page.md", folder / "kept.json"
    data = made_up.write(folder / "data")
    done = _run("--data", data, "--smoke", "--out", page, "--kept", kept)
    assert done.returncode == 0, done.stdout
    return page.read_text("utf-8"), json.loads(kept.read_text("utf-8"))["rows"]


def test_every_section_is_measured_and_written(smoke: tuple[str, object]) -> None:
    page, _ = smoke
    assert [name for name in SECTIONS if f"## {name}\n" not in page] == []


def test_a_peer_that_is_not_installed_is_named(smoke: tuple[str, object]) -> None:
    page, _ = smoke
    if find_spec("sklearn") is None:
        assert "- logistic regression: scikit-learn is not installed" in page
    else:
        assert "| logistic regression |" in page


def test_the_matcher_learns_made_up_intents(
    smoke: tuple[str, dict[str, list[dict[str, object]]]],
) -> None:
    _, kept = smoke
    rows = [row for row in kept["few10"] if row["matcher"] == "this matcher"]
    assert {row["data"] for row in rows} == {"clinc150", "banking77", "smpoos"}
    assert all(isinstance(row["right"], list) and row["right"][0] > 0.9 for row in rows)


def test_no_part_of_the_ablation_has_lost_its_hook(
    smoke: tuple[str, dict[str, list[dict[str, object]]]],
) -> None:
    _, kept = smoke
    rows = [
        row
        for section in ("ablation", "ablation on the project", "constants")
        for row in kept[section]
    ]
    assert [row["gone"] for row in rows if "gone" in row] == []


def test_the_page_names_no_place_of_this_machine(smoke: tuple[str, object]) -> None:
    page, _ = smoke
    assert str(ROOT) not in page
    assert str(Path.home()) not in page


def test_data_that_is_missing_is_named_file_by_file(tmp_path: Path) -> None:
    done = _run("--data", tmp_path, "--smoke")
    assert done.returncode == 1
    for name in ("clinc150/train.jsonl", "banking77/test.jsonl", "smpoos/oos_test.jsonl"):
        assert name in done.stdout.replace("\n", "")
