"""Matches and replies as plain objects, for scripts."""

from __future__ import annotations

from bot.channels.terminal import text_of
from bot.content.library import Library
from bot.dialogue.turn import Citation, Reply, Sources
from bot.matching.matcher import Verdict
from bot.matching.outcome import Candidate, Lost, Sure, Torn

_OUTCOME = {Sure: "answered", Torn: "asked", Lost: "declined"}


def match_object(verdict: Verdict) -> dict[str, object]:
    """``outcome``, ``intent``, ``score`` and, when asked, the ``candidates`` offered."""
    offered = verdict.match.candidates if isinstance(verdict.match, Torn) else ()
    best = verdict.ranked[0] if verdict.ranked else None
    return {
        "outcome": _OUTCOME[type(verdict.match)],
        "intent": best.intent if best else None,
        "score": round(best.score, 4) if best else 0.0,
        "candidates": [_candidate(one) for one in offered],
    }


def reply_object(library: Library, reply: Reply) -> dict[str, object]:
    """A match object with ``lang``, ``text``, ``buttons``, ``sources`` and ``law``."""
    sources = [line for block in reply.blocks if isinstance(block, Sources) for line in block.lines]
    intent = library.intent_set.intents.get(reply.intent or "")
    return {
        "outcome": "answered" if reply.outcome == "chat" else reply.outcome,
        "intent": reply.intent,
        "score": round(reply.score, 4),
        "candidates": [_candidate(one) for one in reply.candidates]
        if reply.outcome == "asked"
        else [],
        "lang": reply.lang,
        "text": text_of(reply),
        "buttons": [{"label": button.label, "action": button.action} for button in reply.buttons],
        "sources": [{"text": line.text, "link": line.link or None} for line in sources],
        "law": list(library.answers[intent.answer_id].law)
        if intent and reply.outcome == "answered"
        else [block.title for block in reply.blocks if isinstance(block, Citation)],
    }


def _candidate(candidate: Candidate) -> dict[str, object]:
    return {"intent": candidate.intent, "score": round(candidate.score, 4)}
