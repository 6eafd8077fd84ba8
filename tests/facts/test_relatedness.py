from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from launchpolicy.documents.reading import Document, read
from launchpolicy.facts.claims import claims_of
from launchpolicy.facts.evidence.references import Reference
from launchpolicy.facts.relatedness import shared_names_of
from launchpolicy.policy.fact_shapes import FACTS, empty_fact
from tests.facts.launches import launches

OURS = {
    "metadata": {"name": "LR-1"},
    "spec": {
        "product": {"name": "checkout", "environment": "production"},
        "window": {"start": "2026-12-01T20:00:00Z", "end": "2026-12-01T21:00:00Z"},
        "dependsOn": ["LR-0"],
        "attempt": {"after": "XR-5"},
        "documents": [{"path": "a.pdf", "sha256": "1" * 64}],
        "infrastructure": {
            "racks": [{"name": "A1", "mounts": [{"equipment": "x", "position": 1, "height": 1}]}],
            "ports": [{"name": "p", "equipment": "db-01", "port": "e0", "ipv4Address": "10.0.0.1"}],
            "equipment": [{"name": "db-01", "serialNumber": "SN 'it' 77"}],
        },
    },
    "status": {"stage": "requested"},
}
NAMED = {
    "our product, in an open request": b"{name: checkout, stage: requested}",
    "our product, in a launch that was rolled back": b"{name: checkout, stage: rolled-back}",
    "our product, in a launch that is over": b"{name: checkout, stage: closed}",
    "our product, in a launch that was cancelled": b"{name: checkout, stage: cancelled}",
    "the attempt that failed": b"name: XR-5",
    "our environment, in an open request": b"{environment: production, stage: launched}",
    "our dependency": b"name: LR-0",
    "our evidence": b"sha256: " + b"1" * 64,
    "our rack in other case": b"name: a1",
    "our equipment": b"equipment: db-01",
    "our address": b"ipv4Address: 10.0.0.1",
    "a piece of our serial number, folded": b"serialNumber: 'sn\n  ''it''\n  77'",
    "an escape": b'name: "check\\x6fut"',
    "another encoding": "name: checkout".encode("utf-16"),
    "another encoding without its mark": "name: checkout".encode("utf-16-le"),
    "no text": b"\xff",
}


def _may_concern(data: object, source: bytes) -> bool:
    return shared_names_of(data, claims_of(data)).includes(source)


@pytest.mark.parametrize("source", NAMED.values(), ids=NAMED)
def test_what_names_something_of_ours_may_concern_us(source: bytes) -> None:
    assert _may_concern(OURS, source)


PASSED_OVER = {
    "nothing of ours": b"name: LR-7\nenvironment: staging\nstage: requested\n",
    "our environment, in a launch that is over": b"{environment: production, stage: verified}",
    "nothing": b"",
}


@pytest.mark.parametrize("source", PASSED_OVER.values(), ids=PASSED_OVER)
def test_what_certainly_does_not_concern_us_is_passed_over(source: bytes) -> None:
    assert not _may_concern(OURS, source)


def test_a_request_that_says_nothing_of_the_kind_is_concerned_by_none() -> None:
    assert not _may_concern({}, b"stage: requested")
    assert not _may_concern([], b"stage: requested")


_NAMES = st.sampled_from(["db-01", "DB-01", "ß", "SS"])
_LINES = st.sampled_from(["it's 1", "IT'S  1", "x y z", "X Y\u3000z"])
_IPV4 = st.sampled_from(["10.0.0.1", "10.0.0.2", "010.0.0.1"])
_IPV6 = st.sampled_from(["fd00::1", "FD00:0:0:0:0:0:0:1", "fd00::2", "10.0.0.1"])
_MAC = st.sampled_from(["3c:ec:ef:10:2a:01", "3CEC.EF10.2A01", "3c-ec-ef-10-2a-02"])
_SHA256 = st.sampled_from(["1" * 64, "2" * 64])
_TIMES = st.sampled_from(
    ["2026-12-01T20:00:00Z", "2026-12-01T23:00:00+02:00", "2026-12-02T00:00:00Z"]
)
_STAGES = ["requested", "launched", "verified", "closed", "cancelled", "rolled-back"]


