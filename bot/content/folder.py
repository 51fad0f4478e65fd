"""A folder's YAML files and their bytes; whatever else lies in it is a problem."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from bot.content.problem import Problem
from bot.content.typed import LARGEST_BYTES

_ALLOW = "give everybody the right to read it"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A YAML file: ``file`` is its name in problems, ``parts`` its path within the folder.

    ``data`` is None where it could not be read, which is then among the problems.
    """

    file: str
    parts: tuple[str, ...]
    data: bytes | None

    @property
    def stem(self) -> str:
        """The file's name without .yaml."""
        return self.parts[-1].removesuffix(".yaml")


def gather(folder: Path, root: Path) -> tuple[list[Leaf], list[Problem]]:
    """Every YAML file under ``folder`` by path, and what should not be there.

    Files are named from ``folder``'s own name on; a link must not lead out of ``root``. Hidden
    files and README.md are left alone.
    """
    if not folder.is_dir():
        what = f"the folder is missing in {_shown(str(folder.parent))}"
        return [], [Problem(_shown(folder.name), 1, what, "make it, or name the right place")]
    leaves: list[Leaf] = []
    problems: list[Problem] = []
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        inside = waiting.pop()
        try:
            names = sorted(path.name for path in folder.joinpath(*inside).iterdir())
        except OSError as error:
            what = f"the folder cannot be read ({_why(error)})"
            problems.append(Problem(_shown(folder.name, *inside), 1, what, _ALLOW))
            continue
        for name in names:
            if name.startswith(".") or name == "README.md":
                continue
            parts = (*inside, name)
            file = _shown(folder.name, *parts)
            found = _look(folder.joinpath(*parts), file, root)
            if found == "folder":
                waiting.append(parts)
                continue
            if isinstance(found, Problem):
                problems.append(found)
            # An unreadable file's id is known all the same: what names it is not wrong as well.
            if name.endswith(".yaml"):
                data = found if isinstance(found, bytes) else None
                leaves.append(Leaf(file, parts, data))
    return sorted(leaves, key=lambda leaf: leaf.parts), problems


def digest(leaves: list[Leaf]) -> str:
    """The SHA-256 of the files' paths and bytes, in hexadecimal."""
    whole = sha256()
    for leaf in leaves:
        data = leaf.data or b""
        whole.update(f"{'/'.join(leaf.parts)}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        whole.update(data)
    return whole.hexdigest()


def _look(path: Path, file: str, root: Path) -> bytes | Problem | Literal["folder"]:
    """The file's bytes, or what is wrong with it, or that it is a folder."""
    try:
        if path.is_symlink() and not _within(path, root):
            return Problem(file, 1, "a link out of the content", "put the file itself here")
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            # Links to folders can go round in circles.
            what, mend = "a link to a folder", "put the folder itself here"
            return Problem(file, 1, what, mend) if path.is_symlink() else "folder"
        if path.suffix != ".yaml":
            return _misnamed(path, file)
        if not stat.S_ISREG(mode):  # opening a pipe would wait for ever
            return Problem(file, 1, "neither a file nor a folder", "take it out of this folder")
        with path.open("rb") as opened:
            return opened.read(LARGEST_BYTES + 1)
    except OSError as error:
        return Problem(file, 1, f"the file cannot be read ({_why(error)})", _ALLOW)


def _misnamed(path: Path, file: str) -> Problem:
    mend = f"rename it to {_shown(path.stem)}.yaml"
    if path.suffix.lower() in {".yml", ".yaml"}:
        return Problem(file, 1, f"a name that ends with {path.suffix} is not read", mend)
    return Problem(file, 1, "not a YAML file", f"move it out of this folder, or {mend}")


def _within(path: Path, root: Path) -> bool:
    # Not Path.resolve: it raises RuntimeError where links go round in circles.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _why(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()


def _shown(*parts: str) -> str:
    # A name that is not UTF-8 cannot be printed, and one with a line break should not be.
    return "".join(c if c.isprintable() else "?" for c in "/".join(parts))
