"""Both validators accept the same documents, good ones and spoilt ones, and all can be read."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.acceptance import compile_schema
from launchpolicy.documents.schema.validator import validator_of
from launchpolicy.requests.launch_request.fields import RequestSection
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.requests.launch_request.schema import launch_request_schema
from tests.extent import examples_of

SCHEMA: Any = launch_request_schema()
FAST = compile_schema(SCHEMA)
EXPLAINING = validator_of(SCHEMA)
COMPLETE = read("complete.yaml", (Path(__file__).parent / "data/complete.yaml").read_bytes())

ODD: list[Any] = [
    *(None, True, False, 0, 1, -1, 1.0, 0.5, float("nan"), 10**30, [], {}, [None], {"en": ""}),
    *("", " ", "\u3000", "\u2003", "yes", "1", "x\n", "\nx", " x", "x ", "é", "x\u00a0", "\x00"),
    *("li.wei", "Li.Wei", "l\u0456.wei", "../x", "/x", "a//b", "a..b", ".a", "a/-b", "a\\b", "a:b"),
    *("2026-02-30T00:00:00Z", "2026-12-01T00:00:00", "2026-12-31T23:59:60Z", "2026-12-01"),
    *("2026-12-01T00:00:00Z", "0001-01-01T00:00:00+08:00", "2026-12-01t00:00:00z"),
    *("1h", "1h30m", "30m1h", "h", "300ms", "4 %", "4  %", "4 % ", "1.", "0" * 64, "0" * 63),
    *(
        "10.0.0.1",
        "10.0.0.256",
        "10.0.0.0/33",
        "10.0.0.0/8",
        {"en": "x"},
        {"zh": "x"},
        {"en": "x", "fr": "x"},
    ),
    *("LR-1", "0a" + ":0a" * 5, "0" * 4 + ":0000" * 7, "a.example", "验收.pdf"),
    *(["x", "x"], [{"name": "x"}, {"name": "x"}], ["x", "y"], {"name": "x"}, {"reason": "x"}),
]
ONE_LETTER = st.sampled_from(["x", "ü", "文", "\u3000", " ", "\n", "\x1f", "\x85", "\u200b", "🎉"])


@functools.cache
def _good(reference: str) -> st.SearchStrategy[Any]:
    return st.deferred(lambda: _following(SCHEMA["$defs"][reference.rsplit("/", 1)[-1]]))


def _following(schema: Any) -> st.SearchStrategy[Any]:
    """What follows `schema`, most of the time: enough to reach every part of a document."""
    if "$ref" in schema:
        return _good(schema["$ref"])
    kinds: dict[str, Callable[[Any], st.SearchStrategy[Any]]] = {
        "string": _texts,
        "object": _objects,
        "array": _lists,
        "integer": lambda each: st.integers(each["minimum"], 10**20),
        "boolean": lambda _: st.booleans(),
    }
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return st.one_of([kinds[each](schema) for each in types])


def _texts(schema: Any) -> st.SearchStrategy[str]:
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return st.sampled_from(schema.get("examples", ["x"])).filter(
        lambda each: isinstance(each, str)
    ) | st.from_regex(schema["pattern"], fullmatch=True)


def _lists(schema: Any) -> st.SearchStrategy[list[Any]]:
    key = schema.get("x-unique-by")
    alike: Any = (lambda each: each[key]) if key else None
    unique = schema.get("uniqueItems", False)
    return st.lists(_following(schema["items"]), max_size=2, unique_by=alike, unique=unique)


def _objects(schema: Any) -> st.SearchStrategy[dict[str, Any]]:
    if "properties" not in schema:
        return st.dictionaries(
            _following(schema["propertyNames"]), _following(schema["additionalProperties"])
        )
    required = schema.get("required", [])
    least = schema.get("minProperties", 0)
    others = [key for key in schema["properties"] if key not in required]
    chosen = st.lists(st.sampled_from(others), min_size=least, max_size=3, unique=True)

    @functools.cache  # to make a strategy anew for each example takes longer than the example
    def value_of(key: str) -> st.SearchStrategy[Any]:
        return _following(schema["properties"][key])

    @st.composite
    def objects(draw: st.DrawFn) -> dict[str, Any]:
        some = draw(chosen) if others else []
        return {key: draw(value_of(key)) for key in [*required, *some]}

    return objects()


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every container inside `data` with each of its keys or indices."""
    keys = list(data) if isinstance(data, dict) else range(len(data))
    for key in keys:
        yield data, key
        if isinstance(data[key], dict | list):
            yield from _places(data[key])


