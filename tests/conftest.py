"""The real content with a matcher that is fitted once, for every test that talks to the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot.content.library import Library
from bot.desk import Desk, open_desk
from bot.dialogue.dialogue import Dialogue
from bot.matching.matcher import Matcher
from bot.settings import Settings, shipped_content


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A command configures the logs; the stream that they go to is gone with its test."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


@pytest.fixture(scope="session")
def fitted_folder(request: pytest.FixtureRequest) -> Path:
    """Where fitted matchers are kept, also from one run to the next: fitting takes seconds."""
    cache = request.config.cache
    assert cache is not None, "run without -p no:cacheprovider"
    return cache.mkdir("fitted")


@pytest.fixture(scope="session")
def opened(fitted_folder: Path) -> Desk:
    """A desk over the real content, to take the library and the matcher from."""
    return open_desk(Settings(_env_file=None, content=shipped_content(), cache=fitted_folder))


@pytest.fixture(scope="session")
def library(opened: Desk) -> Library:
    return opened.library


@pytest.fixture(scope="session")
def matcher(opened: Desk) -> Matcher:
    return opened.matcher


@pytest.fixture(scope="session")
def dialogue(library: Library, matcher: Matcher) -> Dialogue:
    """Pure, so one serves all tests."""
    return Dialogue(library, matcher)


@pytest.fixture
def new_desk(library: Library, matcher: Matcher) -> Callable[[], Desk]:
    """Desks with no talks in them."""
    return lambda: Desk(library, matcher)
