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


def test_own_keys_beat_merged_ones() -> None:
    text = (
        "a: &a {owner: li, team: a}\nb: &b {owner: wang, level: 2}\n"
        "c:\n  owner: chen\n  <<: [*a, *b]\nd: {<<: *b, approvers: []}\n"
    )
    assert data_of(text)["c"] == {"owner": "chen", "team": "a", "level": 2}
    assert data_of(text)["d"] == {"owner": "wang", "level": 2, "approvers": []}
    assert data_of(text) == yaml.safe_load(text)


OVERRIDDEN = {
    "one key twice": ("id: a\n<<: {role: ok, role: evil}\n", ("duplicate-key", 2, 16)),
    "one key twice, then overridden": (
        "role: a\n<<: {role: ok, role: evil}\n", ("duplicate-key", 2, 16)),
    "one key twice, once hidden": (
        'id: a\n<<: {role: "o\\u202ek", role: ok}\n', ("duplicate-key", 2, 24)),
    "one key twice below": ("x: 1\n<<: {x: {a: 1, a: 2}}\n", ("duplicate-key", 2, 16)),
    "one key twice in a merge of a merge": (
        "x: 1\n<<: {<<: {y: 1, y: 2}, x: 2}\n", ("duplicate-key", 2, 17)),
    "a tag": ("x: 1\n<<: {x: !!python/object/apply:os.system [id]}\n", ("tag", 2, 9)),
    "a tag in a merge of a merge": ("x: 1\n<<: {<<: {y: !t 1}, y: 2}\n", ("tag", 2, 14)),
    "a tag of the merged mapping": ("x: 1\n<<: !t {y: 1}\n", ("tag", 2, 5)),
    "a tag of the list of merged ones": ("x: 1\n<<: !t [{y: 1}]\n", ("tag", 2, 5)),
    "a tag of the merge key": ("x: 1\n!!str <<: {y: 1}\n", ("tag", 2, 1)),
    "a tag of a key": ("x: 1\n<<: {!t x: 2}\n", ("tag", 2, 6)),
    "a hidden character": ('x: 1\n<<: {x: "\\u202eabc"}\n', ("hidden-character", 2, 9)),
    "a text without end": (f"x: 1\n<<: {{x: {'z' * 70_000}}}\n", ("scalar-too-long", 2, 9)),
    "a key that is a number": ("'1': 1\n<<: {1: a}\n", ("key-not-text", 2, 6)),
    "a number too large": ("x: 1\n<<: {x: 99999999999999999999}\n", ("number", 2, 9)),
    "an anchor below": ("x: 1\n<<: {x: [&y !t 2]}\n", ("tag", 2, 10)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "refusal"), OVERRIDDEN.values(), ids=OVERRIDDEN)
def test_what_a_merge_overrides_is_refused_as_anywhere_else(
    text: str, refusal: tuple[str, int, int]
) -> None:
    assert refused(text) == refusal


CONFLICTS = [
    "<<: [{role: ok}, {role: evil}]\n",
    "<<: [{role: 1}, {role: true}]\n",
    "<<: [{role: 1}, {role: '1'}]\n",
    "<<: [{role: [a]}, {role: [a, b]}]\n",
    "<<: [{role: {a: 1}}, {role: {b: 1}}]\n",
    "<<: [{<<: {role: ok}}, {x: 1}, {role: evil}]\n",
]


@pytest.mark.parametrize("text", CONFLICTS)
def test_merged_mappings_that_differ_in_a_key_are_refused_since_programs_choose_differently(
    text: str,
) -> None:
    assert refused(text)[0] == "merge-conflict"


def test_the_place_of_a_conflict_is_the_second_key() -> None:
    text = "a: &a {role: ok}\nb: &b\n  role: evil\nc:\n  <<: [*a, *b]\n"
    assert refused(text) == ("merge-conflict", 3, 3)


@pytest.mark.parametrize(
    "text",
    [
        "<<: [{role: ok, a: 1}, {role: ok, b: 2}]\n",
        "<<: [{role: ok}, {role: 'ok'}]\n",
        "role: me\n<<: [{role: ok}, {role: evil}]\n",
        "a: &a {x: [1, {y: z}]}\nb: {<<: [*a, *a]}\n",
        "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: &c {<<: *a, z: 3}\nd: {<<: [*b, *c]}\n",
        "one: &a {role: x}\nnext: {<<: {<<: *a, role: y}, of: {role: z}}\n",
    ],
)
def test_merges_that_all_programs_understand_alike_are_read(text: str) -> None:
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
