"""Places: files that belong together, and those that the desk ships."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.content.library import Library
from bot.content.load import load
from bot.content.model import LANGS, Region
from bot.content.problem import ContentError
from bot.content.schema import schemas
from bot.settings import shipped_content

from .conftest import Tree

ENDS = "reviewed: 2026-11-22\nreview_by: 2027-05-22\n"
RULE = (
    "rules:\n  - {intents: [cancel_howto], text: {en: Once., zh: 跑一趟。}, sources: [card_faq]}\n"
)
GUANGDONG = (
    "id: guangdong\nname: {en: Guangdong, zh: 广东}\n"
    "names: {en: [guangdong], zh: [粤地]}\n" + RULE + ENDS
)
GUANGZHOU = (
    "id: guangzhou\nname: {en: Guangzhou, zh: 广州}\n"
    "names: {en: [canton], zh: [广州市]}\nwithin: guangdong\n" + ENDS
)
SHIPPED = sorted((shipped_content() / "knowledge/regions").glob("*.yaml"))


def errors_of(tree: Tree) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load(tree.root)
    return str(caught.value).splitlines()


def placed(tree: Tree, guangdong: str = GUANGDONG, guangzhou: str = GUANGZHOU) -> Tree:
    tree.write("knowledge/regions/guangdong.yaml", guangdong)
    tree.write("knowledge/regions/guangzhou.yaml", guangzhou)
    return tree


def test_a_place_may_have_no_rule_but_those_of_the_place_around_it(tree: Tree) -> None:
    regions = load(placed(tree).root).regions
    assert regions["guangzhou"].within == "guangdong"
    assert regions["guangzhou"].rules == ()
    assert regions["guangdong"].rules[0].text.zh == "跑一趟。"


def test_content_without_places_is_content(tree: Tree) -> None:
    assert load(tree.root).regions == {}


def test_two_places_share_no_name_in_whatever_width_and_case(tree: Tree) -> None:
    placed(tree, guangzhou=GUANGZHOU.replace("[canton]", "[ＣＡＮＴＯＮ, Guangdong]"))
    assert errors_of(tree) == [
        (
            'knowledge/regions/guangzhou.yaml:3: "Guangdong" is a name of '
            "knowledge/regions/guangdong.yaml too; take it out of one of the two"
        )
    ]


def test_places_do_not_lie_within_each_other(tree: Tree) -> None:
    placed(tree, guangdong=GUANGDONG.replace(RULE, RULE + "within: guangzhou\n"))
    mend = "write the larger place, or take within out"
    assert errors_of(tree) == [
        f'knowledge/regions/guangdong.yaml:6: "guangdong" lies within itself; {mend}',
        f'knowledge/regions/guangzhou.yaml:4: "guangzhou" lies within itself; {mend}',
    ]


def test_a_broken_place_breaks_no_other(tree: Tree) -> None:
    placed(tree, guangdong="a: [")
    found = errors_of(tree)
    assert len(found) == 1
    assert found[0].startswith("knowledge/regions/guangdong.yaml:1: ")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_place_fits_the_schema_that_its_first_line_names(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../docs/schemas/region.json\n")
    value = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (dates stay texts)
    assert list(Draft202012Validator(schemas()["region"]).iter_errors(value)) == []


def test_a_rule_does_not_name_its_place_because_the_heading_does(library: Library) -> None:
    for region in library.regions.values():
        for lang in LANGS:
            name = region.name.in_(lang)
            for rule in region.rules:
                assert not rule.text.in_(lang).startswith((name, f"In {name}", f"在{name}"))


def test_a_place_repeats_no_rule_of_the_places_around_it(library: Library) -> None:
    def told(region: Region) -> set[str]:
        return {rule.text.in_(lang) for rule in region.rules for lang in LANGS}

    for region in library.regions.values():
        wider = region.within
        while wider:
            assert not told(region) & told(library.regions[wider])
            wider = library.regions[wider].within


def test_what_is_added_to_by_a_place_says_that_it_varies(library: Library) -> None:
    intents = library.intent_set.intents
    silent = {
        intent
        for region in library.regions.values()
        for rule in region.rules
        for intent in rule.intents
        if not library.answers[intents[intent].answer_id].varies
    }
    assert silent == set()
