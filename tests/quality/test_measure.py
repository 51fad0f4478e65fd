"""The figures count what their names say."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from bot.content.library import IntentSet, Library
from bot.matching.matcher import Matcher, Verdict
from bot.matching.outcome import Candidate, Lost, Match, Reason, Sure, Torn
from bot.matching.reading import Reading
from bot.matching.tokens import Tokens
from bot.quality.explain import explained, told
from bot.quality.measure import Figures, Measured, measure
from bot.quality.questions import Question, QuestionsError, read_questions
from bot.quality.report import report, report_object

GROUPS = {"cancel": "cancelling", "lose": "losing", "enrol": "enrolment"}
A, B, C = Candidate("cancel", 0.9), Candidate("lose", 0.5), Candidate("enrol", 0.2)
VERDICTS: dict[str, tuple[Match, tuple[Candidate, ...]]] = {
    "sure": (Sure(A, 0.4), (A, B, C)),
    "torn": (Torn((A, B)), (A, B, C)),
    "lost": (Lost(Reason.UNLIKE, A), (A, B, C)),
    "nothing": (Lost(Reason.EMPTY), ()),
}


def judge(text: str) -> Verdict:
    match, ranked = VERDICTS[text]
    return Verdict(match, ranked, 0.5, Reading(text, Tokens((), ()), (), ()), None, "")


def figures(text: str, intent: str, *also: str) -> Figures:
    return measure([Question(text, "en", intent, also)], judge, GROUPS).total


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("sure", "cancel"), Figures(asked=1, first=1, right=1)),
        (("sure", "lose"), Figures(asked=1, wrong=1)),
        (("sure", "lose", "cancel"), Figures(asked=1, first=1, right=1)),
        (("torn", "cancel"), Figures(asked=1, first=1, offered=1)),
        (("torn", "lose"), Figures(asked=1, offered=1)),
        (("torn", "enrol"), Figures(asked=1)),
        (("lost", "cancel"), Figures(asked=1, first=1, refused=1)),
        (("nothing", "cancel"), Figures(asked=1, refused=1)),
        (("sure", "out_of_scope"), Figures(strangers=1, let_in=1)),
        (("sure", "out_of_scope", "cancel"), Figures(strangers=1)),
        (("torn", "out_of_scope"), Figures(strangers=1)),
        (("lost", "out_of_scope"), Figures(strangers=1, turned_away=1)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_question_is_counted_once_where_it_belongs(
    asked: tuple[str, ...], expected: Figures
) -> None:
    assert figures(*asked) == expected


def test_questions_are_counted_by_language_and_by_group() -> None:
    measured = measure(
        [
            Question("sure", "en", "cancel"),
            Question("lost", "zh", "lose"),
            Question("lost", "zh", "out_of_scope"),
            Question("sure", "", "lose"),
            Question("sure", "zh", "nowhere"),
        ],
        judge,
        GROUPS,
    )
    assert measured.skipped == 1
    assert measured.total.asked == 3
    assert measured.parts["lang en"].right == 1
    assert measured.parts["lang zh"].refused == 1
    assert measured.parts["lang ?"].wrong == 1
    assert measured.parts["group losing"].asked == 2
    assert measured.parts["group out_of_scope"].turned_away == 1
    assert measured.confused == {("lose", "cancel"): 2}
    assert measured.total.reached == 1


def test_a_report_fits_into_eighty_columns() -> None:
    many = Figures(12345, 12345, 12345, 0, 12345, 12345, 12345, 12345, 12345)
    measured = Measured(many, {"group medical_accounts": many, "lang zh": many}, skipped=3)
    measured.confused["cancel", "lose"] = 7
    printed = io.StringIO()
    report(Console(file=printed, width=80, highlight=False), measured)
    lines = printed.getvalue().splitlines()
    assert "…" not in printed.getvalue()
    assert any(line.startswith("medical_accounts") and "100.0" in line for line in lines)
    assert "  7 x cancel taken for lose" in lines
    assert any("3 left out" in line for line in lines)


def test_a_report_of_nothing_divides_by_nothing() -> None:
    printed = io.StringIO()
    report(Console(file=printed, width=80), Measured())
    assert "all" in printed.getvalue()


def test_a_reported_object_has_every_count() -> None:
    measured = measure([Question("sure", "en", "lose")], judge, GROUPS)
    told_object = json.loads(json.dumps(report_object(measured)))
    assert told_object["all"]["wrong"] == 1
    assert told_object["group losing"]["wrong"] == 1
    assert told_object["confused"] == [{"asked": "lose", "best": "cancel", "times": 1}]
    assert told_object["skipped"] == 0


# ------------------------------------------------------------------------------------ questions


def test_a_list_is_read_from_yaml_with_its_language(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text(
        "lang: zh\nquestions:\n"
        "  - {text: 12333, intent: contact_office}\n"
        "  - {text: no, intent: thanks_bye, lang: en, also: [greeting]}\n",
        encoding="utf-8",
    )
    assert read_questions(path) == [
        Question("12333", "zh", "contact_office"),
        Question("no", "en", "thanks_bye", ("greeting",)),
    ]


def test_a_list_is_read_from_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text('{"text": "卡丢了", "intent": "report_loss", "id": 7}\n\n', encoding="utf-8")
    assert read_questions(path) == [Question("卡丢了", "", "report_loss")]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.yaml", "questions: [", "not YAML"),
        ("a.yaml", "questions: 7", "no questions in it; write `questions:` and a list"),
        ("a.yaml", "- text", "no questions in it"),
        ("a.yaml", "questions: [{text: x}]", "1: write {text: …, intent: …}"),
        ("a.yaml", "questions: [{text: x, intent: y}, z]", "2: write {text: …, intent: …}"),
        ("a.yaml", "", "no questions in it"),
        ("a.jsonl", '{"text": "x", "intent": "y"}\n{', "2: not JSON"),
        ("a.jsonl", '{"text": 7, "intent": "y"}', "1: write {text: …, intent: …}"),
    ],
)
def test_a_list_that_is_none_is_told_with_its_place(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionsError) as caught:
        read_questions(path)
    assert str(caught.value).startswith(f"{path}:")
    assert told in str(caught.value)


@pytest.mark.parametrize("data", [None, b"\xff\xfe\x00"], ids=["missing", "not text"])
def test_a_list_that_cannot_be_read_is_told(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "a.yaml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(QuestionsError, match=r"cannot be read .*; name a UTF-8 file"):
        read_questions(path)


# -------------------------------------------------------------------------------------- explain


def test_an_explanation_names_the_nearest_phrase_of_each_candidate(
    library: Library, matcher: Matcher
) -> None:
    why = explained(matcher, library.intent_set, matcher.judge("社保卡怎么注销"))
    best = why["candidates"][0]
    intent = library.intent_set.intents[best["intent"]]
    assert best["nearest"] in (*intent.phrases.en, *intent.phrases.zh)
    assert why["margin"] == pytest.approx(best["score"] - why["candidates"][1]["score"], abs=0.0002)
    assert best["score"] <= why["inside"] <= 1
    assert best["score"] >= why["thresholds"]["sure"]
    assert all(one["weight"] for one in why["features"])


def test_an_explanation_of_nothing_has_nothing_to_compare(
    library: Library, matcher: Matcher
) -> None:
    why = explained(matcher, library.intent_set, matcher.judge("👍"))
    assert why["candidates"] == why["features"] == []
    assert why["margin"] is None
    assert (why["outcome"], why["rule"]) == ("lost", "empty")
    assert json.loads(json.dumps(why)) == why


def test_an_explanation_in_lines_has_every_step(library: Library, matcher: Matcher) -> None:
    intents: IntentSet = library.intent_set
    lines = list(told(explained(matcher, intents, matcher.judge("how do I cancel my card"))))
    assert [line.split()[0] for line in lines[:6]] == [
        "normalised",
        "repaired",
        "concepts",
        "ground",
        "known",
        "told",
    ]
    assert lines[-1].startswith("decided")
