"""What a person can set, on one page: the language, the script, the place."""

from __future__ import annotations

from dataclasses import replace

from bot.content.library import Library
from bot.dialogue import quick, speech
from bot.dialogue.actions import Adjust, pack
from bot.dialogue.turn import Button, Heading, Listing, Paragraph, Reply, Session
from bot.dialogue.words import Words

NO_PLACE = "-"
_SCRIPTS = ("hans", "hant")


def possible(library: Library, change: Adjust) -> bool:
    """Whether there is such a thing to be set, and to such a value."""
    match change:
        case Adjust("", "") | Adjust("place", "" | "-"):
            return True
        case Adjust("lang", value):
            return value in ("en", "zh", "auto")
        case Adjust("script", value):
            return value in _SCRIPTS
        case Adjust("place", value):
            return value in library.regions
    return False


def adjusted(session: Session, change: Adjust) -> Session:
    """The session as it was wished; ``change`` is a possible one."""
    match change:
        case Adjust("lang", "auto"):
            return replace(session, lang_chosen=False, script_chosen=False)
        case Adjust("lang", value):
            return speech.spoken(session, value)
        case Adjust("script", value):
            return replace(session, traditional=value == "hant", script_chosen=True)
        case Adjust("place", value) if value:
            return replace(session, place=None if value == NO_PLACE else value)
    return session


def page(library: Library, words: Words, session: Session, change: Adjust) -> Reply:
    """What is set, and what it can be changed to; for "place" alone, which places there are."""
    if change == Adjust("place"):
        return _places(library, words, session)
    named = session.place is not None and session.place in library.regions
    place = words.of(library.regions[session.place or ""].name) if named else words("no_place_yet")
    language = words(f"language_{session.lang}") if session.lang_chosen else words("as_you_write")
    lines = [words("settings_language", language=language)]
    buttons = [
        Button(words(f"language_{lang}"), pack(Adjust("lang", lang)))
        for lang in ("zh", "en", "auto")
        if lang != (session.lang if session.lang_chosen else "auto")
    ]
    if session.lang == "zh":
        script, other = ("hant", "hans") if session.traditional else ("hans", "hant")
        lines.append(words("settings_script", script=words(f"script_{script}")))
        buttons.append(Button(words(f"script_{other}"), pack(Adjust("script", other))))
    lines.append(words("settings_place", place=place))
    buttons.append(Button(words("place_choose"), pack(Adjust("place"))))
    blocks = (Heading(words("settings_title")), Listing(tuple(lines), "bullets"))
    return Reply(words.lang, blocks, tuple(buttons))


def _places(library: Library, words: Words, session: Session) -> Reply:
    others = [name for name in library.regions if name != session.place]
    buttons = quick.places(library, words, others, lambda name: Adjust("place", name))
    forget = Button(words("place_forget"), pack(Adjust("place", NO_PLACE)))
    back = Button(words("settings_back"), pack(Adjust()))
    buttons = (*([forget] if session.place is not None else []), *buttons, back)
    return Reply(words.lang, (Paragraph(words("place_where")),), buttons)
