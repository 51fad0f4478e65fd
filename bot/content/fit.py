"""A node into its model, or what keeps it from fitting, in an editor's words."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.content.model import ARTICLE, ID, LINK, PHONE, REFERENCE, Phrases, Text
from bot.content.problem import Problem, did_you_mean, named, quoted
from bot.content.source import Key, Node

M = TypeVar("M", bound=BaseModel)

_PATTERNS = {
    ID: ("an id", "write 2 to 48 small letters, digits and _, like cancel_howto"),
    ARTICLE: ("an article", "write act/number, like social_insurance_law/24"),
    REFERENCE: ("an article", "write act/number or act/any, like social_insurance_law/24"),
    LINK: ("a link", "write it from https:// on, without spaces"),
    PHONE: ("a phone number", "write its digits, in quotes and with - between groups if any"),
}
_OTHER_LANGUAGE = {
    "en": "write the same in English",
    "zh": "write the same in simplified Chinese",
}


def fit(model: type[M], node: Node, file: str) -> tuple[M | None, list[Problem]]:
    """The model made of ``node``, None where it does not fit, and why it does not."""
    try:
        return model.model_validate(node.plain), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        return None, [_problem(model, node, file, details) for details in found]


def _problem(model: type[BaseModel], node: Node, file: str, error: ErrorDetails) -> Problem:
    path = error["loc"]
    if path and path[-1] == "[key]":  # pydantic's way to say that the key itself does not fit
        path = path[:-1]
        line = _key_line(node, path)
    elif error["type"] == "extra_forbidden":
        line = _key_line(node, path)
    elif error["type"] == "missing":
        line = node.line_of(path[:-1])
    else:
        line = node.line_of(path)
    what, mend = _words(model, path, error)
    return Problem(file, line, what, mend)


def _key_line(node: Node, path: Sequence[Key]) -> int:
    return node.at(path[:-1]).key_lines[path[-1]]


def _words(model: type[BaseModel], path: Sequence[Key], error: ErrorDetails) -> tuple[str, str]:
    name = next((named(part) for part in reversed(path) if isinstance(part, str)), "the file")
    given: Any = error["input"]
    limits: dict[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"{name} is missing", _missing(_model_at(model, path[:-1]), name)
        case "extra_forbidden":
            keys = list(_model_at(model, path[:-1]).model_fields)
            otherwise = f"take it out, or write one of {', '.join(keys)}"
            return f"{quoted(path[-1])} is not a key here", did_you_mean(name, keys, otherwise)
        case "string_pattern_mismatch":
            kind, mend = _PATTERNS[limits["pattern"]]
            return f"{quoted(given)} is not {kind}", mend
        case "date_parsing" | "date_from_datetime_parsing" | "date_type":
            return (
                f"{_shown(given)} is not a date",
                "write year-month-day, like 2027-01-31",
            )
        case "literal_error":
            choice = limits["expected"].replace("'", "")
            mend = did_you_mean(str(given), choice.replace(" or ", ", ").split(", "), "")
            return f"{_shown(given)} is not a {name}", mend or f"write {choice}"
        case "bool_parsing" | "bool_type":
            return (
                f"{_shown(given)} is neither true nor false",
                f"write {name}: true, or leave it out",
            )
        case "int_parsing" | "int_type" | "int_parsing_size" | "int_from_float":
            return f"{_shown(given)} is not a number", f"write digits, like {name}: 24"
        case "greater_than_equal" | "less_than_equal":
            return f"{_shown(given)} is out of range", "write a number from 1 to 999"
        case "string_too_short":
            return f"{name} is empty", "write its text, or take the line out"
        case "string_too_long":
            return f"{quoted(given)} is too long", f"write up to {limits['max_length']} characters"
        case "too_short":
            return f"{name} is an empty list", "write at least one"
        case "string_type":
            return f"{name} is {_shown(given)}, not a text", f"write one text behind {name}:"
        case "tuple_type":
            return f"{name} is {_shown(given)}, not a list", 'start each line of it with "- "'
        case "model_type" | "model_attributes_type" | "dict_type":
            mend = _like(_model_at(model, path), name)
            return f"{name} is {_shown(given)}, not keys with values", mend
        case _:
            # The models' own checks; anything else is pydantic's English, with the place at least.
            return error["msg"].removeprefix("Value error, "), f"write {name} as the others do"


def _missing(model: type[BaseModel], name: str) -> str:
    if name in _OTHER_LANGUAGE:
        if issubclass(model, Phrases):
            return f"write {name}: and below it at least one phrase as people type it"
        return _OTHER_LANGUAGE[name]
    field = model.model_fields[name]
    if field.examples:
        return f"write a line like {name}: {field.examples[0]}"
    inner = _model_in(field.annotation)
    return _like(inner, name) if inner else f"write {name}: ({field.description})"


def _like(model: type[BaseModel], name: str) -> str:
    if model is Text:
        return f"write {name}: {{en: …, zh: …}}"
    keys = [key for key, field in model.model_fields.items() if field.is_required()]
    return f"write it with the keys {', '.join(keys or model.model_fields)}"


def _shown(given: object) -> str:
    match given:
        case None:
            return "empty"
        case list() | tuple():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return quoted(given)


def _model_at(model: type[BaseModel], path: Sequence[Key]) -> type[BaseModel]:
    """The model of what stands at ``path``; indexes and the keys of a dict stay in the same."""
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return model


def _model_in(annotation: object) -> type[BaseModel] | None:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(argument) for argument in get_args(annotation))
    return next((model for model in found if model), None)
