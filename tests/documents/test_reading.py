"""What the YAML reader gives and refuses; refusals are named after attacks (threats Y1-Y14)."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.documents.limits import MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_SCALAR
from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.vocabulary.finding import Finding
from tests.documents.texts import VISIBLE_TEXTS


def data_of(source: str) -> object:
    document = read("f.yaml", source.encode())
    assert isinstance(document, Document), document
    return document.data


def refusal_of(source: str | bytes) -> Finding:
    refusal = read("f.yaml", source.encode() if isinstance(source, str) else source)
    assert isinstance(refusal, Refusal), refusal.data
    assert len(refusal.findings) == 1
    return refusal.findings[0]


def position(finding: Finding) -> tuple[int, int]:
    return tuple(finding.place.span.start)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("1.5", 1.5),
        ("2e3", 2000.0),
        ("9223372036854775807", 9223372036854775807),
        ("yes", "yes"),
        ("NO", "NO"),
        ("on", "on"),
        ("True", "True"),
        ("~", "~"),
        ("1:30:00", "1:30:00"),
        ("0010", "0010"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        (".5", ".5"),
        ("+1", "+1"),
        (".nan", ".nan"),
        ("-.inf", "-.inf"),
        ("2026-12-01", "2026-12-01"),
        ("2026-02-30", "2026-02-30"),
        ("2026-12-01T22:00:00+08:00", "2026-12-01T22:00:00+08:00"),
        ("'true'", "true"),
        ('"12"', "12"),
        ("|\n  text\n", "text\n"),
    ],
)
def test_scalars_are_read_like_json(written: str, value: object) -> None:
    read_back = data_of(f"key: {written}")
    assert read_back == {"key": value}
    assert type(read_back["key"]) is type(value)


def test_nested_structure_is_kept_in_order() -> None:
    source = "b: [1, {x: y}]\na:\n- p\n- - q\n  - r\n"
    assert data_of(source) == {"b": [1, {"x": "y"}], "a": ["p", ["q", "r"]]}
    assert list(data_of(source)) == ["b", "a"]  # type: ignore[call-overload]


REFUSALS = {
    "alias bomb": ("a: &x [1]\nb: [*x, *x]\n", "anchor", (1, 4)),
    "recursive alias": ("&x [*x]\n", "anchor", (1, 1)),
    "alias without anchor": ("a: *x\n", "anchor", (1, 4)),
    "merge key": ("<<: {a: 1}\n", "merge-key", (1, 1)),
    "python tag": ("a: !!python/object:os.system {}\n", "tag", (1, 4)),
    "binary tag": ("a: !!binary aGk=\n", "tag", (1, 4)),
    "bool tag": ("a: !!bool hello\n", "tag", (1, 4)),
    "timestamp tag": ("a: !!timestamp hello\n", "tag", (1, 4)),
    "string tag": ("a: !!str 3\n", "tag", (1, 4)),
    "own tag on a list": ("a: !secret [x]\n", "tag", (1, 4)),
    "set tag": ("!!set {a, b}\n", "tag", (1, 1)),
    "duplicate key": ("a: 1\nb: 2\na: 3\n", "duplicate-key", (3, 1)),
    "duplicate key, quoted": ("a: 1\n'a': 3\n", "duplicate-key", (2, 1)),
    "duplicate key, nested": ("x:\n  a: 1\n  a: 1\n", "duplicate-key", (3, 3)),
    "number as key": ("1: a\n", "key-not-text", (1, 1)),
    "huge number as key": ("1e999: a\n", "key-not-text", (1, 1)),
    "true as key": ("true: a\n", "key-not-text", (1, 1)),
    "null as key": ("null: a\n", "key-not-text", (1, 1)),
    "list as key": ("? [a]\n: b\n", "key-not-text", (1, 3)),
    "two documents": ("a: 1\n---\na: 2\n", "several-documents", (2, 1)),
    "empty file": ("", "empty", (1, 1)),
    "only a comment": ("# nothing\n", "empty", (1, 1)),
    "integer of 5000 digits": ("a: " + "9" * 5000 + "\n", "number", (1, 4)),
    "integer beyond 64 bits": ("a: 9223372036854775808\n", "number", (1, 4)),
    "float beyond the finite": ("a: 1e400\n", "number", (1, 4)),
    "escape in text": ("a: b\x1b[2J\n", "hidden-character", (1, 5)),
    "nul": ("a: b\x00\n", "hidden-character", (1, 5)),
    "c1 next line": ("a: b\x85c\n", "hidden-character", (1, 5)),
    "bidi override": ("a: ab\u202ecd\n", "hidden-character", (1, 6)),
    "zero width space": ("first: 1\napprover\u200b: x\n", "hidden-character", (2, 9)),
    "bom in the middle": ("a: 1\nb: \ufeffx\n", "hidden-character", (2, 4)),
    "line separator": ("a: x\u2028b: y\n", "hidden-character", (1, 5)),
    "noncharacter": ("a: \uffff\n", "hidden-character", (1, 4)),
    "escaped nul": ('a: "x\\0"\n', "hidden-character", (1, 4)),
    "escaped bidi": ('a: "x\\u202E"\n', "hidden-character", (1, 4)),
    "escaped bidi in a key": ('"x\\u202E": 1\n', "hidden-character", (1, 1)),
    "unclosed bracket": ("a: [1,\n", "syntax", (2, 1)),
    "tab indentation": ("a:\n\tb: 1\n", "syntax", (2, 1)),
    "colon in a value": ("a: b: c\n", "syntax", (1, 5)),
}


@pytest.mark.parametrize(("source", "rule", "at"), REFUSALS.values(), ids=REFUSALS.keys())
def test_refused_with_position(source: str, rule: str, at: tuple[int, int]) -> None:
    finding = refusal_of(source)
    assert finding.rule == f"yaml/{rule}"
    assert position(finding) == at
    for text in (finding.message, finding.fix):
        assert text.en
        assert text.zh
        assert "{}" not in text.en + text.zh


def test_duplicate_key_names_the_first_line() -> None:
    assert "line 1" in refusal_of("a: 1\nb: 2\na: 3\n").message.en


@pytest.mark.parametrize("times", [500, 1_100, 30_000])
@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "[{", "[{a: ", "- ", "? ", "[\n", "{ä: "])
def test_deep_nesting_is_refused_before_anything_recurses(opening: str, times: int) -> None:
    finding = refusal_of("über: 1\nsteps:\n  " + opening * times)
    assert finding.rule == "yaml/too-deep"
    containers = opening.count("[") + opening.count("{") or 1
    whole, part = divmod(MAX_DEPTH - 1, containers)
    before = "  " + opening * whole + opening[:part]
    assert position(finding) == (3 + before.count("\n"), len(before.rpartition("\n")[2]) + 1)


def test_depth_is_refused_though_the_parser_stops_at_an_error_behind_it() -> None:
    assert refusal_of("[" * 500 + "]" * 500 + "\n}").rule == "yaml/too-deep"
    assert refusal_of("[" * 40 + "]" * 39 + "\n}").rule == "yaml/syntax"


def test_nesting_up_to_the_cap_is_read() -> None:
    assert data_of("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert refusal_of("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).rule == "yaml/too-deep"


def test_too_many_values_are_refused() -> None:
    assert refusal_of("[" + "1," * MAX_NODES + "]").rule == "yaml/too-many-values"


def test_too_long_scalar_is_refused() -> None:
    assert refusal_of("a: " + "x" * (MAX_SCALAR + 1)).rule == "yaml/scalar-too-long"


def test_too_large_file_is_refused_before_it_is_decoded() -> None:
    assert refusal_of(b"\xff" * (MAX_BYTES + 1)).rule == "yaml/too-large"


def test_gbk_file_is_recognised_and_the_byte_named() -> None:
    finding = refusal_of("标题: 结算服务上线申请\n".encode("gbk"))
    assert finding.rule == "yaml/gbk"
    assert "Byte 1 " in finding.message.en
    assert "iconv" in finding.fix.en


def test_latin1_file_is_refused_at_its_byte() -> None:
    finding = refusal_of("a: 1\nb: caf\xe9 au lait\n".encode("latin-1"))
    assert finding.rule in {"yaml/not-utf-8", "yaml/gbk"}
    assert position(finding) == (2, 7)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_is_never_accepted(encoding: str) -> None:
    refusal_of("a: 1\n".encode(encoding))


def test_leading_byte_order_mark_of_windows_editors_is_accepted() -> None:
    assert read("f", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n").data == {"a": 1, "b": 2}  # type: ignore[union-attr]


def test_lone_surrogate_is_refused() -> None:
    assert refusal_of(b"a: \xed\xa0\x80\n").rule == "yaml/not-utf-8"


def test_exclamation_and_star_inside_text_are_text() -> None:
    assert data_of("a: go! & stop * now\n") == {"a": "go! & stop * now"}


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    VISIBLE_TEXTS,
)
keys = st.text(string.ascii_letters + "结算-_", min_size=1, max_size=8).filter(
    lambda key: key not in {"true", "false", "null"}
)
documents = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=20,
)


@given(documents, st.sampled_from([None, 1, 2]))
def test_what_a_json_writer_writes_is_read_back(data: object, indent: int | None) -> None:
    written = json.dumps(data, ensure_ascii=False, indent=indent)
    assert data_of(written) == data


@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_and_never_an_exception(source: bytes) -> None:
    result = read("f.yaml", source)
    assert isinstance(result, Document | Refusal)


@given(st.dictionaries(keys, scalars, min_size=1, max_size=5), st.data())
def test_a_repeated_key_is_refused_wherever_it_stands(
    mapping: dict[str, object], draw: st.DataObject
) -> None:
    again = draw.draw(st.sampled_from(sorted(mapping)))
    lines = [f'"{key}": 1' for key in mapping]
    lines.insert(draw.draw(st.integers(0, len(lines))), f'"{again}": 2')
    assert refusal_of("\n".join(lines)).rule == "yaml/duplicate-key"


@given(st.sampled_from(["&a x", "*a", "&a [x]", "&a {x: y}"]), st.integers(0, 3))
def test_any_document_with_an_anchor_or_alias_is_refused(inner: str, depth: int) -> None:
    assert refusal_of("[" * depth + inner + "]" * depth).rule == "yaml/anchor"
