"""Messages as long as Telegram lets them be, of kinds that could hurt."""

from __future__ import annotations

import random
import string
import time
from collections.abc import Callable, Iterator
from functools import partial

from pypinyin import lazy_pinyin

from benchmarks.matching.figures import percentile
from benchmarks.matching.noise import mistyped
from benchmarks.matching.peers.model import Model
from benchmarks.matching.peers.ours import NAME, fit_ours
from benchmarks.matching.plan import Job, Row, Setting
from benchmarks.matching.project import Project

SECTION = "long"
CHARS = 4096  # Telegram's limit
_TIMES, _TIMES_IN_SMOKE = 20, 2
_OTHERS = ("rapidfuzz WRatio", "LinearSVC")

Kind = Callable[[random.Random], Iterator[str]]


def jobs(setting: Setting, project: Project) -> Iterator[Job]:
    """One job: the models are fitted on the project's phrases once."""
    yield Job(SECTION, f"{CHARS} characters", partial(measure, setting, project))


def measure(setting: Setting, project: Project) -> list[Row]:
    """Median and longest time by kind; ``cpu_max_ms`` leaves out what other programs took."""
    models = {
        peer.name: peer.fit(project.phrases)
        for peer in setting.listing.peers
        if peer.name in _OTHERS
    }
    models[NAME] = fit_ours(project.intents, project.acts)
    for model in models.values():
        model.guess("warm up 社保卡")
    return [
        row
        for kind, words in kinds(project).items()
        for row in _timed(models, kind, words, _TIMES_IN_SMOKE if setting.smoke else _TIMES)
    ]


def _timed(models: dict[str, Model], kind: str, words: Kind, times: int) -> list[Row]:
    took: dict[str, list[float]] = {name: [] for name in models}
    spent: dict[str, list[float]] = {name: [] for name in models}
    for number in range(times):
        text = filled(words(random.Random(f"{kind}{number}")))
        for name, model in models.items():
            start, start_cpu = time.perf_counter_ns(), time.thread_time_ns()
            model.guess(text)
            spent[name].append((time.thread_time_ns() - start_cpu) / 1e6)
            took[name].append((time.perf_counter_ns() - start) / 1e6)
    return [
        {
            "kind": kind,
            "matcher": name,
            "p50_ms": percentile(took[name], 50),
            "max_ms": max(took[name]),
            "cpu_max_ms": max(spent[name]),
        }
        for name in models
    ]


def filled(words: Iterator[str]) -> str:
    """``words`` in a row until the message is full."""
    text: list[str] = []
    length = 0
    while length < CHARS:
        text.append(next(words))
        length += len(text[-1])
    return "".join(text)[:CHARS]


def kinds(project: Project) -> dict[str, Kind]:
    """Kinds of message by name; each gives its pieces for ever."""
    english = [one.text for one in project.phrases if one.lang == "en"]
    chinese = [one.text for one in project.phrases if one.lang == "zh"]
    spoken = ["".join(lazy_pinyin(text)) for text in chinese]
    emoji = [chr(code) for code in range(0x1F600, 0x1F64F)]
    han = [chr(code) for code in range(0x4E00, 0x9FA5)]

    def pieces(*choices: list[str], between: str = "") -> Kind:
        def forever(dice: random.Random) -> Iterator[str]:
            while True:
                yield dice.choice(dice.choice(choices)) + between

        return forever

    def misspelt(dice: random.Random) -> Iterator[str]:
        while True:
            for word in dice.choice(english).split():
                yield mistyped(word, "en", 2, dice.randrange(1000)) + " "

    return {
        "one letter": pieces(["a"]),
        "one long word": pieces(list(string.ascii_lowercase)),
        "spaces": pieces([" "]),
        "digits": pieces(list(string.digits)),
        "punctuation": pieces(list(string.punctuation)),
        "English phrases": pieces(english, between=". "),
        "English, every word misspelt": misspelt,
        "Chinese phrases": pieces(chinese, between="，"),
        "Chinese characters at random": pieces(han),
        "pinyin": pieces(spoken, between=" "),
        "pinyin without a space": pieces(spoken),
        "emoji": pieces(emoji),
        "mixed": pieces(english, chinese, emoji, list(string.digits), between=" "),
        "signs that NFKC spells out": pieces(["㍿", "ﷺ", "㏒", "ﬃ", "㋿"]),  # 1 becomes up to 18
    }