def _all(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(fields)


_MOUNT = _all(equipment=_NAMES, position=st.just(1), height=st.just(1))
_RACK = _all(name=_NAMES, mounts=st.lists(_MOUNT, min_size=1, max_size=1))
_PORT = _all(name=_NAMES, equipment=_NAMES, port=_LINES)
_END = _all(equipment=_NAMES, port=_LINES)
_NUMBERED = _all(name=st.uuids().map(str), serialNumber=_LINES, assetNumber=_LINES)


def _part(name: str, item: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return _all(infrastructure=_all(**{name: st.lists(item, min_size=1, max_size=2)}))


_REASONS = {
    "product": _all(
        product=_all(name=_NAMES) | _all(environment=_NAMES),
        window=_all(start=_TIMES, end=_TIMES),
    ),
    "dependency": _all(dependsOn=st.lists(_NAMES, min_size=1, max_size=2, unique=True)),
    "evidence": _all(documents=st.lists(_all(path=_NAMES, sha256=_SHA256), min_size=1)),
    "rack": _part("racks", _RACK),
    "port": _part("ports", _PORT),
    "cable": _part("ports", _all(name=_NAMES, farEnd=_END)),
    "IPv4": _part("ports", _all(name=st.uuids().map(str), ipv4Address=_IPV4)),
    "IPv6": _part("ports", _all(name=st.uuids().map(str), ipv6Address=_IPV6)),
    "MAC": _part("ports", _all(name=st.uuids().map(str), macAddress=_MAC)),
    "numbers": _part("equipment", _NUMBERED),
}
"""Parts of a request that are a reason for a fact, each without the others."""


def _evidence(data: Any) -> Iterator[Reference]:
    for index, each in enumerate(data["spec"].get("documents", ())):
        yield Reference(("spec", "documents", index), each["path"], "document", each["sha256"])


def _writings(data: Any, width: int) -> Iterator[bytes]:
    """`data` in the ways in which people and tools write YAML, down to very narrow lines."""
    yield json.dumps(data).encode()
    yield json.dumps(data, ensure_ascii=False, indent=1).encode()
    for style, unicode in itertools.product((None, "'", '"'), (True, False)):
        written = yaml.safe_dump(data, default_style=style, allow_unicode=unicode, width=width)
        yield written.encode()
        yield written.replace("\n", "\r\n").encode()
        yield b"\xef\xbb\xbf" + written.encode()


def _request(name: str, stage: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {"metadata": {"name": name}, "spec": spec, "status": {"stage": stage}}


@pytest.mark.parametrize("spec", _REASONS.values(), ids=_REASONS)
def test_a_request_that_would_make_a_fact_is_never_passed_over(
    spec: st.SearchStrategy[dict[str, Any]],
) -> None:
    concerned = 0

    @settings(deadline=None, max_examples=120, database=None)
    @given(spec, spec, _NAMES, st.sampled_from(_STAGES), st.integers(4, 80))
    def never(
        our_spec: dict[str, Any], their_spec: dict[str, Any], name: str, stage: str, width: int
    ) -> None:
        nonlocal concerned
        ours, theirs = _request("LR-9", "requested", our_spec), _request(name, stage, their_spec)
        alone = launches("here", ours, [], _evidence)
        if launches("here", ours, [("there", theirs)], _evidence) == alone:
            return
        for source in _writings(theirs, width):
            document = read("request.yaml", source)
            if isinstance(document, Document) and document.data == theirs:
                concerned += 1
                assert _may_concern(ours, source), source

    never()
    assert concerned > 0, "no fact was ever made"


def test_without_any_fact_the_fact_is_empty() -> None:
    assert launches("here", OURS, [], lambda _: ())["claims"] == []
    assert launches("here", {}, [("there", OURS)], _evidence_of_none) == empty_fact(
        FACTS["launches"]
    )


def _evidence_of_none(data: Any) -> tuple[Reference, ...]:
    del data
    return ()
