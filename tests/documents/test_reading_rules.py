"""Anchors, kept text and larger files, where a kind allows them: what is read, and what is not."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.documents.reading_rules import STRICT, ReadingRules, bytes_of, route_pattern

EXPAND = ReadingRules(expands_anchors=True)


def data_of(text: str, rules: ReadingRules = EXPAND) -> Any:
    document = read("a.yaml", text.encode(), rules)
    assert isinstance(document, Document), document
    return document.data


def refused(text: str, rules: ReadingRules = EXPAND) -> tuple[str, int, int]:
    """The name of the refusal, and its line and column."""
    refusal = read("a.yaml", text.encode(), rules)
    assert isinstance(refusal, Refusal)
    finding = refusal.findings[0]
    start = finding.place.span.start
    return finding.rule.removeprefix("yaml/"), start.line, start.column


def keeping(*routes: str) -> ReadingRules:
    return ReadingRules(text_routes=tuple(map(route_pattern, routes)))


def test_anchors_are_refused_where_nothing_allows_them() -> None:
    assert refused("a: &x 1\nb: *x\n", STRICT) == ("anchor", 1, 4)


def test_an_alias_is_what_its_anchor_says() -> None:
    text = "base: &b {approvers: [li.wei]}\nnext: *b\nlist: [&n one, *n]\n"
    data = data_of(text)
    assert data["next"] == {"approvers": ["li.wei"]} == data["base"]
    assert data["list"] == ["one", "one"]


def test_own_keys_beat_merged_ones_and_earlier_merged_ones_beat_later_ones() -> None:
    text = (
        "a: &a {owner: li, team: a}\nb: &b {owner: wang, level: 2}\n"
        "c:\n  owner: chen\n  <<: [*a, *b]\nd: {<<: *b, approvers: []}\n"
    )
    assert data_of(text)["c"] == {"owner": "chen", "team": "a", "level": 2}
    assert data_of(text)["d"] == {"owner": "wang", "level": 2, "approvers": []}
    assert data_of(text) == yaml.safe_load(text)


def test_places_point_to_the_text_behind_the_anchor() -> None:
    document = read("a.yaml", b"base: &b\n  owner: li\nnext:\n  <<: *b\n  team: x\n", EXPAND)
    assert isinstance(document, Document)
    assert str(document.place(("next", "owner"))) == "a.yaml:2:10"
    assert str(document.place(("next", "team"))) == "a.yaml:5:9"
    assert str(document.place(("next",))) == "a.yaml:3:1"


REFUSED = {
    "a key that stands twice": ("a: &x 1\nb: *x\na: 2\n", ("duplicate-key", 3, 1)),
    "a key that stands twice beside a merge": (
        "a: &a {k: 1}\nb:\n  <<: *a\n  k: 2\n  k: 3\n", ("duplicate-key", 5, 3)),
    "a merge key twice": ("a: &a {k: 1}\nb:\n  <<: *a\n  <<: *a\n", ("merge-twice", 4, 3)),
    "a merge of no mapping": ("a: &a [1]\nb: {<<: *a}\n", ("merge-value", 2, 5)),
    "a merge key in quotes": ('a: &a {k: 1}\nb: {"<<": *a}\n', ("merge-quoted", 2, 5)),
    "an alias of nothing": ("a: *x\n", ("alias-unknown", 1, 4)),
    "an alias before its anchor": ("a: *x\nb: &x 1\n", ("alias-unknown", 1, 4)),
    "an alias within its anchor": ("a: &x [1, *x]\n", ("alias-of-itself", 1, 11)),
    "one anchor for two values": ("a: &x 1\nb: &x 2\nc: *x\n", ("anchor-twice", 2, 4)),
    "an alias as a key": ("a: &x k\n*x : 1\n", ("anchor-of-key", 2, 1)),
    "an anchor of a key": ("&x a: 1\nb: *x\n", ("anchor-of-key", 1, 1)),
    "a tag": ("a: &x !!str 1\n", ("tag", 1, 4)),
    "a second document": ("a: &x 1\n---\nb: 2\n", ("several-documents", 2, 1)),
    "a number too large behind an alias": ("a: &x 99999999999999999999\n", ("number", 1, 4)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "refusal"), REFUSED.values(), ids=REFUSED)
def test_what_could_be_understood_in_two_ways_is_refused_with_anchors_too(
    text: str, refusal: tuple[str, int, int]
) -> None:
    assert refused(text) == refusal


def test_a_billion_laughs_are_refused_at_the_alias_before_they_grow() -> None:
    lines = ["l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 30)]
    name, line, _ = refused("\n".join(lines))
    assert (name, line) == ("too-many-values", 5)


def test_long_texts_behind_many_aliases_are_refused_before_they_grow() -> None:
    aliases = ", ".join(["*x"] * 100)
    name, line, _ = refused(f"a: &x {'y' * 30_000}\nb: [{aliases}]\n")
    assert (name, line) == ("expands-too-far", 2)


def test_merge_keys_are_counted_with_all_that_they_bring() -> None:
    keys = ", ".join(f"k{n}: {n}" for n in range(500))
    uses = "\n".join(f"u{n}: {{<<: *x}}" for n in range(100))
    assert refused(f"a: &x {{{keys}}}\n{uses}\n")[0] == "too-many-values"


def test_depth_is_counted_through_aliases() -> None:
    def nested(depth: int) -> str:
        return "[" * depth + "1" + "]" * depth

    assert refused(f"a: &x {nested(30)}\nb: {nested(25).replace('1', '*x')}\n")[0] == "too-deep"


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.10", "1.10"), ("1e3", "1e3"), ("0x1", "0x1"), ("true", "true"), ("007", "007")],
)
def test_kept_text_is_what_is_written(text: str, value: str) -> None:
    rules = keeping("versions[].number")
    assert data_of(f"versions: [{{number: {text}}}]\n", rules) == {"versions": [{"number": value}]}


def test_kept_text_is_read_at_its_routes_only() -> None:
    rules = keeping("versions[].number", "labels.*", "tags")
    text = "number: 1.10\nversions: [{number: 1.10, of: {number: 1.10}}]\n"
    text += "labels: {a: 1.0, b: {c: 1.0}}\ntags: [1.10, 2]\n"
    assert data_of(text, rules) == {
        "number": 1.1,
        "versions": [{"number": "1.10", "of": {"number": 1.1}}],
        "labels": {"a": "1.0", "b": {"c": 1.0}},
        "tags": ["1.10", "2"],
    }
    assert data_of("[{number: 1.10}, 1.10]", keeping("[].number")) == [{"number": "1.10"}, 1.1]


def test_nothing_is_never_kept_as_text() -> None:
    rules = keeping("a", "b")
    assert data_of("a:\nb: null\n", rules) == {"a": None, "b": None}


def test_kept_text_behind_an_alias_is_read_by_the_place_of_the_alias() -> None:
    rules = keeping("number")._replace(expands_anchors=True)
    assert data_of("of: &x 1.10\nnumber: *x\n", rules) == {"of": 1.1, "number": "1.10"}


def test_a_larger_file_is_read_up_to_its_own_cap() -> None:
    rules = ReadingRules(max_bytes=bytes_of("1MiB"))
    text = "a: [" + "1, " * 150_000 + "1]"
    assert refused(text, STRICT)[0] == "too-large"
    assert len(data_of(text, rules)["a"]) == 150_001
    assert refused("a: " + "x\n  " * 400_000, rules)[0] == "too-large"
    assert refused(f"a: [{'1,' * 200_000}1]", rules)[0] == "too-many-values"


@given(st.integers(1, 16384))
def test_sizes_are_read_with_their_unit(number: int) -> None:
    assert bytes_of(f"{number}KiB") == number * 1024
    assert ReadingRules(max_bytes=bytes_of(f"{number}KiB")).max_nodes >= MAX_BYTES // 8


leaf = st.one_of(st.integers(0, 99), st.text("ab", min_size=1, max_size=2))
keys = st.text("abc", min_size=1)
tree = st.recursive(
    leaf,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
)


@given(tree, tree)
def test_what_another_parser_makes_of_anchors_is_what_is_read(one: Any, other: Any) -> None:
    shared = [one, {"x": one, "y": other}, other, [one, other]]
    text = yaml.dump(shared, default_flow_style=False)
    assert data_of(text) == yaml.safe_load(text)
