"""The schemas that an editor's program shows agree with what the desk accepts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.content.schema import schemas

from .conftest import FILES

MISTAKES = yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text(encoding="utf-8"))


def kind_of(file: str) -> str:
    path = Path(file)
    if path.stem in {"lexicon", "out_of_scope", "sources", "referrals", "phrases", "act"}:
        return path.stem
    if "law" in path.parts:
        return "article"
    return "intent" if path.parts[0] == "intents" else "answer"


def complaints(kind: str, text: str) -> list[str]:
    # As the programs read it: YAML 1.2, whose dates are texts.
    value = yaml.load(text, Loader=_Yaml12)  # noqa: S506 (a SafeLoader)
    return [error.message for error in Draft202012Validator(schemas()[kind]).iter_errors(value)]


class _Yaml12(yaml.SafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML's own)
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@pytest.mark.parametrize("file", FILES)
def test_a_right_file_fits_its_schema(file: str) -> None:
    assert complaints(kind_of(file), FILES[file]) == []


@pytest.mark.parametrize("kind", schemas())
def test_a_schema_is_one_and_lets_no_unknown_key_through(kind: str) -> None:
    schema = schemas()[kind]
    Draft202012Validator.check_schema(schema)
    assert schema["description"]
    assert schema["additionalProperties"] is False
    for properties in _objects(schema):
        assert properties["additionalProperties"] is False


@pytest.mark.parametrize("kind", schemas())
def test_a_schema_explains_every_key_and_offers_no_null(kind: str) -> None:
    assert "null" not in str(schemas()[kind])
    for properties in _objects(schemas()[kind]):
        for name, value in properties.get("properties", {}).items():
            assert "description" in value or name in {"en", "zh"}, name


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("intent", "id: a\nabout: {en: A, zh: 甲}\nphrases: {en: [a], zh: [甲]}\n"),  # a short id
        ("lexicon", "concepts: {Cancel: {kind: action}}"),
        ("phrases", "Hello: {en: A, zh: 甲}"),
        ("phrases", "hello: {en: A}"),
        ("article", "{number: 0, topic: {en: A, zh: 甲}, summary: {en: A, zh: 甲}, source: law}"),
    ],
)
def test_a_schema_sees_what_the_desk_would_refuse(kind: str, text: str) -> None:
    assert complaints(kind, text)


def _objects(schema: dict[str, Any]) -> list[dict[str, Any]]:
    found = [schema] if schema.get("type") == "object" else []
    for value in schema.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                found.extend(_objects(inner))
    return found
