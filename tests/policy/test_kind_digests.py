"""The digest of a pack set: kinds that say nothing new keep the digest that they always had."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.documents.reading_rules import ReadingRules, route_pattern
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.digest import digest_of
from launchpolicy.policy.pack_set import pack_set
from launchpolicy.requests.configuration import configuration_of
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind

CONFIGURATION = configuration_of({"apiVersion": "launchpolicy/v1", "kind": "Configuration"})
KIND = Kind("Note", FilePatterns(("notes/*.yaml",)), Schema({}), "path.stem", "sha256:0")
SETTINGS: dict[str, dict[str, Any]] = {
    "further patterns": {"files": FilePatterns(("notes/*.yaml", "old/*.yaml"))},
    "exceptions": {"files": FilePatterns(("notes/*.yaml",), ("notes/x.yaml",))},
    "deletions": {"deletions": "allow"},
    "anchors": {"reading": ReadingRules(expands_anchors=True)},
    "several documents": {"reading": ReadingRules(is_stream=True)},
    "a larger file": {"reading": ReadingRules(max_bytes=1024 * 1024)},
    "kept text": {"reading": ReadingRules(text_routes=(route_pattern("a.b"),))},
}


def digest(kind: Kind) -> str:
    return pack_set(CONFIGURATION, {"Note": kind}, {}).digest


def test_a_kind_of_an_earlier_configuration_keeps_its_digest() -> None:
    as_before = {
        "processes": {},
        "mandatory": [],
        "bindings": [],
        "approvals": ["signed", []],
        "kinds": {"Note": ["notes/*.yaml", "path.stem", "sha256:0", []]},
        "packs": {},
    }
    assert digest(KIND) == digest_of(as_before)


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_whatever_a_kind_says_besides_changes_the_digest(settings: dict[str, Any]) -> None:
    assert digest(KIND._replace(**settings)) != digest(KIND)


def test_all_settings_have_digests_of_their_own() -> None:
    digests = {digest(KIND._replace(**settings)) for settings in SETTINGS.values()}
    assert len(digests) == len(SETTINGS)
