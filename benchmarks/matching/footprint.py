"""How much memory a fitted matcher needs to judge: run in a process of its own.

    python -m benchmarks.matching.footprint KIND FILE

KIND: ``model``, a pickled model of a peer; ``intents``, a pickled IntentSet that ``bot.cache`` has
fitted in FILE's folder; ``content``, the project's content in FILE, fitted in the same place.
Prints one number, megabytes at the peak.
"""

from __future__ import annotations

import pickle
import resource
import sys
from pathlib import Path
from typing import Any

MESSAGES = "messages.txt"


def peak_mb() -> float:
    """The most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # ru_maxrss of a started process begins at its parent's peak (getrusage(2) keeps it over
        # exec), which would charge the benchmark's own arrays to the matcher; VmHWM does not.
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak_kb / 1024 / (1024 if sys.platform == "darwin" else 1)


def main(kind: str, file: Path) -> float:
    """Loads what ``file`` holds, judges every message, and says what it took."""
    messages = (file.parent / MESSAGES).read_text(encoding="utf-8").splitlines()
    judge = _model(file) if kind == "model" else _ours(kind, file)
    for text in messages:
        judge(text)
    return peak_mb()


def _model(file: Path) -> Any:
    return pickle.loads(file.read_bytes()).guess  # noqa: S301 - written by weight.py


def _ours(kind: str, file: Path) -> Any:
    from bot.cache import fitted
    from bot.matching.matcher import Matcher

    if kind == "content":
        from bot.content.load import load

        library = load(Path(file.read_text(encoding="utf-8")))
        acts = {name: [*act.names.en, *act.names.zh] for name, act in library.acts.items()}
        intents = library.intent_set
    else:
        intents, acts = pickle.loads(file.read_bytes()), {}  # noqa: S301 - by weight.py
    return Matcher(intents, fitted(intents, file.parent / "fitted", _refuse), acts).judge


def _refuse(_stage: str, _done: int, _total: int) -> None:
    raise RuntimeError("the cache was not used: bot/matching changed while it was measured")


if __name__ == "__main__":
    print(main(sys.argv[1], Path(sys.argv[2])))
