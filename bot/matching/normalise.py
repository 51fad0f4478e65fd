"""One spelling for what is the same: width, case, script, space."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# zero-width characters, variation selectors, soft hyphens, byte order marks: typed, never seen
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_SPACE = re.compile(r"\s+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")

# Longer than anything one types by hand about one thing; keeps a pasted page at about 20 ms.
# Chinese says as much in a character as English in two letters or three, and costs as much.
MAX_CHARS, MAX_HAN = 1000, 400

END = " ?!.,。！？，…~"  # what may end an utterance without changing it


@lru_cache(maxsize=1)
def _to_simplified():  # type: ignore[no-untyped-def]
    from opencc import OpenCC  # 30 ms and 2 MB that English-only talks never pay

    return OpenCC("t2s").convert


def has_han(text: str) -> bool:
    """Whether any Chinese character stands in ``text``."""
    return _HAN.search(text) is not None


def simplified(text: str) -> str:
    """``text`` with traditional characters turned into simplified ones."""
    return str(_to_simplified()(text)) if has_han(text) else text


def normalise(text: str) -> str:
    """``text`` in NFKC, case-folded, simplified script, single spaces, nothing invisible.

    A text longer than ``MAX_CHARS``, in Chinese ``MAX_HAN``, keeps its beginning and its end, where
    the questions are.
    """
    # half a surrogate pair is no character; what comes from a broken pipe may have one
    text = _cut(text).encode("utf-8", "ignore").decode()
    text = _cut(unicodedata.normalize("NFKC", text))  # which spells a sign out in up to 18 letters
    text = _INVISIBLE.sub("", text).translate(_APOSTROPHES).casefold()
    return simplified(_SPACE.sub(" ", text).strip())


def too_long(text: str) -> bool:
    """Whether the middle of ``text`` would not be read."""
    return len(text) > _most(text)


def _most(text: str) -> int:
    return MAX_HAN if len(text) > MAX_HAN and has_han(text) else MAX_CHARS


def _cut(text: str) -> str:
    most = _most(text)
    return text if len(text) <= most else text[: most // 2] + " " + text[-most // 2 :]
