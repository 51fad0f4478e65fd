"""Which concepts stand in a message, whatever words they came in."""

from __future__ import annotations

import pytest

from bot.content.model import Concept, Lexicon
from bot.matching.concepts import ConceptFinder
from bot.matching.pinyin import Syllables
from bot.matching.tokens import sounds, words_of

LEXICON = Lexicon(
    concepts={
        "cancel": Concept(kind="action", en=("cancel", "write off"), zh=("注销", "销卡")),
        "lose": Concept(kind="situation", en=("lost",), zh=("丢了",)),
        "card": Concept(kind="object", en=("social security card", "card"), zh=("社保卡",)),
        "bank_card": Concept(
            kind="object", foreign=True, refer="bank", en=("bank card",), zh=("银行卡",)
        ),
        "visa": Concept(kind="object", foreign=True, en=("visa",), zh=("签证",)),
        "negation": Concept(kind="aspect", en=("not", "never"), zh=("不", "没")),
    }
)


@pytest.fixture(scope="module")
def find(syllables: Syllables) -> ConceptFinder:
    return ConceptFinder(LEXICON, syllables.of)


def names(finder: ConceptFinder, text: str, syllables: Syllables) -> list[str]:
    tokens = sounds(words_of(text), syllables.of, syllables.cut, set())
    return [("not " if hit.negated else "") + hit.concept for hit in finder.find(tokens)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("how to cancel my social security card", ["cancel", "card"]),
        ("cancelling cards", ["cancel", "card"]),
        ("write off the card", ["cancel", "card"]),
        ("my bank card is lost", ["bank_card", "lose"]),  # the longest, not card
        ("社保卡注销", ["card", "cancel"]),
        ("我的社保卡丢了", ["card", "lose"]),
        ("银行卡", ["bank_card"]),
        ("什么", []),
        ("", []),
    ],
)
def test_the_longest_words_of_a_concept_are_found(
    text: str, found: list[str], find: ConceptFinder, syllables: Syllables
) -> None:
    assert names(find, text, syllables) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("设保卡", ["card"]),  # three characters may all be homophones
        ("社宝咔", ["card"]),
        ("注消", ["cancel"]),  # two share one at least
        ("住校", []),  # zhuxiao as well, and something else
        ("shebaoka zhuxiao", ["card", "cancel"]),
        ("she bao ka zhu xiao", ["card", "cancel"]),
    ],
)
def test_homophones_and_pinyin_are_heard(
    text: str, found: list[str], find: ConceptFinder, syllables: Syllables
) -> None:
    assert names(find, text, syllables) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("do not cancel the card", ["not cancel", "card"]),
        ("不注销", ["not cancel"]),
        ("不想注销社保卡", ["not cancel", "card"]),
        ("not that i would ever really want to cancel", ["cancel"]),  # too far away
        ("cancel, not lost", ["cancel", "lose"]),  # it turns actions only
        ("没有社保卡", ["card"]),
    ],
)
def test_a_negation_turns_the_action_behind_it(
    text: str, found: list[str], find: ConceptFinder, syllables: Syllables
) -> None:
    assert names(find, text, syllables) == found


def test_whose_thing_it_is_comes_with_it(find: ConceptFinder, syllables: Syllables) -> None:
    def seen(text: str) -> tuple[bool, tuple[bool, str | None]]:
        hits = find.find(sounds(words_of(text), syllables.of, syllables.cut, set()))
        return find.ours(hits), find.foreign(hits)

    assert seen("cancel my bank card") == (False, (True, "bank"))
    assert seen("visa") == (False, (True, None))
    assert seen("cancel my card") == (True, (False, None))
    assert seen("the bank card on my social security card") == (True, (True, "bank"))
    assert seen("cancel") == (False, (False, None))
