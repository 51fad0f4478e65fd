"""``match --intents DIR`` takes the intents of any data set."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.content.load import load_intents
from bot.content.problem import ContentError

from .conftest import Tree


def errors_of(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_intents(folder)
    return str(caught.value).splitlines()


def test_the_desks_own_intents_load_without_knowledge(tree: Tree) -> None:
    intents = load_intents(tree.root / "intents")
    assert intents.groups["report_loss"] == "card_service"
    assert "cancel" in intents.lexicon.concepts


def test_one_language_is_enough_and_the_id_is_the_label(tmp_path: Path) -> None:
    path = tmp_path / "lost or stolen?.yaml"
    path.write_text("id: Lost or stolen?\nphrases: {en: [it was stolen]}\n", encoding="utf-8")
    intent = load_intents(tmp_path).intents["Lost or stolen?"]
    assert intent.about.en == intent.about.zh == "Lost or stolen?"
    assert intent.phrases.in_("zh") == ()
    assert load_intents(tmp_path).groups == {"Lost or stolen?": ""}
    assert load_intents(tmp_path).lexicon.concepts == {}


def test_a_label_in_one_language_serves_for_both(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("id: a\nabout: {zh: 查余额}\nphrases: {zh: [余额]}\n", "utf-8")
    assert load_intents(tmp_path).intents["a"].about.en == "查余额"


def test_near_misses_may_name_intents_that_are_not_there(tmp_path: Path) -> None:
    text = "id: a\nphrases: {en: [x]}\nnot_this: {en: [{text: y, intent: Somewhere Else}]}\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert load_intents(tmp_path).intents["a"].not_this.en[0].intent == "Somewhere Else"


def test_a_group_is_the_first_of_nested_folders(tmp_path: Path) -> None:
    (tmp_path / "banking/cards/plastic").mkdir(parents=True)
    text = "id: a\nphrases: {en: [x]}\n"
    (tmp_path / "banking/cards/plastic/a.yaml").write_text(text, encoding="utf-8")
    assert load_intents(tmp_path).groups == {"a": "banking"}


def test_what_a_yaml_writer_writes_can_be_read(tmp_path: Path) -> None:
    phrases = ["12:30", "no", "null", "~", "yes: no", "- x", "ça va", "卡丢了", "a\tb", "'", '"']
    intent = {"id": "on", "phrases": {"en": phrases, "zh": []}}
    (tmp_path / "on.yaml").write_text(yaml.safe_dump(intent), encoding="utf-8")
    assert load_intents(tmp_path).intents["on"].phrases.en == tuple(phrases)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: a\nphrases: {}\n", ("a.yaml:2: phrases has no phrase in any language; "
         "write phrases as the others do")),
        ("id: ''\nphrases: {en: [x]}\n", ("a.yaml:1: id is empty; "
         "write its text, or take the line out")),
        ("phrases: {en: [x]}\n", "a.yaml:1: id is missing; write a line like id: card_arrival"),
        (f"id: {'x' * 65}\nphrases: {{en: [x]}}\n",
         f'a.yaml:1: "{"x" * 59}…" is too long; write up to 64 characters'),
        ("id: a\nphrase: {en: [x]}\nphrases: {en: [y]}", ('a.yaml:2: "phrase" is not a key here; '
         "did you mean phrases?")),
    ],
)  # fmt: skip
def test_the_structure_is_checked_all_the_same(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert [line.removeprefix(f"{tmp_path.name}/") for line in errors_of(tmp_path)] == [expected]


def test_one_id_twice_is_a_problem(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("id: same\nphrases: {en: [x]}\n", encoding="utf-8")
    name = tmp_path.name
    assert errors_of(tmp_path) == [
        (
            f'{name}/b.yaml:1: "same" is taken by {name}/a.yaml:1; '
            "write another id, and rename the file"
        )
    ]


def test_a_folder_without_intents_is_a_problem(tmp_path: Path) -> None:
    name = tmp_path.name
    mend = "write one intent at least, or name another folder"
    assert errors_of(tmp_path) == [f"{name}:1: there are no intents; {mend}"]
    assert errors_of(tmp_path / "nowhere") == [
        f"nowhere:1: the folder is missing in {tmp_path}; make it, or name the right place"
    ]


def test_the_folder_may_be_named_from_within(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree.root / "intents")
    assert set(load_intents(Path()).groups.values()) == {"cancellation", "card_service", "meta"}
