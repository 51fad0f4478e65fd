"""A tiny data set in one language, fitted once, and the ears that belong to the real content."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.library import IntentSet
from bot.content.load import load_intents
from bot.matching.fit import fit
from bot.matching.fitted import Fitted
from bot.matching.pinyin import Syllables, syllable_table

TINY = {
    "freeze": ["freeze my account", "please freeze it", "block the account now", "freeze account"],
    "balance": ["what is my balance", "show the balance", "how much is left", "balance please"],
    "transfer": ["send money abroad", "make a transfer", "transfer to a friend", "wire some money"],
}


@pytest.fixture(scope="session")
def syllables() -> Syllables:
    return Syllables(syllable_table())


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> IntentSet:
    """Three intents in English, without a lexicon, near misses or anything out of scope."""
    folder: Path = tmp_path_factory.mktemp("tiny")
    for name, phrases in TINY.items():
        listed = "".join(f"    - {phrase}\n" for phrase in phrases)
        (folder / f"{name}.yaml").write_text(f"id: {name}\nphrases:\n  en:\n{listed}", "utf-8")
    return load_intents(folder)


@pytest.fixture(scope="session")
def tiny_fitted(tiny: IntentSet) -> Fitted:
    return fit(tiny)
