"""The peers that are installed here, and why the others are not measured."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from benchmarks.matching.peers import fuzzy, nlpjs
from benchmarks.matching.peers.model import Peer
from benchmarks.matching.peers.ours import OURS

_INSTALL = "install requirements-bench.txt"


@dataclass(frozen=True, slots=True)
class Listing:
    """``chinese``: peers for Chinese data only; ``left_out``: names and why."""

    peers: tuple[Peer, ...]
    chinese: tuple[Peer, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def all(self) -> tuple[Peer, ...]:
        """Every peer that is measured somewhere."""
        return (*self.peers, *self.chinese)


def listing() -> Listing:
    """This matcher and the peers, weakest first; a peer that is not installed is left out."""
    peers: list[Peer] = [*fuzzy.PEERS]
    chinese: list[Peer] = []
    left_out: list[tuple[str, str]] = []
    if find_spec("bm25s"):
        peers += import_module("benchmarks.matching.peers.bm25").PEERS
    else:
        left_out.append(("BM25", f"bm25s is not installed; {_INSTALL}"))
    if reason := nlpjs.missing():
        left_out.append((nlpjs.NLPJS.name, reason))
    else:
        peers.append(nlpjs.NLPJS)
    if find_spec("sklearn"):
        linear = import_module("benchmarks.matching.peers.linear")
        peers += linear.PEERS
        chinese.append(linear.WITHOUT_PINYIN)
    else:
        left_out.append(("LinearSVC", f"scikit-learn is not installed; {_INSTALL}"))
        left_out.append(("logistic regression", f"scikit-learn is not installed; {_INSTALL}"))
    return Listing((*peers, OURS), tuple(chinese), tuple(left_out))
