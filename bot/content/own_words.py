"""The desk's own words: every text that the program says is there, with the blanks that it fills.

``SPOKEN`` is the one list of them; a test holds it against the calls in the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from types import MappingProxyType

from bot.content.draft import Draft, Entry
from bot.content.evidence import SMALL_TALK
from bot.content.model import ID, LANGS, Lang, Text
from bot.content.problem import Problem, did_you_mean, quoted

GROUP = "group_"  # and a folder of intents: the label of its button
_FILE = "knowledge/phrases.yaml"

_PLAIN = """
    steps_title bring_title points_title translation sources_title
    torn maybe none_of_these not_what_i_meant other_choices rephrase button_gone
    unlike foreign_unknown nothing_said other_language second_miss media private too_long
    stopped nothing_to_stop unknown_command
    language_ask language_set language_follow language_en language_zh language_auto
    article_answers articles_found sorry flood more menu menu_ask already
    feedback_thanks feedback_sorry helped not_helped share ask_in_private
    personal_matter
    settings_title settings_back as_you_write no_place_yet script_hans script_hant place_choose
    place_ask place_where place_elsewhere place_unknown place_none place_forget place_off
    command_start command_help command_law command_language command_cancel command_place
    command_settings
    telegram_name telegram_description telegram_short_description terminal_welcome
"""
SPOKEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {key: frozenset[str]() for key in _PLAIN.split()}
    | {
        "confused": frozenset({"labels"}),
        "pair": frozenset({"one", "two"}),
        "case_title": frozenset({"title", "case"}),
        "law_title": frozenset({"act", "number", "topic"}),
        "source": frozenset({"title", "publisher", "dated"}),
        "source_undated": frozenset({"title", "publisher"}),
        "reviewed": frozenset({"date"}),
        "overdue": frozenset({"date"}),
        "number_out_of_range": frozenset({"count"}),
        "foreign": frozenset({"advice"}),
        "no_article": frozenset({"act", "number"}),
        "article_button": frozenset({"act", "number"}),
        "article_example": frozenset({"act", "number"}),
        "law_in_full": frozenset({"example"}),
        "act_in_force": frozenset({"in_force"}),
        "act_amended": frozenset({"in_force", "amended"}),
        "copy_phone": frozenset({"number"}),
        "settings_language": frozenset({"language"}),
        "settings_script": frozenset({"script"}),
        "settings_place": frozenset({"place"}),
        "group_ask": frozenset({"group"}),
        "place_title": frozenset({"place"}),
        "place_set": frozenset({"place"}),
        "place_topics": frozenset({"place"}),
        "place_nothing": frozenset({"place"}),
        "place_is": frozenset({"place"}),
    }
)


def wrong_own_words(draft: Draft) -> Iterator[Problem]:
    """Texts that the program misses, that it never says, and blanks that it does not fill so."""
    if draft.phrases is None:
        return
    groups = {f"{GROUP}{entry.folder}" for entry in draft.intents}
    known = SPOKEN.keys() | groups
    written = {entry.name for entry in draft.phrases}
    for key in sorted(SPOKEN.keys() - written):
        yield Problem(_FILE, 1, f"{key} is missing", f"write {key}: {{en: …, zh: …}}{_with(key)}")
    for entry in draft.phrases:
        if entry.name in known:
            for lang in LANGS if entry.item else ():
                yield from _blanks(entry, lang, SPOKEN.get(entry.name, frozenset()))
        elif re.fullmatch(ID, entry.name):  # what is no id has been reported
            what = f"the program never says {quoted(entry.name)}"
            yield entry.problem([], what, did_you_mean(entry.name, known - written, "take it out"))


def nameless_groups(draft: Draft) -> Iterator[Problem]:
    """Warnings: folders of intents that have no button, so nobody finds them by tapping."""
    if draft.phrases is None:
        return
    written = {entry.name for entry in draft.phrases}
    for folder in sorted({entry.folder for entry in draft.intents if entry.item} - {SMALL_TALK}):
        if f"{GROUP}{folder}" not in written:
            what = f"the folder intents/{folder} has no label"
            mend = f"write {GROUP}{folder}: {{en: …, zh: …}}, a word or two"
            yield Problem(_FILE, 1, what, mend, "warning")


def _with(key: str) -> str:
    return f", each with {_braced(SPOKEN[key])}" if SPOKEN[key] else ""


def _blanks(entry: Entry[Text], lang: Lang, filled: frozenset[str]) -> Iterator[Problem]:
    assert entry.item  # noqa: S101 (for the type; the caller has looked)
    blanks = _fields(entry.item.in_(lang))
    if blanks is None:
        what = f"a bracket in {lang} that opens or closes no {{blank}}"
        yield entry.problem([lang], what, "write {{ or }} for a bracket itself")
        return
    if lacking := filled - blanks:
        what = f"{_braced(lacking)} is missing in {lang}"
        yield entry.problem([lang], what, "write it where the program is to fill it in")
    if unknown := blanks - filled:
        otherwise = f"write {_braced(filled)}" if filled else "write {{ and }} for brackets"
        yield entry.problem([lang], f"nobody fills in {_braced(unknown)}", otherwise)


def _braced(fields: frozenset[str]) -> str:
    return " and ".join(f"{{{field}}}" for field in sorted(fields))


def _fields(words: str) -> frozenset[str] | None:
    """The blanks in ``words``, None where ``str.format`` would fail or reach into a value."""
    try:
        parsed = [part for part in Formatter().parse(words) if part[1] is not None]
    except ValueError:
        return None
    # Nothing but names: "{0}" has no value, and "{title.__class__}" is not an editor's business.
    plain = all(str(name).isidentifier() and not spec and not how for _, name, spec, how in parsed)
    return frozenset(str(name) for _, name, _, _ in parsed) if plain else None
