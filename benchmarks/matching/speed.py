"""What a message costs: beside the peers, with more phrases, and when it is very long."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

from benchmarks.matching.datasets import Said, few
from benchmarks.matching.figures import percentile
from benchmarks.matching.growth import grown
from benchmarks.matching.noise import mistyped
from benchmarks.matching.peers.model import Model, Peer
from benchmarks.matching.peers.nlpjs import NlpJs
from benchmarks.matching.plan import Job, Row, Setting

LATENCY, GROWTH = "latency", "growth"
_DATA = "clinc150"
TURNS = (1, 50)  # messages in a row
_WARM_UP = 20
_FEWER = 5  # growth times one message in five: WRatio takes 0.2 s each for 100,000 phrases


def jobs(setting: Setting) -> Iterator[Job]:
    """Latency side by side, then each matcher's growth."""
    yield Job(LATENCY, f"{_DATA} few10", partial(side_by_side, setting))
    for peer in setting.listing.peers:
        yield Job(GROWTH, peer.name, partial(growing, setting, peer))


def side_by_side(setting: Setting) -> list[Row]:
    """Every matcher on the same messages in turns, so that a busy machine is busy for all.

    Turns of one message, as a quiet bot gets them, and of many in a row, as a busy one does: what a
    matcher needs is then in the processor's cache.
    """
    data = setting.named(_DATA)
    phrases = few(data.train, 0)
    models = {peer.name: peer.fit(phrases) for peer in setting.listing.peers}
    rows: list[Row] = []
    for mistakes, turn in product((0, 2), TURNS):
        messages = _messages(data.test, setting.messages, mistakes)
        took = in_turns(models, messages, turn)
        rows += [
            {
                "matcher": name,
                "mistakes": mistakes,
                "turn": turn,
                "phrases": len(phrases),
                "p50_ms": percentile(times, 50),
                "p99_ms": percentile(times, 99),
            }
            for name, times in took.items()
        ]
    for model in models.values():
        model.close()
    return rows


def growing(setting: Setting, peer: Peer) -> list[Row]:
    """One matcher at several sizes, in turns."""
    data = setting.named(_DATA)
    sizes = [size for size in setting.sizes if size <= peer.most]
    models: dict[str, Model] = {}
    fit_s: dict[str, float] = {}
    for size in sizes:
        phrases = grown(data.train, size)
        start = time.perf_counter()
        models[str(size)] = peer.fit(phrases)
        fit_s[str(size)] = time.perf_counter() - start
    took = in_turns(models, _messages(data.test, setting.messages // _FEWER, 0))
    for model in models.values():
        model.close()
    return [
        {
            "matcher": peer.name,
            "phrases": int(size),
            "p50_ms": percentile(times, 50),
            "p99_ms": percentile(times, 99),
            "fit_s": fit_s[size],
        }
        for size, times in took.items()
    ]


def _messages(said: Sequence[Said], count: int, mistakes: int) -> list[str]:
    """Different messages each time: a matcher that remembers one must not gain by it."""
    picked = random.Random(mistakes).sample(said, min(count, len(said)))
    return [mistyped(one.text, one.lang, mistakes, 0) for one in picked]


def in_turns(
    models: dict[str, Model], messages: Sequence[str], turn: int = 1
) -> dict[str, list[float]]:
    """Milliseconds of each model on each message, ``turn`` of them in a row.

    A different model begins each time.
    """
    names = list(models)
    took: dict[str, list[float]] = {name: [] for name in names}
    for name in names:
        for text in messages[:_WARM_UP]:
            models[name].guess(f"{text} please")
    gc.collect()
    for number, start in enumerate(range(0, len(messages), turn)):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            took[name] += [timed_ms(models[name], text) for text in messages[start : start + turn]]
    return took


def timed_ms(model: Model, text: str) -> float:
    """What one message takes, in milliseconds; nlp.js by its own clock, without the pipe."""
    start = time.perf_counter_ns()
    model.guess(text)
    took = time.perf_counter_ns() - start
    return (model.took_ns if isinstance(model, NlpJs) else took) / 1e6
