"""More phrases than the data set has: new ones are put together from halves of old ones."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.matching.datasets import Said

_TRIES = 60  # for each phrase wanted, before the halves of its intent count as used up


def grown(phrases: Sequence[Said], size: int) -> list[Said]:
    """``size`` different phrases, as many for each intent as can be.

    First the phrases as they are. When they run out, the first words of one and the last words of
    another of the same intent make a new one, cut at random, so that word frequencies and lengths
    stay those of the data.
    """
    dice = random.Random(size)
    by_intent: dict[str, list[Said]] = defaultdict(list)
    for one in phrases:
        by_intent[one.intent].append(one)
    made: list[Said] = []
    for number, own in enumerate(by_intent.values()):
        wanted = size * (number + 1) // len(by_intent) - size * number // len(by_intent)
        made += _more(own, wanted, dice)
    return made


def _more(own: Sequence[Said], wanted: int, dice: random.Random) -> list[Said]:
    found = dict.fromkeys(own[:wanted])
    texts = {one.text for one in found}
    for _ in range(_TRIES * wanted):
        if len(found) >= wanted:
            break
        a, b = dice.choice(own), dice.choice(own)
        head, tail = a.text.split(), b.text.split()
        text = " ".join(head[: dice.randint(1, len(head))] + tail[dice.randrange(len(tail)) :])
        if text not in texts:
            texts.add(text)
            found[Said(text, a.intent, a.lang)] = None
    return list(found)
