"""Text becomes one YAML scalar or one comment line, whatever stands in it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.documents.quoting import comment, scalar, without_hidden
from launchpolicy.documents.reading import Document, read

SYNTAX = st.text(st.sampled_from("'\"\\:#-{}[],&*!|>%@` \n\t\r\x85\u2028?~=a0李"), max_size=20)
ANY_TEXT = st.text(max_size=60) | SYNTAX
AWKWARD = ["", " ", "true", "No", "null", "~", "1e3", "0x1f", "- a", "a: b", "a #b", "*x", "a\nb"]


def content(text: str) -> object:
    found = read("x.yaml", text.encode())
    assert isinstance(found, Document), found
    return found.data


@given(ANY_TEXT)
def test_a_scalar_is_read_back_as_the_same_text(text: str) -> None:
    for template in ("k: %s\nz: 1\n", "{k: %s, z: 1}\n"):
        assert content(template % scalar(text)) == {"k": without_hidden(text), "z": 1}


@given(ANY_TEXT)
def test_another_reader_of_yaml_agrees(text: str) -> None:
    assert yaml.safe_load(f"k: {scalar(text)}\n") == {"k": without_hidden(text)}


@given(ANY_TEXT)
def test_a_scalar_and_a_comment_stay_on_one_line(text: str) -> None:
    assert len(scalar(text).splitlines()) <= 1
    assert content(f"a: 1 # {comment(text)}\nb: 2\n") == {"a": 1, "b": 2}


@pytest.mark.parametrize("text", AWKWARD)
def test_what_yaml_would_take_for_something_else_is_quoted(text: str) -> None:
    assert content(f"- {scalar(text)}\n") == [text]
    assert yaml.safe_load(f"- {scalar(text)}\n") == [text]


@pytest.mark.parametrize("hidden", ["\ud800", "\u202e", "\x00", "\x85", "\U000e0041", "\ufffe"])
def test_what_a_reviewer_cannot_see_is_left_out(hidden: str) -> None:
    assert content(f"- {scalar(f'a{hidden}b')}\n") == ["ab"]
    assert comment(f"a{hidden}b") == "ab"


@pytest.mark.parametrize("text", ["Li Wei", "李薇", "ssh-ed25519 AAAA+/==", "a.b@example.com"])
def test_ordinary_names_keys_and_addresses_need_no_quotes(text: str) -> None:
    assert scalar(text) == text
