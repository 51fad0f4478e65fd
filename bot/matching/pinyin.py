"""How Chinese sounds: a syllable for each character, and pinyin typed in Latin letters."""

from __future__ import annotations

from functools import lru_cache

# Mandarin's onsets and rimes, for cutting "shebaoka" into she-bao-ka.
_LONGEST = 6  # zhuang, chuang, shuang
_REMEMBERED = 8192  # words; the same few thousand come again and again


class Syllables:
    """A table of syllables; ``of`` gives a character's, ``cut`` divides a Latin word into them."""

    def __init__(self, table: dict[str, str]) -> None:
        self._table = table
        self._known = frozenset(table.values())
        self.cut = lru_cache(maxsize=_REMEMBERED)(self._cut)

    def of(self, char: str) -> str:
        """The toneless syllable of ``char``, or the character itself where it has none."""
        return self._table.get(char, char)

    def _cut(self, word: str) -> tuple[str, ...]:
        """``word`` as pinyin syllables, or nothing if it is not pinyin through and through.

        The fewest syllables win, as people type them: ``xian`` is one, ``shebaoka`` three.
        """
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - _LONGEST), end):
                before = best[start]
                if before is None or word[start:end] not in self._known:
                    continue
                found = best[end]
                if found is None or len(before) + 1 < len(found):
                    best[end] = [*before, word[start:end]]
        return tuple(best[-1] or ())


def syllable_table() -> dict[str, str]:
    """Each character's syllable after pypinyin: toneless, first reading, ``ü`` written ``v``."""
    # Here, not above: it takes 200 ms and 50 MB, and a fitted matcher carries the table with it.
    from pypinyin import Style, pinyin_dict
    from pypinyin.style import convert

    return {
        chr(code): convert(readings.split(",")[0], Style.NORMAL, strict=False).replace("ü", "v")
        for code, readings in pinyin_dict.pinyin_dict.items()
        if 0x3400 <= code <= 0x9FFF
    }