@st.composite
def _spoilt(draw: st.DrawFn, documents: st.SearchStrategy[Any]) -> Any:
    """A document with one thing dropped, added, renamed, doubled or replaced."""
    data = copy.deepcopy(draw(documents))
    holder, key = draw(st.sampled_from(list(_places(data))))
    how = draw(st.sampled_from(["drop", "add", "rename", "double", "replace", "edit"]))
    value = holder[key]
    if how == "drop":
        del holder[key]
    elif how == "add" and isinstance(holder, dict):
        holder[draw(st.sampled_from(["x", "name", "from_", "none", "evidence"]))] = value
    elif how == "rename" and isinstance(holder, dict):
        holder[draw(st.sampled_from([key.lower(), f"{key}s", f"{key}_"]))] = holder.pop(key)
    elif how == "double" and isinstance(holder, list):
        holder.append(copy.deepcopy(value))
    elif how == "edit" and isinstance(value, str):
        place = draw(st.integers(0, len(value)))
        holder[key] = value[:place] + draw(ONE_LETTER) + value[place:]
    else:
        holder[key] = draw(st.sampled_from(ODD))
    return data


def _written(value: Any) -> Any:
    """What is read of a request, as the plain data that would be read so."""
    if isinstance(value, RequestSection):
        values = {key: getattr(value, field.attribute) for key, field in value.fields.items()}
        return {key: _written(each) for key, each in values.items() if each is not None}
    return [_written(each) for each in value] if isinstance(value, tuple) else value


def _judged(data: object) -> bool:
    """Whether `data` is accepted, by both validators alike; then all of it can be read."""
    accepted = FAST(data)
    assert (not any(EXPLAINING.iter_errors(data))) is accepted
    written = _written(launch_request_of(data))
    assert written == data or not accepted
    return accepted


def _complete() -> Any:
    assert isinstance(COMPLETE, Document)
    return COMPLETE.data


thoroughly = settings(
    max_examples=examples_of(100),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@thoroughly
@given(_following(SCHEMA))
def test_of_documents_like_the_schema(data: Any) -> None:
    _judged(data)


@thoroughly
@given(_spoilt(_following(SCHEMA)))
def test_of_spoilt_documents(data: Any) -> None:
    _judged(data)


@thoroughly
@given(_spoilt(st.builds(_complete)))
def test_of_spoilt_versions_of_a_complete_one(data: Any) -> None:
    _judged(data)


def _uses(schema: Any, data: Any, reference: str) -> Iterator[tuple[Any, Any]]:
    """Where in `data` a value stands that follows the definition `reference`: holder and key."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    if isinstance(data, list):
        inner = [(index, schema["items"]) for index in range(len(data))]
    elif isinstance(data, dict):
        inner = [(key, schema["properties"][key]) for key in data if "properties" in schema]
    else:
        return
    for key, each in inner:
        if each.get("$ref") == reference:
            yield data, key
        yield from _uses(each, data[key], reference)


SCALARS = [
    name for name, schema in SCHEMA["$defs"].items() if schema.keys() & {"pattern", "minimum"}
]


def _small_document_with(reference: str) -> tuple[Any, Any, Any]:
    """The complete request cut down to one section, and where in it the definition is used."""
    complete = _complete()
    for part in ("spec", "status"):
        for section, value in complete[part].items():
            data = {
                **complete,
                "spec": {"process": "product-launch"},
                "status": {"stage": "closed"},
            }
            data[part] = {**data[part], section: value}
            data = copy.deepcopy(data)
            for holder, key in _uses(SCHEMA, data, reference):
                return data, holder, key
    message = f"the complete request does not use {reference}"
    raise AssertionError(message)


@pytest.mark.parametrize("name", SCALARS)
def test_of_every_odd_value_for_every_scalar(name: str) -> None:
    data, holder, key = _small_document_with(f"#/$defs/{name}")
    answers = set()
    for odd in ODD:
        holder[key] = odd
        answers.add(_judged(data))
    assert answers == {False, True}
