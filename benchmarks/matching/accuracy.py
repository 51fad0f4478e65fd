"""How often the right intent comes first, clean and mistyped, and who is taken for a stranger."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial

from benchmarks.matching.datasets import DataSet, few
from benchmarks.matching.figures import auroc, refused_at, reliability
from benchmarks.matching.noise import LEVELS, mistyped
from benchmarks.matching.peers.model import Peer
from benchmarks.matching.plan import Job, Row, Setting

FEW, FULL = "few10", "full"  # ten phrases an intent; all of them


def few_jobs(setting: Setting) -> Iterator[Job]:
    """Each matcher on each draw of ten phrases an intent from each data set."""
    for data in setting.sets:
        for draw in range(setting.draws):
            for peer in peers_for(setting, data):
                label = f"{data.name} {draw + 1}, {peer.name}"
                yield Job(FEW, label, partial(measure, data, FEW, draw, peer))


def full_jobs(setting: Setting) -> Iterator[Job]:
    """Each matcher on all phrases of each data set."""
    for data in setting.sets[:1] if setting.smoke else setting.sets:
        for peer in peers_for(setting, data):
            yield Job(FULL, f"{data.name}, {peer.name}", partial(measure, data, FULL, 0, peer))


def peers_for(setting: Setting, data: DataSet) -> list[Peer]:
    """The peers that make sense on ``data``, this matcher last."""
    *others, ours = setting.listing.peers
    return [*others, *(setting.listing.chinese if data.lang == "zh" else ()), ours]


def measure(data: DataSet, protocol: str, draw: int, peer: Peer) -> list[Row]:
    """One matcher on one draw: shares right by number of mistakes, and figures on strangers."""
    phrases = few(data.train, draw) if protocol == FEW else list(data.train)
    start = time.perf_counter()
    model = peer.fit(phrases)
    row: Row = {
        "data": data.name,
        "draw": draw,
        "matcher": peer.name,
        "phrases": len(phrases),
        "fit_s": time.perf_counter() - start,
        "right": [],
    }
    try:
        for level in LEVELS:
            asked = [mistyped(one.text, data.lang, level, draw) for one in data.test]
            guesses = model.guess_all(asked)
            right = [g.intent == one.intent for g, one in zip(guesses, data.test, strict=True)]
            row["right"].append(sum(right) / len(right))
            if level == 0:
                clean, correct = [guess.score for guess in guesses], right
        strangers = (
            [guess.score for guess in model.guess_all(data.strangers)] if data.strangers else []
        )
    finally:
        model.close()
    if strangers:
        row["auroc"] = auroc(clean, strangers)
        row["refused"] = refused_at(clean, strangers)
    if peer.probable:
        row["bins"] = reliability(clean + strangers, correct + [False] * len(strangers))
    return [row]
