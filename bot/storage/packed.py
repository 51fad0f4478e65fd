"""A session as JSON and back. Fields that later versions add or drop cost a default, no talk."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.dialogue.turn import Session

_SESSION = TypeAdapter(Session)


def packed(session: Session) -> dict[str, Any]:
    """Plain JSON values; what is as in a fresh session is left out."""
    plain: dict[str, Any] = _SESSION.dump_python(session, mode="json", exclude_defaults=True)
    return plain


def unpacked(plain: object) -> Session | None:
    """The session, None for what is none."""
    try:
        return _SESSION.validate_python(plain)
    except ValidationError:
        return None
