"""The files of a kind: what patterns match, and whether two kinds can have one in common."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launchpolicy.requests import pattern_overlap
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.pattern_overlap import shared_path

SEGMENTS = ["".join(letters) for n in (1, 2) for letters in itertools.product("ab", repeat=n)]
PATHS = [
    "/".join(segments) for n in (1, 2, 3) for segments in itertools.product(SEGMENTS, repeat=n)
]

segment = st.one_of(
    st.just("**"),
    st.text("ab*", min_size=1, max_size=3).filter(lambda written: "**" not in written),
)
pattern = st.lists(segment, min_size=1, max_size=3).map("/".join)
patterns = st.lists(pattern, min_size=1, max_size=2).map(tuple)


@pytest.mark.parametrize(
    ("written", "path", "is_matched"),
    [
        ("notes/*.yaml", "notes/a.yaml", True),
        ("notes/*.yaml", "notes/a/b.yaml", False),
        ("proposals/**/proposal.yaml", "proposals/proposal.yaml", True),
        ("proposals/**/proposal.yaml", "proposals/a/b/proposal.yaml", True),
        ("proposals/**/proposal.yaml", "proposals/a/my-proposal.yaml", False),
        ("proposals/**", "proposals/a/b.yaml", True),
        ("proposals/**", "proposals", False),
        ("**/OWNERS", "OWNERS", True),
        ("**/OWNERS", "a/b/OWNERS", True),
        ("a/**/b/*.yaml", "a/b/b/c.yaml", True),
    ],
)
def test_a_pattern_matches_whole_paths(written: str, path: str, *, is_matched: bool) -> None:
    assert FilePatterns((written,)).matches(path) is is_matched


def test_several_patterns_match_together_and_exceptions_take_files_away() -> None:
    files = FilePatterns(("proposals/**", "old/*.yaml"), ("proposals/template/**",))
    assert [files.matches(path) for path in ("proposals/1/a.yaml", "old/b.yaml")] == [True, True]
    assert not files.matches("proposals/template/a.yaml")
    assert files.matches("proposals/templates/a.yaml")
    assert files.folders == ("old", "proposals")


def test_no_folder_of_a_kind_stands_within_another() -> None:
    assert FilePatterns(("a/b/*.yaml", "a/*/c.yaml", "ab/*.yaml")).folders == ("a", "ab")
    assert FilePatterns(("a/*.yaml", "**/x.yaml")).folders == ("",)


@given(patterns, patterns, st.lists(pattern, max_size=1).map(tuple))
@example(("**/a",), ("a/**",), ())
@example(("a/**",), ("a/b/*",), ("a/b/**",))
@example(("a/**/b",), ("a/*",), ("**/b",))
def test_kinds_share_a_file_exactly_where_both_match_it_and_no_exception_takes_it_away(
    one: tuple[str, ...], other: tuple[str, ...], exceptions: tuple[str, ...]
) -> None:
    ours, theirs = FilePatterns(one, exceptions), FilePatterns(other)
    shared = shared_path(ours, theirs)
    assert ours.may_meet(theirs) or shared is None
    if shared is None:
        assert not [path for path in PATHS if ours.matches(path) and theirs.matches(path)]
    else:
        assert ours.matches(shared.path)
        assert theirs.matches(shared.path)
        assert FilePatterns((shared.one,)).matches(shared.path)
        assert FilePatterns((shared.other,)).matches(shared.path)


def test_an_exception_that_leaves_one_shared_file_does_not_part_two_kinds() -> None:
    ours = FilePatterns(("proposals/**",), ("proposals/*/old/**",))
    theirs = FilePatterns(("proposals/**/review.yaml",))
    shared = shared_path(ours, theirs)
    assert shared is not None
    assert shared[:2] == ("proposals/**", "proposals/**/review.yaml")
    assert shared_path(ours._replace(exceptions=("proposals/**/review.yaml",)), theirs) is None


def test_patterns_that_are_too_hard_to_tell_apart_count_as_overlapping(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = FilePatterns(("**/*a*b*a*b*.yaml",), ("**/*.yaml",))
    theirs = FilePatterns(("**/*b*a*b*a*.yaml",))
    assert shared_path(ours, theirs) is None
    monkeypatch.setattr(pattern_overlap, "_MOST_STATES", 20)
    assert shared_path(ours, theirs) == (*ours.files, *theirs.files, "")
