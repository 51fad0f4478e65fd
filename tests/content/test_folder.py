"""What may lie in the content folder, and what is a problem there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from bot.content.load import load
from bot.content.problem import ContentError

from .conftest import Tree


def errors_of(root: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load(root)
    return str(caught.value).splitlines()


def test_hidden_files_and_readmes_are_left_alone(tree: Tree) -> None:
    tree.write("intents/README.md", "how to write an intent")
    tree.write("knowledge/law/README.md", "how to write law")
    tree.write("intents/meta/.hello.yaml.swp", b"\0\xff")
    tree.write("knowledge/.git/config", "[core]")
    load(tree.root)


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    mend = "make it, or name the right place"
    assert errors_of(tmp_path / "nowhere") == [
        f"intents:1: the folder is missing in {tmp_path}/nowhere; {mend}",
        f"knowledge:1: the folder is missing in {tmp_path}/nowhere; {mend}",
    ]


def test_an_empty_folder_lacks_its_files(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "knowledge").mkdir()
    assert errors_of(tmp_path) == [
        "intents:1: there are no intents; write one intent at least, or name another folder",
        "intents/lexicon.yaml:1: the file is missing; make it, with concepts: {} in it at least",
        "knowledge/phrases.yaml:1: the file is missing; make it, with {} in it at least",
        "knowledge/referrals.yaml:1: the file is missing; make it, with {} in it at least",
        "knowledge/sources.yaml:1: the file is missing; make it, with {} in it at least",
    ]


def test_a_link_out_of_the_content_is_a_problem(tree: Tree, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    (tree.root / "intents/meta/hello.yaml").rename(outside)
    (tree.root / "intents/meta/hello.yaml").symlink_to(outside)
    assert errors_of(tree.root) == [
        "intents/meta/hello.yaml:1: a link out of the content; put the file itself here"
    ]


def test_a_link_within_the_content_is_read_as_a_mounted_volume_needs_it(tree: Tree) -> None:
    hello = tree.root / "intents/meta/hello.yaml"
    (tree.root / "intents/..data").mkdir()
    hello.rename(tree.root / "intents/..data/hello.yaml")
    hello.symlink_to("../..data/hello.yaml")
    assert "hello" in load(tree.root).intent_set.intents


def test_links_in_a_circle_are_problems(tree: Tree) -> None:
    (tree.root / "intents/loop").symlink_to(tree.root / "intents")
    (tree.root / "intents/meta/self.yaml").symlink_to("self.yaml")
    found = errors_of(tree.root)
    assert found[0] == "intents/loop:1: a link to a folder; put the folder itself here"
    assert found[1].startswith("intents/meta/self.yaml:1: the file cannot be read (")


def test_a_link_to_nothing_is_a_problem(tree: Tree) -> None:
    (tree.root / "intents/meta/gone.yaml").symlink_to("nothing.yaml")
    assert errors_of(tree.root)[0] == (
        "intents/meta/gone.yaml:1: the file cannot be read (no such file or directory); "
        "give everybody the right to read it"
    )


def test_a_pipe_is_not_waited_for(tree: Tree) -> None:
    os.mkfifo(tree.root / "intents/meta/pipe.yaml")
    assert errors_of(tree.root) == [
        "intents/meta/pipe.yaml:1: neither a file nor a folder; take it out of this folder"
    ]


def test_an_unreadable_file_is_one_problem_however_many_name_it(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def refuse(path: Path, mode: str) -> IO[Any]:
        if path.name == "sources.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", refuse)  # tests may run as root, who may read everything
    assert errors_of(tree.root) == [
        (
            "knowledge/sources.yaml:1: the file cannot be read (permission denied); "
            "give everybody the right to read it"
        )
    ]


def test_an_unreadable_folder_is_a_problem(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path.name == "secret":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    (tree.root / "intents/secret").mkdir()
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert errors_of(tree.root) == [
        (
            "intents/secret:1: the folder cannot be read (permission denied); "
            "give everybody the right to read it"
        )
    ]


def test_a_name_that_is_not_utf8_can_be_printed(tree: Tree) -> None:
    path = os.fsencode(tree.root / "intents/meta") + b"/\xff\n.txt"
    with open(path, "w"):  # noqa: PTH123 (a Path cannot be made of bytes)
        pass
    found = errors_of(tree.root)
    assert found[0].startswith("intents/meta/??.txt:1: not a YAML file;")
    found[0].encode()


@pytest.mark.parametrize(
    "file",
    [
        "intents/card_service/report_loss.yaml",
        "knowledge/card_service/report_loss.yaml",
        "knowledge/law/social_insurance_law/act.yaml",
        "knowledge/law/social_insurance_law/24.yaml",
        "knowledge/sources.yaml",
        "knowledge/referrals.yaml",
        "intents/lexicon.yaml",
    ],
)
def test_a_broken_file_breaks_no_other(tree: Tree, file: str) -> None:
    tree.write(file, "a: [")
    found = errors_of(tree.root)
    assert len(found) == 1
    assert found[0].startswith(f"{file}:1: ")


def test_one_id_in_two_folders_names_the_first(tree: Tree) -> None:
    text = (tree.root / "intents/meta/hello.yaml").read_text(encoding="utf-8")
    tree.write(
        "intents/other/hello.yaml", text.replace("[hello]", "[hi]").replace("[你好]", "[嗨]")
    )
    assert errors_of(tree.root) == [
        (
            'intents/other/hello.yaml:1: "hello" is taken by intents/meta/hello.yaml:1; '
            "write another id, and rename the file"
        )
    ]


def test_all_errors_come_at_once_by_file_and_line(tree: Tree) -> None:
    tree.change("knowledge/meta/greeting.yaml", "2027-05-22", "soon")
    tree.change("knowledge/meta/greeting.yaml", "id: greeting", "id: Greeting")
    tree.change("intents/meta/hello.yaml", "about", "abuot")
    found = errors_of(tree.root)
    assert [line.split(": ")[0] for line in found] == [
        "intents/meta/hello.yaml:1",
        "intents/meta/hello.yaml:3",
        "knowledge/meta/greeting.yaml:1",
        "knowledge/meta/greeting.yaml:1",
        "knowledge/meta/greeting.yaml:5",
    ]
