"""In which language and script the talk goes on."""

from __future__ import annotations

from dataclasses import replace

from bot.content.model import Lang
from bot.dialogue.language import is_traditional, language_of
from bot.dialogue.turn import Session
from bot.matching.matcher import Verdict
from bot.matching.tokens import is_han


def spoken(session: Session, lang: str) -> Session:
    """The session in the language chosen: ``en``, ``zh``, or ``auto``, as the person writes."""
    if lang == "auto":
        return replace(session, lang_chosen=False)
    if lang == "en" or lang == "zh":
        return replace(session, lang="en" if lang == "en" else "zh", lang_chosen=True)
    return session


def chosen_language(session: Session, intent: str, verdict: Verdict) -> Session:
    """The session in the language that "speak English" or 说中文 asks for."""
    if intent != "language_switch":
        return session
    named = {hit.concept for hit in verdict.reading.found}
    wanted: Lang = "zh" if session.lang == "en" else "en"
    if "lang_zh" in named and "lang_en" not in named:
        wanted = "zh"
    elif "lang_en" in named and "lang_zh" not in named:
        wanted = "en"
    return replace(session, lang=wanted, lang_chosen=True)


def follow(session: Session, text: str, verdict: Verdict) -> Session:
    """The session in the language and script of ``text``, unless a language was chosen."""
    script = is_traditional(text)
    if script is not None and not session.script_chosen:
        session = replace(session, traditional=script)
    if session.lang_chosen:
        return session
    tokens = verdict.reading.tokens
    typed_in_pinyin = any(
        spoken and not is_han(word)
        for word, spoken in zip(tokens.words, tokens.spoken, strict=True)
    )
    return replace(session, lang=language_of(text, typed_in_pinyin) or session.lang)
