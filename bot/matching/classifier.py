"""One multinomial logistic regression a view, with an L2 penalty, trained in kernel form.

In kernel form (Zhu and Hastie 2005) the weights are a combination of the phrases themselves, so
that training costs products of a phrases-by-phrases matrix and a message costs one small gather.
Each view is trained by itself and their scores are added (a logarithmic opinion pool, Hinton 2002):
as right as one model of everything, and where the views agree the answer can be trusted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bot.matching.vectoriser import Floats, Ints

STRENGTH = 30.0  # inverse penalty; flat from 20 to 80 on the validation sets (docs/decisions/0015)
_ROUNDS = 80
_MEMORY = 10
# The relative gain of _LAST rounds below which training ends: about a hundredth above the lowest
# loss, and no worse on the validation sets. One round alone may gain little by a bad step.
_ENOUGH, _LAST = 1e-2, 3
_SHORTEST = 1e-3  # of a step
_ROUNDING = 1e-6  # of a loss in single precision
_FLAT = 1e-4  # of the loss to be gained: as good as nothing, and much of it rounding
_BLOCK = 2048  # features in one dense block: 40 MB at 5,000 phrases
_STRIPE = 512
# Rows; a feature in more of them goes through the dense product, which costs the same however few
# they are: at 6,500 phrases as much as several hundred rows pair by pair.
_RARE = 96


class _Step(NamedTuple):
    """A step taken: how far ``moved``, how the slope ``turned``, both also through the kernel."""

    moved: Floats
    turned: Floats
    k_moved: Floats
    k_turned: Floats
    curvature: float


def softmax(scores: Floats) -> Floats:
    """Rows of ``scores`` as probabilities."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)


def gram(parts: Sequence[tuple[Ints, Floats]], features: int) -> Floats:
    """The products of all pairs of rows in one view, ``(rows, rows)``."""
    where = np.concatenate([np.full(len(ids), i) for i, (ids, _) in enumerate(parts)])
    ids = np.concatenate([ids for ids, _ in parts])
    values = np.concatenate([values for _, values in parts])
    order = np.argsort(ids, kind="stable")
    where, ids, values = where[order], ids[order], values[order]
    spread = np.bincount(ids, minlength=features)
    common = np.flatnonzero(spread > _RARE)
    place = np.full(features, -1)
    place[common] = np.arange(len(common))
    kernel = np.zeros((len(parts), len(parts)), np.float32)
    for start in range(0, len(common), _BLOCK):
        inside = (place[ids] >= start) & (place[ids] < start + _BLOCK)
        block = np.zeros((len(parts), min(_BLOCK, len(common) - start)), np.float32)
        np.add.at(block, (where[inside], place[ids[inside]] - start), values[inside])
        for top in range(0, len(parts), _STRIPE):  # all at once would need as much memory again
            kernel[top : top + _STRIPE] += block[top : top + _STRIPE] @ block.T
    # Most features stand in a few rows only: their pairs, one by one, beat any dense product.
    rare = place[ids] < 0
    where, ids, values = where[rare], ids[rare], values[rare]
    one = np.arange(len(ids))
    for apart in range(_RARE):
        one = one[one + apart < len(ids)]
        one = one[ids[one + apart] == ids[one]]  # sorted: who has no partner here has none further
        if not len(one):
            break
        other = one + apart
        product = values[one] * values[other]
        np.add.at(kernel, (where[one], where[other]), product)
        if apart:
            np.add.at(kernel, (where[other], where[one]), product)
    return kernel


def train(kernel: Floats, labels: Ints, weights: Floats, classes: int) -> Floats:
    """Each phrase's share in each class, ``(phrases, classes)``: L-BFGS in the kernel's metric.

    ``weights``: how much each phrase counts. Deterministic. A round costs one product with the
    kernel: all others are sums of earlier ones.
    """
    wanted = np.zeros((len(labels), classes), np.float32)
    wanted[np.arange(len(labels)), labels] = 1.0
    cost = (STRENGTH * weights)[:, None].astype(np.float32)

    def look(shares: Floats, reached: Floats) -> tuple[float, Floats]:
        top = reached.max(axis=1)
        total = top + np.log(np.exp(reached - top[:, None]).sum(axis=1))
        surprise = float((cost[:, 0] * (total - (reached * wanted).sum(axis=1))).sum())
        loss = surprise + 0.5 * float((shares * reached).sum())
        return loss, cost * (softmax(reached) - wanted) + shares

    shares, reached = np.zeros_like(wanted), np.zeros_like(wanted)
    loss, slope = look(shares, reached)
    k_slope = kernel @ slope
    steps: deque[_Step] = deque(maxlen=_MEMORY)
    losses = deque([loss], maxlen=_LAST)
    for _ in range(_ROUNDS):
        direction, k_direction = _direction(slope, k_slope, steps, cost)
        descent = float((slope * k_direction).sum())
        if -descent < _FLAT * loss:
            break
        length = 1.0
        while True:
            ahead, next_reached = shares + length * direction, reached + length * k_direction
            next_loss, next_slope = look(ahead, next_reached)
            if 0.0 <= next_loss <= loss + 1e-4 * length * descent:
                break
            length /= 2
            if length < _SHORTEST:
                return shares  # no way down: what is left of the slope is rounding
        k_next = kernel @ next_slope
        turned, k_turned = next_slope - slope, k_next - k_slope
        moved, k_moved = length * direction, length * k_direction
        curvature = float((moved * k_turned).sum())
        if curvature > _ROUNDING * loss:
            steps.append(_Step(moved, turned, k_moved, k_turned, curvature))
        shares, reached, loss, slope, k_slope = ahead, next_reached, next_loss, next_slope, k_next
        if len(losses) == _LAST and losses[0] - loss < _ENOUGH * loss:
            break
        losses.append(loss)
    return shares


def _direction(
    slope: Floats, k_slope: Floats, steps: deque[_Step], cost: Floats
) -> tuple[Floats, Floats]:
    """Where to go, itself and through the kernel: the two-loop recursion (Nocedal 1980)."""
    if not steps:
        # Downhill as far as the steepest curvature along the slope allows: a chance curves its loss
        # by a quarter of its cost at most.
        height = float((slope * k_slope).sum())
        first = -height / (height + float((cost * k_slope * k_slope).sum()) / 4 + _ROUNDING)
        return slope * np.float32(first), k_slope * np.float32(first)
    pull, k_pull = slope.copy(), k_slope.copy()
    parts: list[float] = []
    for step in reversed(steps):
        part = float((step.k_moved * pull).sum()) / step.curvature
        parts.append(part)
        pull -= part * step.turned
        k_pull -= part * step.k_turned
    last = steps[-1]
    scale = last.curvature / float((last.turned * last.k_turned).sum())
    pull, k_pull = pull * np.float32(scale), k_pull * np.float32(scale)
    for step, part in zip(steps, reversed(parts), strict=True):
        back = part - float((step.k_turned * pull).sum()) / step.curvature
        pull += back * step.moved
        k_pull += back * step.k_moved
    return -pull, -k_pull
