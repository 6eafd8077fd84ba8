"""What any bytes say that they are; nothing that strangers write ends it or slows it down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.documents.headings import FileHeading, headings, mentions, plain

WANTED = FileHeading("launchpolicy/v1", "launchrequest")
TEXT = "apiVersion: launchpolicy/v1\nkind: LaunchRequest\n"


def of(source: bytes) -> list[FileHeading]:
    return list(headings(source, lines=True))


@given(
    st.binary() | st.text().map(str.encode) | st.text("aK:{}[]-\"'\\\n &*!?#ind").map(str.encode)
)
def test_whatever_the_bytes_are_there_is_an_answer(source: bytes) -> None:
    assert isinstance(of(source), list)
    assert mentions(source, ["launchpolicy/"]) in {True, False}


@given(
    st.text(max_size=20), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
)
def test_a_comment_in_any_encoding_hides_nothing(comment: str, encoding: str) -> None:
    note = "".join(character for character in comment if character.isalnum())
    source = f"{TEXT}# {note}\n".encode(encoding)
    assert mentions(source, ["launchpolicy/"])
    assert WANTED in of(source)


@pytest.mark.parametrize(
    "source",
    [
        b"[" * 200_000,
        b"{a: " * 100_000,
        b"- " * 100_000 + b"a",
        b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n" * 3000,
        (TEXT + "# long\n" * 300_000).encode(),
        b'"' + b"\\u0061" * 100_000 + b'"',
        b"apiVersion: " * 50_000,
    ],
    ids=["lists", "mappings", "items", "aliases", "long", "escapes", "keys"],
)
def test_deep_and_long_files_end_nothing(source: bytes) -> None:
    assert len(of(source)) <= 1


def test_of_a_key_that_stands_twice_both_values_count() -> None:
    twice = TEXT + "kind: Deployment\napiVersion: apps/v1\n"
    assert WANTED in of(twice.encode())


def test_what_is_further_down_is_not_what_the_file_is() -> None:
    below = "spec:\n  object:\n" + "".join(f"    {line}\n" for line in TEXT.splitlines())
    assert of(below.encode()) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Launches", "launches"),
        ("launches\u200b", "launches"),
        ("ｌaunches", "launches"),
        ("request.yaml\u00ad", "request.yaml"),
        ("上线", "上线"),
    ],
)
def test_texts_that_look_alike_are_alike(text: str, shown: str) -> None:
    assert plain(text) == shown
