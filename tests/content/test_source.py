"""What an editor typed comes out as typed, or a problem says where it does not."""

from __future__ import annotations

import time

import pytest
import yaml

from bot.content import source
from bot.content.source import Key, read
from bot.content.typed import LARGEST_BYTES


@pytest.fixture(params=["in C", "in Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers, since PyYAML is built without the one in C on some systems."""
    if request.param == "in Python":
        monkeypatch.setattr(source, "_Parser", yaml.BaseLoader)
    return str(request.param)


def problems_of(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [str(problem) for problem in read(data, "a.yaml")[1]]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "typed", ["12:30", "010", "on", "no", "2026-11-22", "1_000", "0x1F", ".5", "1e3", "=", "NaN"]
)
def test_a_value_is_the_text_that_was_typed(typed: str) -> None:
    node, problems = read(f"a: {typed}\n{typed}: b\n".encode(), "a.yaml")
    assert problems == []
    assert node is not None
    assert node.plain == {"a": typed, typed: "b"}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("typed", ["'~'", '"null"', "' '"])
def test_a_quoted_nothing_is_a_text(typed: str) -> None:
    node, problems = read(f"a: {typed}".encode(), "a.yaml")
    assert problems == []
    assert node is not None
    assert node.plain == {"a": typed[1:-1]}


@pytest.mark.usefixtures("parser")
def test_every_node_knows_its_line() -> None:
    node, _ = read(b"# first\na:\n  - b\n  -\n    c: d\ne: |\n  f\n  g\nh:\n  i\n", "a.yaml")
    assert node is not None
    paths: list[list[Key]] = [[], ["a"], ["a", 1, "c"], ["e"], ["h"]]
    lines = [node.line_of(path) for path in paths]
    assert lines == [2, 3, 5, 6, 10]
    assert node.key_lines == {"a": 2, "e": 6, "h": 9}
    assert node.line_of(["a", 7, "x"]) == 3


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3", '3: "a" is here twice, first on line 1; take one of the two out'),
        ("a: &x 1", '1: "&x" is a YAML anchor; take it out, or quote a text that starts with &'),
        ("a: *x", '1: "*x" is a YAML alias; write it out, or quote a text that starts with *'),
        ("a: !x 1", '1: "!x" is a YAML tag; take it out, or quote a text that starts with !'),
        ("a: !!int 1", '1: "!!int" is a YAML tag; take it out, or quote a text that starts with !'),
        ("b: 1\n<<: {a: 1}", '2: "<<" merges another mapping; write its lines out here'),
        ("? [a]\n: b", "1: a key is not a text; write one word before the colon"),
        ("?\n: b", "1: a key is empty; write its text, or take the line out"),
        ("a:\n  - x\n  -\n", "3: a line of a is empty; write its text, or take the line out"),
        ("a b:", '1: "a b" is empty; write its text, or take the line out'),
        (
            "a: 1\n---\nb: 2",
            '2: a second document starts here ("---"); move it to a file of its own',
        ),
        ("", "1: the file is empty; write it, or delete it"),
        ("# later\n\n", "1: the file is empty; write it, or delete it"),
        ("---\n", "1: the file is empty; write it, or delete it"),
        (
            'a: "x\\0y"',
            "1: an escape for the character U+0000, which nobody can see; take the escape out",
        ),
    ],
)
def test_what_an_editor_does_not_need_is_a_problem(text: str, expected: str) -> None:
    assert problems_of(text) == [f"a.yaml:{expected}"]


