"""Telegram's limits are kept by the clock that is given, and one chat's wait is its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.flood import BURST, IGNORED_S, FloodGuard
from bot.channels.telegram.limits import Bucket, Limits, Pace


def sent_at(chat_id: int, count: int, pace: Pace) -> list[float]:
    """When so many messages that are all ready at 0 may go out."""
    now, times = 0.0, []
    for _ in range(count):
        now += pace.chat_wait(chat_id, now)
        now += pace.overall_wait(now)
        times.append(now)
    return times


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(start <= time < start + seconds for time in times) for start in times)


def test_a_chat_gets_a_burst_and_then_one_a_second() -> None:
    times = sent_at(5, 20, Pace(Limits()))
    assert times[2] < 0.2
    assert most_within(times[3:], 0.99) == 1
    assert times[-1] == pytest.approx(17, abs=0.5)


def test_a_group_gets_at_most_twenty_a_minute() -> None:
    times = sent_at(-5, 60, Pace(Limits()))
    assert 18 <= most_within(times, 60) <= 20


def test_all_together_get_at_most_thirty_a_second_and_a_little_more_at_first() -> None:
    pace = Pace(Limits())
    times = sorted(pace.overall_wait(0.0) for _ in range(300))
    assert most_within(times, 1.0) <= 33
    assert times[-1] == pytest.approx(10, abs=0.5)


def test_one_chat_s_wait_takes_nothing_from_another() -> None:
    pace = Pace(Limits())
    for _ in range(50):
        pace.chat_wait(1, 0.0)
    assert pace.chat_wait(1, 0.0) > 40
    assert pace.chat_wait(2, 0.0) == 0
    assert pace.overall_wait(0.0) == 0


def test_without_a_limit_nobody_waits() -> None:
    assert sent_at(-5, 1000, Pace(Limits(overall_per_s=None)))[-1] == 0


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60), st.floats(0.1, 50), st.integers(1, 9))
def test_a_bucket_never_gives_more_than_its_burst_and_its_rate(
    gaps: list[float], per_s: float, burst: int
) -> None:
    bucket, now, used = Bucket(per_s, burst), 0.0, []
    for gap in gaps:
        now += gap
        used.append(now + bucket.reserve(now))
    for first in range(len(used)):
        for last in range(first, len(used)):
            allowed = burst + per_s * (used[last] - used[first])
            assert last - first + 1 <= allowed + 1e-6


def test_a_flood_is_noticed_once_and_forgiven_after_a_while() -> None:
    guard = FloodGuard()
    verdicts = [guard.judge(1, now=number / 100) for number in range(100)]
    assert verdicts[:BURST] == ["answer"] * BURST
    assert verdicts.count("notice") == 1
    assert set(verdicts[verdicts.index("notice") + 1 :]) == {"ignore"}
    assert guard.judge(2, now=1.0) == "answer"
    assert guard.judge(1, now=2.0 + IGNORED_S) == "answer"


def test_whoever_asks_every_few_seconds_is_never_called_a_flood() -> None:
    guard = FloodGuard()
    assert {guard.judge(1, now=number * 2.5) for number in range(500)} == {"answer"}
