"""A small content tree that is right, to be broken one file at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.content.own_words import SPOKEN

_WRITTEN = ("torn", "reviewed")


def _own_words(key: str, fields: Iterable[str]) -> str:
    blanks = "".join(f"{{{field}}}" for field in sorted(fields))
    return f'{key}: {{en: "Some words: {blanks}.", zh: "一句话：{blanks}。"}}\n'


FILES = {
    "intents/cancellation/cancel_howto.yaml": """\
# yaml-language-server: $schema=../../docs/schemas/intent.json
id: cancel_howto
about: {en: Cancel the card, zh: 注销社保卡}
phrases:
  en:
    - how do I cancel my card
    - cancel card
  zh:
    - 社保卡怎么注销
not_this:
  en:
    - {text: I lost my card, intent: report_loss}
    - {text: cancel my flight, intent: out_of_scope}
""",
    "intents/card_service/report_loss.yaml": """\
id: report_loss
about: {en: Report a loss, zh: 挂失}
phrases:
  en: [I lost my card]
  zh: [卡丢了]
article: social_insurance_law/any
""",
    "intents/meta/hello.yaml": """\
id: hello
answer: greeting
about: {en: Hello, zh: 你好}
phrases: {en: [hello], zh: [你好]}
""",
    "intents/lexicon.yaml": """\
concepts:
  cancel: {kind: action, en: [cancel, close], zh: [注销, 取消]}
  bank_card: {kind: object, foreign: true, refer: bank, en: [bank card], zh: [银行卡]}
""",
    "intents/out_of_scope.yaml": """\
phrases: {en: [close my game account], zh: [游戏账号怎么注销]}
""",
    "knowledge/cancellation/cancel_howto.yaml": """\
id: cancel_howto
title: {en: Cancel the card, zh: 注销社保卡}
lead:
  en: Go to the service window with your ID card.
  zh: 带身份证到社保卡窗口办理。
steps:
  - text: {en: Finish open business., zh: 先办完未结业务。}
    sources: [card_faq]
  - text: {en: Go there., zh: 到窗口办理。}
bring:
  - {en: Your ID card, zh: 本人身份证}
cases:
  - id: proxy
    title: {en: Someone else goes, zh: 他人代办}
    steps:
      - text: {en: Bring both ID cards., zh: 带双方身份证。}
next: [report_loss]
not_to_be_confused: [report_loss]
law: [social_insurance_law/24]
sources: [card_faq]
reviewed: 2026-11-22
review_by: 2027-05-22
""",
    "knowledge/card_service/report_loss.yaml": """\
id: report_loss
title: {en: Report a loss, zh: 挂失}
lead: {en: Call 12333 first., zh: 先拨打12333。}
next: [cancel_howto]
sources: [card_faq]
reviewed: 2026-11-22
review_by: 2027-05-22
""",
    "knowledge/meta/greeting.yaml": """\
id: greeting
title: {en: Hello, zh: 你好}
lead: {en: Ask me about the card., zh: 社保卡的事可以问我。}
reviewed: 2026-11-22
review_by: 2027-05-22
""",
    "knowledge/law/social_insurance_law/act.yaml": """\
id: social_insurance_law
title: {en: Social Insurance Law, zh: 社会保险法}
names: {en: [social insurance law], zh: [社会保险法, 社保法]}
adopted: 2010-10-28
in_force: 2011-07-01
amended: 2018-12-29
source: social_insurance_law_2018
reviewed: 2026-11-22
review_by: 2027-11-22
""",
    "knowledge/law/social_insurance_law/24.yaml": """\
number: 24
topic: {en: Rural medical care, zh: 新农合}
summary: {en: The State runs it., zh: 国家建立和完善。}
quote: {zh: 国家建立和完善新型农村合作医疗制度。, en: The State shall establish it.}
source: social_insurance_law_2018
""",
    "knowledge/sources.yaml": """\
card_faq:
  title: {en: Card FAQ, zh: 社保卡问答}
  publisher: {en: The ministry, zh: 人社部}
  dated: 2024-08-16
  accessed: 2026-11-22
  link: https://www.mohrss.gov.cn/faq
  kind: official
  phones: ["12333"]
social_insurance_law_2018:
  title: {en: Social Insurance Law, zh: 社会保险法}
  publisher: {en: The standing committee, zh: 全国人大常委会}
  accessed: 2026-11-22
  kind: statute
""",
    "knowledge/referrals.yaml": """\
bank:
  name: {en: Your bank, zh: 开户银行}
  advice: {en: Ask its counter., zh: 请到银行柜台咨询。}
  sources: [card_faq]
""",
    "knowledge/phrases.yaml": """\
torn: {en: Which of these., zh: 哪一个？}
reviewed:
  en: Checked on {date}.
  zh: 核对于{date}。
group_cancellation: {en: Cancelling, zh: 注销}
group_card_service: {en: Lost, zh: 挂失}
"""
    + "".join(_own_words(key, fields) for key, fields in SPOKEN.items() if key not in _WRITTEN),
}


@dataclass(frozen=True)
class Tree:
    """A content folder under ``root``."""

    root: Path

    def write(self, file: str, text: str | bytes) -> Path:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def change(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        self.write(file, text.replace(old, new, 1))


def planted(root: Path) -> Tree:
    tree = Tree(root)
    for file, text in FILES.items():
        tree.write(file, text)
    return tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return planted(tmp_path / "content")


@pytest.fixture(scope="module")
def shared_tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """One tree for many examples; what writes into it writes the same file each time."""
    return planted(tmp_path_factory.mktemp("shared"))
