"""Which numbers are taken out of a message, and which stay."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.privacy import mask
from tests.dialogue import personal

CASES = yaml.safe_load(Path(__file__).with_name("private_numbers.yaml").read_text("utf-8"))


def digits_of(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


@pytest.mark.parametrize("case", CASES["masked"], ids=lambda case: case["why"])
def test_a_personal_number_is_taken_out_and_the_asker_is_warned(case: dict[str, str]) -> None:
    masked = mask(case["text"].format(**personal.ALL))
    assert masked.any
    assert digits_of(masked.text) == ""


@pytest.mark.parametrize("case", CASES["kept"], ids=lambda case: case["why"])
def test_any_other_number_stays(case: dict[str, str]) -> None:
    assert mask(case["text"]) == (case["text"], False)


def test_a_masked_number_leaves_the_name_of_its_kind() -> None:
    assert "身份证号" in mask(f"注销 {personal.IDENTITY}").text
    assert "手机号" in mask(f"注销 {personal.MOBILE}").text
    assert "card number" in mask(f"cancel {personal.CARD}").text
    assert "phone number" in mask(f"cancel {personal.MOBILE}").text


def test_the_words_around_a_number_stay() -> None:
    masked = mask(f"How do I cancel {personal.IDENTITY} of my father?").text
    assert " ".join(masked.split()) == "How do I cancel id number of my father?"


def test_two_numbers_are_both_taken_out() -> None:
    masked = mask(f"{personal.IDENTITY}，{personal.MOBILE}，密码{personal.PIN}").text
    assert digits_of(masked) == ""


@settings(max_examples=200, deadline=None)
@given(
    number=st.sampled_from([personal.IDENTITY, personal.CARD, personal.MOBILE]),
    before=st.text(max_size=10),
    after=st.text(max_size=10),
)
def test_a_number_is_found_whatever_stands_around_it(number: str, before: str, after: str) -> None:
    assert number not in mask(before + number + after).text


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=200))
def test_a_text_without_personal_numbers_stays_as_it_was(text: str) -> None:
    masked = mask(text)
    assert masked.any is (masked.text != text)
