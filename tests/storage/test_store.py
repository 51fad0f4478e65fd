"""What is settled outlives the process; what is not, was never answered."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from structlog.testing import capture_logs

from bot.desk import Desk
from bot.dialogue.turn import Button, Session
from bot.storage.database import StorageError, database_url, migrate
from bot.storage.packed import packed, unpacked
from bot.storage.store import Store
from bot.storage.tables import tables
from tests.dialogue.talking import says

FULL = Session(
    lang="zh",
    lang_chosen=True,
    topic="cancel_howto",
    buttons=(Button("按银行", "c:cancel_howto:bank"),),
    others=("report_loss",),
    misses=1,
    traditional=True,
)


async def settled(store: Store, talk: str, update_id: int) -> None:
    """As after a reply was sent by the bot 42."""
    await store.settle(talk, store.lift(talk), (42, update_id))


async def reopened(url: str) -> Store:
    store = Store(url)
    await store.open()
    return store


async def test_a_settled_session_is_there_after_a_restart(store: Store, url: str) -> None:
    await store.put("telegram:1", FULL)
    await settled(store, "telegram:1", 1000)
    other = await reopened(url)  # while the first has not even been closed
    assert await other.get("telegram:1") == FULL
    assert await other.get("telegram:2") == Session()
    assert await other.handled(42) == [1000]
    assert await other.handled(43) == []
    await other.close()


async def test_a_session_whose_reply_was_never_sent_is_not_kept(store: Store, url: str) -> None:
    await store.put("telegram:1", FULL)
    assert await store.get("telegram:1") == FULL
    await store.close()
    other = await reopened(url)
    assert await other.get("telegram:1") == Session()
    await other.close()


async def test_more_talks_than_are_kept_at_hand_are_looked_up(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        await store.put(f"telegram:{number}", Session(misses=number))
        await settled(store, f"telegram:{number}", number)
    monkeypatch.setattr("bot.storage.store.TALKS", 5)
    other = await reopened(url)
    found = await asyncio.gather(*(other.get(f"telegram:{number}") for number in range(30)))
    assert [session.misses for session in found] == list(range(30))
    assert await other.get("telegram:99") == Session()
    await other.close()


async def test_the_last_of_many_settled_in_one_moment_wins(store: Store, url: str) -> None:
    waiting = []
    for number in range(50):
        await store.put("telegram:1", Session(misses=number))
        waiting.append(asyncio.create_task(settled(store, "telegram:1", number)))
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    other = await reopened(url)
    assert (await other.get("telegram:1")).misses == 49
    assert sorted(await other.handled(42)) == list(range(50))
    await other.close()


async def test_only_the_newest_marks_are_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.store.MARKS", 10)
    clock = iter(range(1000, 2000))
    monkeypatch.setattr("bot.storage.batch.time.time", lambda: next(clock))
    for number in range(15):
        await settled(store, "telegram:1", number)
    await store.settle("telegram:1", None, (43, 7))
    assert sorted(await store.handled(42)) == list(range(5, 15))
    assert await store.handled(43) == [7]


async def test_a_parked_reply_is_there_until_it_is_sent(store: Store, url: str) -> None:
    for number in (8, 7):
        assert await store.park("telegram:1", None, (42, number), {"parts": [f"回答 {number}"]})
    other = await reopened(url)
    assert await other.parked(42) == {7: {"parts": ["回答 7"]}, 8: {"parts": ["回答 8"]}}
    assert list(await other.parked(42)) == [7, 8]
    assert sorted(await other.handled(42)) == [7, 8]
    await other.unpark((42, 7))
    assert list(await other.parked(42)) == [8]
    await other.close()


@pytest.mark.usefixtures("store")
async def test_the_migrations_give_the_tables_that_the_code_knows(url: str) -> None:
    engine = create_async_engine(database_url(url))
    async with engine.connect() as connection:
        found = await connection.run_sync(
            lambda sync: {
                name: {column["name"] for column in inspect(sync).get_columns(name)}
                for name in inspect(sync).get_table_names()
            }
        )
    await migrate(engine)  # a second time does no harm
    await engine.dispose()
    del found["alembic_version"]
    assert found == {name: set(table.c.keys()) for name, table in tables.tables.items()}


@pytest.mark.usefixtures("store")
async def test_a_session_that_a_later_version_wrote_is_read_as_far_as_it_is_known(
    url: str,
) -> None:
    engine = create_async_engine(database_url(url))
    written = "INSERT INTO sessions VALUES (:talk, :session, 0)"
    async with engine.begin() as connection:
        for talk, session in (("new", {"lang": "zh", "mood": 1}), ("odd", {"lang": 7})):
            given = {"talk": talk, "session": json.dumps(session)}
            await connection.execute(text(written), given)
    await engine.dispose()
    other = await reopened(url)
    assert await other.get("new") == Session(lang="zh")
    assert await other.get("odd") == Session()
    await other.close()


def test_a_session_survives_json_and_a_fresh_one_takes_no_room() -> None:
    assert unpacked(json.loads(json.dumps(packed(FULL)))) == FULL
    assert packed(Session()) == {}
    assert {field.name for field in fields(Session)} >= packed(FULL).keys()


async def test_a_talk_in_the_middle_of_a_choice_goes_on_after_a_restart(
    store: Store, url: str, opened: Desk
) -> None:
    desk = Desk(opened.library, opened.matcher, store)
    offered = await desk.answer("telegram:1", says("cancel"))
    assert offered.buttons
    await settled(store, "telegram:1", 1)
    other = await reopened(url)
    again = Desk(opened.library, opened.matcher, other)
    straight = await desk.answer("telegram:1", says("2"))
    assert await again.answer("telegram:1", says("2")) == straight
    assert straight.intent
    await other.close()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://localhost/x", "sqlite+nothing", "postgres"]
)
def test_an_address_of_no_use_is_one_line_that_names_the_variable(url: str) -> None:
    with pytest.raises(StorageError, match=r"^SHEBAO_DATABASE_URL is wrong; it takes .*$"):
        Store(url)


Break = Callable[[Path], object]


def _dropped(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE sessions")
    connection.close()


def _garbled(file: Path) -> None:
    for each in file.parent.iterdir():
        each.write_bytes(b"not a database" * 1000)


class TestTrouble:
    """A store that fails costs no reply. SQLite: its files are easily broken."""

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        return tmp_path / "desk.db"

    @pytest.mark.parametrize("broken", [_dropped, _garbled])
    async def test_what_breaks_while_it_runs_is_named_once_and_memory_takes_over(
        self, file: Path, broken: Break
    ) -> None:
        store = await reopened(f"sqlite:///{file}")
        await settled(store, "telegram:0", 1)
        broken(file)
        with capture_logs() as logs:
            async with asyncio.timeout(5):
                for number in range(5):
                    await store.put("telegram:1", FULL)
                    await settled(store, "telegram:1", number)
                assert await store.get("telegram:1") == FULL
                assert await store.get("telegram:2") == Session()
        assert store.trouble
        assert [each["event"] for each in logs] == ["storage_failing"]
        await store.close()

    async def test_a_lock_that_goes_away_costs_nothing_that_was_written_meanwhile(
        self, file: Path
    ) -> None:
        store = await reopened(f"sqlite:///{file}")
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        await store.put("telegram:1", FULL)
        async with asyncio.timeout(4):
            await settled(store, "telegram:1", 1)
        assert store.trouble == "SQLITE_BUSY"
        await store.put("telegram:2", FULL)
        await settled(store, "telegram:2", 2)
        other.execute("COMMIT")
        other.close()
        async with asyncio.timeout(8):
            while store.trouble:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.05)
        assert sorted(await store.handled(42)) == [1, 2]
        await store.close()
        again = await reopened(f"sqlite:///{file}")
        assert await again.get("telegram:1") == await again.get("telegram:2") == FULL
        await again.close()

    async def test_a_place_that_cannot_be_written_starts_all_the_same(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        store = await reopened(f"sqlite:///{tmp_path}/file/desk.db")
        await store.put("telegram:1", FULL)
        await settled(store, "telegram:1", 1)
        assert await store.get("telegram:1") == FULL
        assert await store.handled(42) == []
        assert store.trouble == "SQLITE_CANTOPEN"
        await store.close()

    async def test_a_server_that_is_away_starts_all_the_same(self) -> None:
        pytest.importorskip("asyncpg")
        store = await reopened("postgresql://nobody@127.0.0.1:9/test")
        await store.put("telegram:1", FULL)
        await settled(store, "telegram:1", 1)
        assert await store.get("telegram:1") == FULL
        assert store.trouble == "ConnectionRefusedError"
        await store.close()
