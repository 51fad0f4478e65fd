"""Data sets of a few made-up phrases, in the layout of the real ones."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

_EN_VERBS = ("show me", "i want to see", "please find", "where is", "tell me about")
_EN_ENDS = ("", " today", " please", " right now")
_EN_THINGS = {
    "weather": "the weather",
    "balance": "my balance",
    "music": "some music",
    "route": "the way home",
    "card": "my new card",
    "alarm": "the alarm clock",
}
_ZH_VERBS = ("我想看", "帮我找", "请问在哪里看", "告诉我", "我要查")
_ZH_ENDS = ("", "吧", "现在", "谢谢")
_ZH_THINGS = {
    "weather": "天气预报",
    "balance": "账户余额",
    "music": "流行音乐",
    "route": "回家路线",
    "card": "新的银行卡",
    "alarm": "早上的闹钟",
}
_ASKED = [
    {"text": "how do I cancel the card", "lang": "en", "intent": "cancel_howto"},
    {"text": "sing a song", "lang": "en", "intent": "out_of_scope"},
    {"text": "社保卡怎么销掉", "lang": "zh", "intent": "cancel_howto"},
    {"text": "明天下雨吗", "lang": "zh", "intent": "out_of_scope"},
]


def write(folder: Path) -> Path:
    """Writes all of them into ``folder`` and gives it back."""
    english = _said(_EN_VERBS, _EN_THINGS, _EN_ENDS, " ")
    chinese = _said(_ZH_VERBS, _ZH_THINGS, _ZH_ENDS, "")
    for name, said in (("clinc150", english), ("banking77", english), ("smpoos", chinese)):
        train = [one for i, one in enumerate(said) if i % 4]
        test = said[::4]
        _dump(folder / name / "train.jsonl", train)
        _dump(folder / name / "test.jsonl", test)
        if name != "banking77":
            _dump(folder / name / "valid.jsonl", test[::2])
            strangers = ("why is the sea salty", "translate this poem", "大海为什么是咸的")
            rows = [{"text": text, "intent": "oos"} for text in strangers]
            _dump(folder / name / "oos_test.jsonl", rows)
    _dump(folder / "asked.jsonl", _ASKED)
    return folder


def _said(
    verbs: tuple[str, ...], things: dict[str, str], ends: tuple[str, ...], space: str
) -> list[dict[str, str]]:
    return [
        {"text": f"{verb}{space}{thing}{end}", "intent": intent}
        for intent, thing in things.items()
        for verb, end in product(verbs, ends)
    ]


def _dump(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
