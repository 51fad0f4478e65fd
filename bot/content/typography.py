"""Chinese as the house writes it: 你, 社保卡, full-width punctuation; and no stray spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.content.model import LANGS
from bot.content.problem import Problem, quoted
from bot.content.said import QUOTE, Said

# Characters and the marks between them; “” and ‘’ are English as well, so they prove nothing.
_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\u3001-\u301e\uff01-\uff5e"
_HALF_WIDTH = re.compile(rf"(?<=[{_CHINESE}]) ?[,.?!:;()]|[,.?!:;()](?= ?[{_CHINESE}])")
_FULL_WIDTH = str.maketrans(",.?!:;()", "，。？！：；（）")
_SPACES = re.compile(r" {2,}|^[ \n]+|[ \n]+$| +(?=\n)")
# What a good clerk says instead; a statute keeps its own words.
_RATHER = {"您": "你", "该卡": "社保卡"}


def odd_signs(texts: Iterable[Said]) -> Iterator[Problem]:
    """Warnings: half-width punctuation in Chinese, stray spaces, words of an official letter."""
    for text in texts:
        for word, better in _RATHER.items() if text.key != QUOTE else ():
            if word in text.zh:
                yield text.problem("zh", f"{quoted(word)} is stiff", f"write {better}")
        for found in _HALF_WIDTH.finditer(text.zh):
            sign = found[0].strip()
            context = text.zh[max(0, found.start() - 4) : found.end() + 4]
            what = f"half-width {quoted(sign)} beside Chinese, in {quoted(context)}"
            yield text.problem("zh", what, f"write {sign.translate(_FULL_WIDTH)}")
        for lang in LANGS:
            if stray := _SPACES.search(text.in_(lang)):
                near = text.in_(lang)[max(0, stray.start() - 12) : stray.end() + 12]
                what = f"stray spaces near {quoted(near)}"
                yield text.problem(lang, what, "write one space between words and none at the ends")
