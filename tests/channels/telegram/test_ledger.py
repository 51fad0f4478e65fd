"""The offset never passes an update that is not handled, whatever the order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.ledger import Ledger


def test_at_the_start_the_server_says_where_to_begin() -> None:
    assert Ledger().offset is None


def test_the_offset_waits_for_the_first_that_is_open() -> None:
    ledger = Ledger()
    assert all(ledger.fetched(number) for number in (10, 11, 12))
    assert not ledger.fetched(11)
    ledger.handled(11)
    ledger.handled(12)
    assert (ledger.offset, ledger.open) == (10, 3)
    ledger.handled(10)
    assert (ledger.offset, ledger.open) == (13, 0)


def test_what_a_late_answer_brings_again_is_not_taken_twice() -> None:
    ledger = Ledger()
    ledger.fetched(10)
    ledger.handled(10)
    assert not ledger.fetched(10)
    assert (ledger.offset, ledger.open) == (11, 0)


def test_ids_that_begin_anywhere_after_a_quiet_week_are_followed() -> None:
    ledger = Ledger()
    for number in (900, 7):
        ledger.fetched(number)
        ledger.handled(number)
    assert ledger.offset == 8


@given(st.permutations(range(12)), st.integers(0, 12))
def test_whatever_is_handled_first_nothing_open_is_confirmed(order: list[int], count: int) -> None:
    ledger = Ledger()
    for number in range(12):
        ledger.fetched(number)
    done = order[:count]
    for number in done:
        ledger.handled(number)
    assert ledger.offset == min(set(range(12)) - set(done), default=12)
