"""JSON Schemas of the content's files, for the programs that editors write it with.

A file refers to its schema in its first line:
``# yaml-language-server: $schema=../../docs/schemas/answer.json``
"""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bot.content.model import (
    Act,
    Answer,
    Article,
    Id,
    Intent,
    Lexicon,
    Referral,
    Region,
    Source,
    Strangers,
    Text,
)

# What pydantic cannot know: which file it is. Its own words are for a reader of the code.
_KINDS: dict[str, tuple[Any, str]] = {
    "intent": (Intent, "One thing that people ask for: intents/<group>/<id>.yaml"),
    "lexicon": (Lexicon, "Words that mean the same, for matching: intents/lexicon.yaml"),
    "out_of_scope": (Strangers, "What belongs to no answer: intents/out_of_scope.yaml"),
    "answer": (Answer, "What the desk says about one thing: knowledge/<topic>/<id>.yaml"),
    "region": (Region, "A place and what holds there: knowledge/regions/<id>.yaml"),
    "act": (Act, "A statute: knowledge/law/<act>/act.yaml"),
    "article": (Article, "One article of a statute: knowledge/law/<act>/<number>.yaml"),
    "sources": (dict[Id, Source], "Where statements come from: knowledge/sources.yaml"),
    "referrals": (dict[Id, Referral], "Whose counter it is: knowledge/referrals.yaml"),
    "phrases": (dict[Id, Text], "The desk's own words: knowledge/phrases.yaml"),
}


class _AsTyped(GenerateJsonSchema):
    """Without what an editor never writes: null, defaults, titles that repeat the key."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        # A pattern alone lets every other key through.
        return {**super().dict_schema(schema), "additionalProperties": False}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 (pydantic's signature)
        return False


def schemas() -> dict[str, dict[str, Any]]:
    """A JSON Schema (2020-12) for each kind of file, to be written to ``<kind>.json``."""
    return {kind: _schema(type_, words) for kind, (type_, words) in _KINDS.items()}


def _schema(type_: Any, words: str) -> dict[str, Any]:
    schema = TypeAdapter(type_).json_schema(schema_generator=_AsTyped)
    head = {"$schema": GenerateJsonSchema.schema_dialect, "description": words}
    return {**schema, **head}
