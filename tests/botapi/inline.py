"""What answers an inline query, checked as the real server checks it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from tests.botapi.entities import parsed
from tests.botapi.markup import from_json, keyboard
from tests.botapi.refusal import bad_request

MOST_RESULTS = 50
FIELDS = {"type", "id", "title", "description", "input_message_content", "reply_markup"}


def answer_to_inline(params: dict[str, Any], unknown_keys: Collection[str]) -> dict[str, Any]:
    """The answer as it is shown. Raises Refusal."""
    results = from_json(params.get("results"), "inline query results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results: expected an Array")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    shown = [_result(each, unknown_keys) for each in results]
    if len({each["id"] for each in shown}) != len(shown):
        raise bad_request("RESULT_ID_DUPLICATE")
    return {
        "results": shown,
        "cache_time": int(params.get("cache_time", 300)),
        "is_personal": str(params.get("is_personal", "false")).lower() == "true",
        "button": _button(from_json(params.get("button"), "inline query button")),
    }


def _result(result: Any, unknown_keys: Collection[str]) -> dict[str, Any]:
    if not isinstance(result, dict) or result.get("type") != "article":
        raise bad_request("can't parse inline query result: unsupported type")
    if result.keys() - FIELDS:
        raise bad_request(f"an unknown field: {sorted(result.keys() - FIELDS)}")
    if not 1 <= len(str(result.get("id", "")).encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if not str(result.get("title", "")).strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise bad_request("MESSAGE_CONTENT_EMPTY")
    formatted = parsed(str(content.get("message_text", "")), content.get("parse_mode"))
    markup = keyboard(result.get("reply_markup"), unknown_keys)
    return {**result, "text": formatted.text, "reply_markup": markup}


def _button(button: Any) -> Any:
    if button is None:
        return None
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(button.get("start_parameter", ""))):
        raise bad_request("START_PARAM_INVALID")
    return button
