"""Commands: ``/law 26``, ``/language en``."""

from __future__ import annotations

import re
from typing import NamedTuple

_COMMAND = re.compile(r"\s*/([A-Za-z_]{1,32})(?:@\w+)?(?:\s+(.*))?\s*", re.DOTALL)


class Command(NamedTuple):
    """A command's ``name`` in lower case and the ``rest`` of the line."""

    name: str
    rest: str


def command_in(text: str) -> Command | None:
    """The command that ``text`` is, or None."""
    found = _COMMAND.fullmatch(text)
    return Command(found[1].casefold(), (found[2] or "").strip()) if found else None
