"""Inline keyboards and the other JSON parameters, checked as the real server checks them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from tests.botapi.refusal import bad_request

ACTIONS = {
    "callback_data",
    "url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
}
URL = re.compile(r"(https?://[^\s/?#]+\.[^\s]+|tg://\S+)")


def from_json(value: Any, what: str) -> Any:
    """An object given as JSON text, or as itself in a JSON body."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {what} JSON object") from None


def keyboard(value: Any, unknown: Collection[str] = ()) -> dict[str, Any] | None:
    """The inline keyboard of ``reply_markup``, None where there is none.

    ``unknown``: kinds of keys that this server has never heard of.
    """
    markup = from_json(value, "reply keyboard markup")
    if markup in (None, ""):
        return None
    if not isinstance(markup, dict) or not isinstance(markup.get("inline_keyboard"), list):
        raise bad_request("object expected as reply markup")
    rows = markup["inline_keyboard"]
    if not all(isinstance(row, list) and len(row) <= 8 for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check(button, ACTIONS - set(unknown))
    return {"inline_keyboard": rows} if buttons else None


def _check(button: Any, kinds: set[str]) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    actions = kinds & button.keys()
    if len(actions) != 1:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed")
    data = button.get("callback_data")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= 64):
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not URL.fullmatch(str(url)):
        raise bad_request("BUTTON_URL_INVALID")
    if "copy_text" in button:
        _check_copy(button["copy_text"])


def _check_copy(given: Any) -> None:
    """https://core.telegram.org/bots/api#copytextbutton: 1 to 256 characters."""
    text = given.get("text") if isinstance(given, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= 256 or given.keys() != {"text"}:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
