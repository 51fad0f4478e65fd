"""Which place a message names, and that its rules are told there and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.content.library import Library
from bot.content.model import LANGS, Lang
from bot.dialogue.actions import AskPlace, SetPlace, Show, pack
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.places import Gazetteer, Heard, holding, knowing, topics
from bot.dialogue.turn import Heading, Incoming, Listing, Note, Paragraph, Session, Sources
from bot.matching.matcher import Matcher
from tests.dialogue.talking import TODAY, Talk, labels_of, taps, words_of


@pytest.fixture(scope="module")
def gazetteer(library: Library) -> Gazetteer:
    return Gazetteer(library.regions)


def heard(gazetteer: Gazetteer, matcher: Matcher, text: str, *, asked: bool = False) -> Heard:
    return gazetteer.heard(matcher.judge(text), asked=asked)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("in Guangzhou", "guangzhou"),
        ("GUANGZHOU?", "guangzhou"),
        ("Ｇｕａｎｇｚｈｏｕ", "guangzhou"),
        ("guangzhou's rules", "guangzhou"),
        ("my canton card", "guangzhou"),
        ("在Zhuhai怎么办", "zhuhai"),
        ("廣州", "guangzhou"),
        ("来穗务工", "guangzhou"),
        ("广州银行卡", "guangzhou"),
        ("上海市社保卡", "shanghai"),
        ("广东省广州市天河区", "guangzhou"),  # the smaller one
        ("京津冀", "beijing_tianjin_hebei"),
        ("the Yangtze River Delta", "yangtze_delta"),
        ("人不在广州，卡是珠海的", "zhuhai"),
        ("广州北京路的银行", "guangzhou"),  # a street
    ],
)
def test_a_name_is_found_in_either_language_script_and_width(
    gazetteer: Gazetteer, matcher: Matcher, text: str, place: str
) -> None:
    assert heard(gazetteer, matcher, text).place == place


@pytest.mark.parametrize(
    "text",
    [
        "cantonese",  # longer words
        "shaanxification",
        "南京东路",
        "麦穗",
        "中山路",
        "中山大学",
        "Beijing Road",
        "我不在珠海",
        "I'm not in Zhuhai",
        "card",
        "",
    ],
)
def test_what_only_looks_like_a_name_is_none(
    gazetteer: Gazetteer, matcher: Matcher, text: str
) -> None:
    assert heard(gazetteer, matcher, text).place is None


@pytest.mark.parametrize("text", ["从广州到上海", "Zhuhai or Guangzhou?", "上海、北京"])
def test_two_places_are_named_and_none_is_taken(
    gazetteer: Gazetteer, matcher: Matcher, text: str
) -> None:
    assert heard(gazetteer, matcher, text) == Heard(None, named=True)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "珠海",
            "珠海。",
            "我在珠海",
            "那珠海呢",
            "我们住在珠海市",
            "卡是珠海的",
            "如果在珠海的话",
        ),
        *(
            "Zhuhai",
            "I'm in Zhuhai",
            "I live in Zhuhai now.",
            "and in Zhuhai?",
            "what about Zhuhai",
        ),
    ],
)
def test_who_only_says_where_they_are_asks_nothing(
    gazetteer: Gazetteer, matcher: Matcher, text: str
) -> None:
    found = heard(gazetteer, matcher, text)
    assert (found.place, found.bare) == ("zhuhai", True)


@pytest.mark.parametrize("text", ["珠海社保卡", "珠海怎么办", "Zhuhai card cancel", "珠海要多久"])
def test_who_says_more_asks(gazetteer: Gazetteer, matcher: Matcher, text: str) -> None:
    found = heard(gazetteer, matcher, text)
    assert (found.place, found.bare) == ("zhuhai", False)


@pytest.mark.parametrize(
    ("text", "bare"), [("我在成都", True), ("Chengdu", True), ("成都社保卡怎么注销", False)]
)
def test_a_place_that_only_the_lexicon_knows_is_unknown(
    gazetteer: Gazetteer, matcher: Matcher, text: str, bare: bool
) -> None:
    found = heard(gazetteer, matcher, text)
    assert (found.place, found.unknown, found.bare) == (None, True, bare)


def test_what_nobody_knows_is_a_place_where_a_place_was_asked_for(
    gazetteer: Gazetteer, matcher: Matcher
) -> None:
    assert heard(gazetteer, matcher, "梅州", asked=True).unknown
    assert not heard(gazetteer, matcher, "梅州").named
    assert not heard(gazetteer, matcher, "社保卡丢了怎么办", asked=True).named
    assert not heard(gazetteer, matcher, "谢谢", asked=True).named


def test_a_content_without_places_hears_none(matcher: Matcher) -> None:
    assert not heard(Gazetteer({}), matcher, "广州社保卡").place


def test_the_rules_around_a_place_come_after_its_own(library: Library) -> None:
    held = holding(library, "guangzhou", "cancel_howto")
    assert [one.region.id for one in held] == ["guangzhou", "guangdong"]
    assert holding(library, None, "cancel_howto") == ()
    assert holding(library, "gone", "cancel_howto") == ()
    assert topics(library, "zhongshan") == topics(library, "guangdong")


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_is_told_after_the_lead_with_its_sources_and_nowhere_else(
    dialogue: Dialogue, library: Library, lang: Lang
) -> None:
    for place, region in library.regions.items():
        for intent in library.intent_set.intents:
            reply = Talk(dialogue, Session(lang, place=place)).turn(taps(pack(Show(intent))))
            rules = [rule for one in holding(library, place, intent) for rule in one.rules]
            shown = [
                item for block in reply.blocks if isinstance(block, Listing) for item in block.items
            ]
            told = {rule.text.in_(lang) for one in library.regions.values() for rule in one.rules}
            assert told & set(shown) == {rule.text.in_(lang) for rule in rules}
            if not rules:
                continue
            heading, lead, local = reply.blocks[:3]
            assert isinstance(heading, Heading)
            assert isinstance(lead, Paragraph)
            assert isinstance(local, Listing)
            titles = {library.regions[name].name.in_(lang) for name in library.regions}
            assert any(title in local.title for title in titles)
            cited = next(block for block in reply.blocks if isinstance(block, Sources))
            lines = "\n".join(line.text for line in cited.lines)
            for source in {source for rule in rules for source in rule.sources}:
                assert library.sources[source].title.in_(lang) in lines, (region.id, intent)


def test_without_a_place_there_is_a_button_where_and_only_where_places_differ(
    dialogue: Dialogue, library: Library
) -> None:
    label = library.phrases["place_ask"].en
    for intent in library.intent_set.intents:
        reply = Talk(dialogue).turn(taps(pack(Show(intent))))
        assert (label in labels_of(reply)) is bool(knowing(library, intent)), intent
        placed = Talk(dialogue, Session(place="wuhu")).turn(taps(pack(Show(intent))))
        assert label not in labels_of(placed)


def test_the_choice_has_just_the_places_that_know_more(
    dialogue: Dialogue, library: Library
) -> None:
    for intent in library.intent_set.intents:
        known = knowing(library, intent)
        if known:
            reply = Talk(dialogue).turn(taps(pack(AskPlace(intent))))
            actions = [button.action for button in reply.buttons]
            assert actions == [*(pack(SetPlace(place)) for place in known), "elsewhere"]


def test_an_answer_is_as_old_as_the_oldest_of_its_parts(library: Library, matcher: Matcher) -> None:
    answer = library.answers["cancel_howto"]
    old = library.regions["wuhu"].model_copy(
        update={"reviewed": date(2020, 1, 1), "review_by": date(2020, 7, 1)}
    )
    rules = tuple(rule.model_copy(update={"intents": ("cancel_howto",)}) for rule in old.rules)
    regions = {"wuhu": old.model_copy(update={"rules": rules})}
    aged = Dialogue(replace(library, regions=regions), matcher)
    here = Incoming("", answer.reviewed, action=pack(Show("cancel_howto")))
    note = Talk(aged, Session(place="wuhu")).turn(here).blocks[-1]
    assert note == Note(library.phrases["overdue"].en.format(date="2020-01-01"))
    elsewhere = Talk(aged).turn(here).blocks[-1]
    assert elsewhere == Note(library.phrases["reviewed"].en.format(date=answer.reviewed))


def test_every_place_that_can_be_set_can_be_typed_by_its_label(
    dialogue: Dialogue, library: Library
) -> None:
    for lang in LANGS:
        for place, region in library.regions.items():
            talk = Talk(dialogue, Session(lang, lang_chosen=True))
            talk.say(f"/place {region.name.in_(lang)}")
            assert talk.session.place == place


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("社保卡怎么注销？我在广东珠海", "cancel_howto"),
        ("珠海社保卡丢了怎么办", "report_loss"),
        ("How do I cancel my social security card in Chengdu?", "cancel_howto"),
        ("I lost my social security card in Guangzhou", "report_loss"),
    ],
)
def test_a_name_makes_no_clear_question_unclear(dialogue: Dialogue, text: str, intent: str) -> None:
    reply = Talk(dialogue).say(text)
    assert (reply.outcome, reply.intent) == ("answered", intent)


def test_a_remark_on_a_place_is_no_miss(dialogue: Dialogue) -> None:
    talk = Talk(dialogue, Session(misses=1))
    assert "12393" not in words_of(talk.turn(Incoming("我在珠海", TODAY)))
    assert talk.session.misses == 1
