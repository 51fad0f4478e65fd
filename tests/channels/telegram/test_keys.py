"""A keyboard is the same to Telegram, in the store, and when it comes back with a tap."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.channels.telegram.keys import Copy, Link, Rows, markup, packed, plain, rows_of, unpacked
from bot.dialogue.turn import Button
from tests.botapi.markup import keyboard

LABEL = st.text(min_size=1, max_size=20).filter(str.strip)
KEY = st.one_of(
    st.builds(Button, LABEL, st.from_regex("[a-z:=]{1,64}", fullmatch=True)),
    st.builds(Link, LABEL, st.just("https://t.me/ShebaoTestBot?start=cancel_howto")),
    st.builds(Copy, LABEL, st.text(min_size=1, max_size=256)),
)
ROWS = st.lists(st.lists(KEY, min_size=1, max_size=3).map(tuple), min_size=1, max_size=4).map(tuple)


@settings(deadline=None)
@given(ROWS)
def test_a_keyboard_comes_back_as_it_was_sent_and_as_it_was_stored(rows: Rows) -> None:
    sent = markup(rows)
    assert keyboard(sent) == sent
    assert rows_of(InlineKeyboardMarkup.de_json(sent or {}, None)) == rows
    assert unpacked(packed(rows)) == rows


@settings(deadline=None)
@given(ROWS)
def test_the_plain_keys_are_known_to_the_oldest_server(rows: Rows) -> None:
    keyboard(markup(plain(rows)), unknown={"copy_text", "url", "switch_inline_query"})


def test_a_reply_that_an_older_version_stored_has_its_buttons() -> None:
    assert unpacked([[["By bank", "a:bank"]]]) == ((Button("By bank", "a:bank"),),)


def test_no_key_is_no_keyboard() -> None:
    assert markup(()) is None
    assert markup(((),)) is None
    assert rows_of(None) == ()