ALIGN = (
    "this does not line up with what stands above; indent it like the lines it belongs with, two "
    "spaces for each step to the right; put a text with quotes in it wholly in quotes"
)
COLON = (
    'a ": " where no key can be; put the text in quotes, or indent it like the lines it belongs '
    "with, two spaces for each step to the right"
)
BRACKET = (
    "a bracket opens here and never closes; close it; quote a text that has , : [ ] { or } in it"
)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: Cost: none\n", f"1: {COLON}"),
        ("a: b\n c: d\n", f"2: {COLON}"),
        ("a: [1, 2\nb: 3\n", f"1: {BRACKET}"),
        ("a: {x: 1\nb: 2\n", f"1: {BRACKET}"),
        ('a: "x\nb: c\n', "1: a quote opens here and never closes; close it"),
        ("a: 'x\n", "1: a quote opens here and never closes; close it"),
        ("a: @x\n", "1: a text starts with @, ` or %; put the text in quotes"),
        ("a: *\n", "1: a text starts with *; put the text in quotes"),
        ("a: &\n", "1: a text starts with &; put the text in quotes"),
        ("a: !<x\n", "1: a text starts with !; put the text in quotes"),
        ("a:\n  - b\n c: d\n", f"3: {ALIGN}"),
        ('a: "b" c\n', f"1: {ALIGN}"),
        (
            "a: b\nc\nd: e\n",
            '2: no key can be read here; write "key: value", or quote the text',
        ),
        ("a: |x\n  b\n", "1: words behind | or >; write the text on the next line"),
        ('a: "\\q"\n', "1: a backslash in double quotes; use single quotes instead"),
        (
            "a: - b\n",
            '1: a "- " where no list can be; start the list on a line of its own',
        ),
        (
            "a: ]\n",
            (
                "1: a value starts with , ] or }, or is missing; "
                "close the brackets, or put the text in quotes"
            ),
        ),
    ],
)
def test_a_syntax_error_says_what_to_do(text: str, expected: str) -> None:
    assert problems_of(text) == [f"a.yaml:{expected}"]


@pytest.mark.usefixtures("parser")
def test_a_number_beyond_unicode_is_a_problem() -> None:
    assert len(problems_of('a: "\\UFFFFFFFF"')) == 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: 1\nb: \xff\n", ("2: byte 8 of the file (0xff) is not UTF-8; "
         "save the file again with the encoding UTF-8")),
        (b"\xef\xbb\xbfa: \xff", ("1: byte 6 of the file (0xff) is not UTF-8; "
         "save the file again with the encoding UTF-8")),
        ("a: 1".encode("utf-16"), ("1: byte 0 of the file (0xff) is not UTF-8; "
         "save the file again with the encoding UTF-8")),
        (b"a:\n\tb: 1\n", "2: a tab; write spaces instead, two for each step to the right"),
        (b"a: \x07", ("1: a character that nobody can see, U+0007; "
         "delete it, or type the line anew")),
        (b"a: 1\rb: 2", ("1: a character that nobody can see, U+000D; "
         "delete it, or type the line anew")),
        ("\na: x\u200by".encode(), ("2: a character that nobody can see, U+200B; "
         "delete it, or type the line anew")),
        (b"#" * (LARGEST_BYTES + 1), ("1: the file is larger than 256 KiB; "
         "split it, or take out what is not text")),
    ],
)  # fmt: skip
def test_what_nobody_can_see_is_a_problem_on_its_line(data: bytes, expected: str) -> None:
    assert problems_of(data) == [f"a.yaml:{expected}"]


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfa: b\r\nc: d\r\n", b"a: b\nc: d"])
def test_windows_line_ends_and_its_mark_before_the_text_are_fine(data: bytes) -> None:
    node, problems = read(data, "a.yaml")
    assert problems == []
    assert node is not None
    assert node.plain == {"a": "b", "c": "d"}


def test_a_file_that_is_no_text_at_all_is_told_in_twenty_lines() -> None:
    assert len(problems_of(b"\x00\n" * 1000)) == 20


def test_emoji_are_not_invisible() -> None:
    node, problems = read("a: 👨‍👩‍👧 ☎️".encode(), "a.yaml")
    assert problems == []
    assert node is not None


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[\n", "{? "])
def test_a_hundred_thousand_brackets_are_one_problem_in_a_moment(opening: str) -> None:
    begin = time.perf_counter()
    found = problems_of(opening * (LARGEST_BYTES // len(opening)))
    assert len(found) == 1
    assert "inside each other" in found[0]
    assert time.perf_counter() - begin < 5


def test_all_problems_of_a_file_are_told_at_once() -> None:
    assert len(problems_of("a:\nb: *x\nc: !y z\nb: 2\nd: [e, ]\nf: [~]\n")) == 5
