"""What is asked again and again is judged once; what one person typed once leaves a number only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

MOST = 512  # a verdict has every intent's score: 15 KB
SEEN = 8192  # texts that came once: half an hour of a busy desk
LONGEST = 60  # characters; hardly two people write the same long message

T = TypeVar("T")


class Remembered(Generic[T]):
    """Values by text, from the second time on that the text comes; nothing outlives the process.

    Of the first time only ``hash(text)`` is kept, which Python keys anew for each process: nobody's
    words lie in memory because they were said. The longest unused is forgotten first.
    """

    def __init__(self) -> None:
        self._values: OrderedDict[str, T] = OrderedDict()
        self._seen: OrderedDict[int, None] = OrderedDict()

    def value(self, text: str, make: Callable[[str], T]) -> T:
        """What ``make`` gives for the text, now or earlier."""
        if text in self._values:
            self._values.move_to_end(text)
            return self._values[text]
        value = make(text)
        if len(text) <= LONGEST:
            self._came(text, value)
        return value

    def _came(self, text: str, value: T) -> None:
        if hash(text) in self._seen:
            self._values[text] = value
            if len(self._values) > MOST:
                self._values.popitem(last=False)
        else:
            self._seen[hash(text)] = None
            if len(self._seen) > SEEN:
                self._seen.popitem(last=False)
