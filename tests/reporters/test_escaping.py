"""The terminal's escaping function: what would act on a terminal or a runner is written out."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launchpolicy.reporters.text.escaping import characters, escape, inert

ANYTHING = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(["#", "[", "vso", "VSO[", ":", "::", " ", "\t", "\x1b[1m", "\x1b[0m", "x"])
    ).map("".join),
)
ACTIVE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def is_command(line: str) -> bool:
    """The runners' grammar (threats, fact 5), whether or not colours are taken out first."""
    bare = re.sub(r"\x1b\[[0-9;]*m", "", line)
    return any(
        "##[" in text or "##vso[" in text.lower() or text.lstrip().startswith("::")
        for text in (line, bare)
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[2K\x1b[1A✓ pass", r"\x1b[2K\x1b[1A✓ pass", id="erase the line above"),
        pytest.param("\x9b31m", r"\x9b31m", id="eight-bit control sequence"),
        pytest.param("a\r\nb\tc", r"a\r\nb\tc", id="line breaks and tabs"),
        pytest.param("\x00\x07\x7f", r"\x00\x07\x7f", id="other controls"),
        pytest.param("admin\u202egnp", "admin<U+202E>gnp", id="right to left override"),
        pytest.param("pass\u200bword", "pass<U+200B>word", id="zero width space"),
        pytest.param("\u2028::error::", r"<U+2028>\x3a:error::", id="line separator"),
        pytest.param("\U000e0041", "<U+E0041>", id="tag character"),
        pytest.param("\ud800", "<U+D800>", id="half a surrogate pair"),
        pytest.param("a\u3164b", "a<U+3164>b", id="letter that looks like nothing"),
        pytest.param("a\U000e0100\ufe01", "a<U+E0100><U+FE01>", id="variation selectors"),
        pytest.param("::error::x", r"\x3a:error::x", id="command"),
        pytest.param("\u3000 ::error::x", "\u3000 \\x3a:error::x", id="command behind spaces"),
        pytest.param("x ##[error]y", r"x #\x23[error]y", id="old command anywhere"),
        pytest.param("####[error]", r"###\x23[error]", id="more hashes"),
        pytest.param("x ##vso[task.x a=b]y", r"x #\x23vso[task.x a=b]y", id="command of another"),
        pytest.param("###VsO[task.x]", r"##\x23VsO[task.x]", id="in capitals"),
    ],
)
def test_what_would_act_is_written_out(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "上线申请：通过",
        "a::b",
        "#[x]",
        "## vso[x]",
        "##vso x",
        "fe80::1 # [note]",
        "😀 ⚠\ufe0f",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert escape(text) == text


@given(ANYTHING)
@example("\x85::stop-commands::x")
@example("# \x1b #[")
def test_nothing_active_is_left(text: str) -> None:
    shown = escape(text)
    assert not {unicodedata.category(character) for character in shown} & ACTIVE
    assert not is_command(shown)


@given(ANYTHING)
def test_escaping_twice_is_escaping_once(text: str) -> None:
    assert escape(escape(text)) == escape(text)


@given(ANYTHING)
def test_every_character_has_its_own_string(text: str) -> None:
    shown = characters(text)
    assert len(shown) == len(text)
    assert "".join(shown) == escape(text)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        pytest.param("  ::error::", r"  \x3a:error::", id="joined behind an indent"),
        pytest.param(
            "\x1b[1m::error::\x1b[0m", "\x1b[1m\\x3a:error::\x1b[0m", id="behind a colour"
        ),
        pytest.param(":\x1b[1m:error::", "\\x3a\x1b[1m:error::", id="colour between the colons"),
        pytest.param(
            "a #\x1b[0m#\x1b[1m[x]", "a #\x1b[0m\\x23\x1b[1m[x]", id="colour between hashes"
        ),
        pytest.param("x ##[error]", r"x #\x23[error]", id="no colour"),
        pytest.param("x ##vso[y]", r"x #\x23vso[y]", id="command of another"),
        pytest.param(
            "##v\x1b[1ms\x1b[0mo[y]", "#\\x23v\x1b[1ms\x1b[0mo[y]", id="colour in its name"
        ),
        pytest.param("\x1b[1mx\x1b[0m::y", "\x1b[1mx\x1b[0m::y", id="not leading"),
        pytest.param("##\x1b[0m y", "##\x1b[0m y", id="bracket of a colour"),
    ],
)
def test_a_finished_line_is_made_inert(line: str, shown: str) -> None:
    assert inert(line) == shown


@given(ANYTHING)
def test_no_finished_line_is_a_command(line: str) -> None:
    assert not is_command(inert(line))
