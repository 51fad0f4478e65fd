"""The desk sends people to official hosts only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from bot.content.draft import Draft
from bot.content.model import LANGS, LINK
from bot.content.problem import Problem, quoted
from bot.content.said import Said
from bot.content.source import Node

# gov.cn is registered to state organs alone, and has the law database (flk.npc.gov.cn), the
# ministries, the places, their English pages and 12333's. Another ending needs such a reason.
_ENDINGS = (".gov.cn",)
_NAMED = re.compile(r"(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:cn|com|net|org|info|gov)\b", re.IGNORECASE)
_MEND = "name an official one, which ends with .gov.cn, or leave it out"


def unofficial_hosts(draft: Draft, texts: Iterable[Said]) -> Iterator[Problem]:
    """Links, and addresses in the texts, that lead to a host that is not an authority's."""
    for entry in draft.knowledge():
        for line, link in _links(entry.node):
            if re.match(LINK, link) and not _is_official(link):  # what is no link is told already
                yield Problem(entry.file, line, f"{quoted(link)} is not official", _MEND)
    for text in texts:
        for lang in LANGS:
            for name in dict.fromkeys(_NAMED.findall(text.in_(lang))):
                if not _is_official(f"https://{name}"):
                    yield text.problem(lang, f"{quoted(name)} is not official", _MEND, "error")


def _links(node: Node) -> Iterator[tuple[int, str]]:
    for key, child in node.inside.items():
        if key == "link" and isinstance(child.plain, str):
            yield child.line, child.plain
        else:
            yield from _links(child)


def _is_official(link: str) -> bool:
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    # "https://www.gov.cn@elsewhere.com" leads elsewhere, and so might letters that look like ours.
    plain = "@" not in parts.netloc and host.isascii()
    return plain and f".{host}".endswith(_ENDINGS)
