"""What a matcher takes: memory when it judges, room when it is installed, time to fit."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from benchmarks.matching.datasets import few, intent_set
from benchmarks.matching.footprint import MESSAGES
from benchmarks.matching.peers.model import Peer
from benchmarks.matching.peers.nlpjs import MODULES, NLPJS, NlpJs
from benchmarks.matching.peers.ours import NAME, OURS
from benchmarks.matching.plan import Job, Row, Setting
from benchmarks.matching.project import Project
from bot.cache import fitted

SECTION = "weight"
_DATA = "clinc150"
_ASKED = 1000  # messages


def jobs(setting: Setting, project: Project) -> Iterator[Job]:
    """Each matcher on the same phrases, then this one with the project's content."""
    for peer in setting.listing.peers:
        yield Job(SECTION, peer.name, partial(measure, setting, peer))
    if not setting.smoke:  # fitting all of the content takes half a minute
        yield Job(SECTION, "the project's content", partial(whole_content, setting, project))


def measure(setting: Setting, peer: Peer) -> list[Row]:
    """Peak memory on few10 of CLINC150, and the size of what must be installed."""
    data = setting.named(_DATA)
    phrases = few(data.train, 0)
    folder = _folder(setting, peer.name, [one.text for one in data.test[:_ASKED]])
    start = time.perf_counter()
    if peer.name == NAME:
        intents = intent_set(phrases)
        fitted(intents, folder / "fitted")
        (folder / "intents").write_bytes(pickle.dumps(intents))
        peak = _peak("intents", folder / "intents")
    else:
        model = peer.fit(phrases)
        if isinstance(model, NlpJs):
            model.guess_all([one.text for one in data.test[:_ASKED]])
            peak = model.peak_mb()  # with its training: nothing is loaded before it
        else:
            (folder / "model").write_bytes(pickle.dumps(model))
            peak = _peak("model", folder / "model")
        model.close()
    return [
        {
            "matcher": peer.name,
            "phrases": len(phrases),
            "peak_mb": peak,
            "installed_mb": installed_mb(peer),
            "total_s": time.perf_counter() - start,
        }
    ]


def whole_content(setting: Setting, project: Project) -> list[Row]:
    """Peak memory as the bot runs: content read from YAML, matcher from the cache."""
    questions = [q.text for name in project.lists for q in project.questions(name)]
    asked = (questions * (_ASKED // max(1, len(questions)) + 1))[:_ASKED]
    folder = _folder(setting, "content", [" ".join(text.split()) for text in asked])
    fitted(project.library.intent_set, folder / "fitted")
    (folder / "content").write_text(str(project.content.resolve()), encoding="utf-8")
    peak = _peak("content", folder / "content")
    return [
        {
            "matcher": f"{NAME}, with the project's content",
            "phrases": len(project.phrases),
            "peak_mb": peak,
            "installed_mb": installed_mb(OURS),
        }
    ]


def _folder(setting: Setting, name: str, messages: Sequence[str]) -> Path:
    folder = setting.work / re.sub(r"\W+", "_", name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MESSAGES).write_text("\n".join(messages), encoding="utf-8")
    return folder


def _peak(kind: str, file: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.matching.footprint", kind, str(file)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout)


def installed_mb(peer: Peer) -> float:
    """The size on disk of what ``peer`` needs, and of what that needs, without the language."""
    if peer is NLPJS:
        return sum(file.stat().st_size for file in MODULES.rglob("*") if file.is_file()) / 1e6
    return sum(_own_bytes(name) for name in closure(peer.needs)) / 1e6


def closure(names: Sequence[str]) -> set[str]:
    """Distributions and all that they require here, extras left out."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        try:
            required = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # for another system or another Python
        if name in found:
            continue
        found.add(name)
        waiting += [re.split(r"[^\w.-]", one)[0] for one in required if "extra ==" not in one]
    return found


def _own_bytes(name: str) -> int:
    files = distribution(name).files or []
    paths = [Path(str(file.locate())) for file in files if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in paths if path.exists())
