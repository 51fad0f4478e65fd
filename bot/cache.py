"""The fitted matcher on disk, so that only the first start after a change has to fit.

A cache file is keyed by what was fitted (the content's digest) and by what fitted it (the matching
code itself), holds plain arrays, never pickles, and is refitted whenever anything about it is odd.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

import numpy as np

import bot.matching
from bot.content.library import IntentSet
from bot.matching.fit import Progress, fit, quiet
from bot.matching.fitted import Fitted


def fitted(intents: IntentSet, folder: Path, progress: Progress = quiet) -> Fitted:
    """The fitted matcher of ``intents``, from ``folder`` when it has it, else fitted and kept."""
    path = folder / f"{_key(intents)}.npz"
    known = _read(path, intents)
    if known is not None:
        return known
    fresh = fit(intents, progress)
    # A folder that cannot be written costs the next start its time, never this one its answer.
    with contextlib.suppress(OSError):
        _write(path, fresh)
    return fresh


def _key(intents: IntentSet) -> str:
    code = hashlib.sha256(intents.digest.encode())
    for source in sorted(Path(bot.matching.__file__).parent.glob("*.py")):
        code.update(source.read_bytes())
    return code.hexdigest()[:32]


def _read(path: Path, intents: IntentSet) -> Fitted | None:
    try:
        # opened here: of a broken file numpy would leave its own handle open
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            known = Fitted.from_arrays({name: arrays[name] for name in arrays.files})
    except Exception:  # whatever a broken file makes numpy raise, the remedy is the same
        return None
    ours = set(known.classes) <= {*intents.intents, "out_of_scope"}
    return known if ours and known.classes else None


def _write(path: Path, fresh: Fitted) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **fresh.to_arrays())  # type: ignore[arg-type]
        Path(name).replace(path)  # whole or not at all, also when two starts write at once
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for old in sorted(path.parent.glob("*.npz"), key=lambda file: file.stat().st_mtime)[:-_KEPT]:
        old.unlink(missing_ok=True)


_KEPT = 8  # content folders in use at once; older fits are rubbish
