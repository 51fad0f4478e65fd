"""nlp.js in a process of its own, spoken to in lines of JSON."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.matching.datasets import Said
from benchmarks.matching.peers.model import Guess, Model, Peer
from bot.matching.normalise import has_han

FOLDER = Path(__file__).parents[1] / "nlpjs"
MODULES = FOLDER / "node_modules"


def missing() -> str | None:
    """Why nlp.js cannot be measured here, None when it can."""
    if not shutil.which("node"):
        return "Node.js is not installed"
    if not (MODULES / "@nlpjs" / "nlp").is_dir():
        return "run `npm ci` in benchmarks/matching/nlpjs"
    return None


def version() -> str:
    """The version of nlp.js that is installed."""
    return str(json.loads((MODULES / "@nlpjs/nlp/package.json").read_text("utf-8"))["version"])


class NlpJs(Model):
    """A trained nlp.js. ``took_ns`` is what it spent on the last message, without the pipe.

    It is told each message's language, which it would otherwise guess.
    """

    def __init__(self, phrases: Sequence[Said]) -> None:
        self._process = subprocess.Popen(
            ["node", "matcher.js"],
            cwd=FOLDER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._default = "zh" if {one.lang for one in phrases} == {"zh"} else "en"
        self.took_ns = 0
        self._call({"fit": [list(one) for one in phrases]})

    def _call(self, asked: dict[str, Any]) -> dict[str, Any]:
        pipe_in, pipe_out = self._process.stdin, self._process.stdout
        assert pipe_in is not None
        assert pipe_out is not None
        pipe_in.write(json.dumps(asked) + "\n")
        pipe_in.flush()
        line = pipe_out.readline()
        if not line:
            raise RuntimeError("nlp.js has ended; its error stands above")
        return dict(json.loads(line))

    def guess(self, text: str) -> Guess:
        answer = self._call({"text": text, "lang": "zh" if has_han(text) else self._default})
        self.took_ns = int(answer["ns"])
        return Guess(answer["intent"], float(answer["score"]))

    def peak_mb(self) -> float:
        """The most memory that its process has held, in megabytes."""
        return float(self._call({"memory": True})["peak_kb"]) / 1024

    def close(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(timeout=30)
        if self._process.stdout:
            self._process.stdout.close()


NLPJS = Peer("nlp.js", NlpJs, (), 15_000)
